import { join, resolve } from "node:path";

/** Folders of a workspace. */
export function workspacePaths(workspace: string) {
  const root = resolve(workspace);
  return { root, warehouse: join(root, "warehouse"), release: join(root, "release") } as const;
}
