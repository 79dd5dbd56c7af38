import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { recordOf } from "../../warehouse/stage-record.js";
import { currentVersion } from "../../warehouse/versioned-folder.js";
import { workspacePaths } from "../../warehouse/workspace.js";

interface NextWorkspaceOptions {
  /** `--workspace`: taken as it is. */
  readonly stated?: string | undefined;
  /** `--out`: the workspace goes where the mapping is. */
  readonly out?: string | undefined;
  readonly id: string;
  /** The data. */
  readonly path: string;
}

/**
 * A workspace for the next steps: the one that the user named, otherwise a folder that has no other data set. A second data set is not
 * led into the workspace of the first.
 */
export async function nextWorkspace({ stated, out, id, path }: NextWorkspaceOptions): Promise<string> {
  if (stated !== undefined) return stated;
  const first = out ?? id;
  const next = out === undefined ? `${id}-work` : `${out.replace(/[\\/]+$/, "")}-${id}`;
  const candidates = [first, ...["", "-2", "-3", "-4"].map((suffix) => `${next}${suffix}`)];
  for (const candidate of candidates)
    if (await isFree(candidate, { path, isOut: candidate === out })) return candidate;
  return `${id}-${candidates.length}`;
}

/** Whether a folder is not there, has nothing of somebody else, or is the workspace of the same data. */
async function isFree(
  folder: string,
  { path, isOut }: { readonly path: string; readonly isOut: boolean },
): Promise<boolean> {
  if (!existsSync(folder)) return true;
  if (!statSync(folder).isDirectory() || resolve(folder) === resolve(path)) return false;
  const { warehouse } = workspacePaths(folder);
  if (!existsSync(warehouse)) return isOut || readdirSync(folder).length === 0;
  const record = recordOf(await currentVersion(warehouse), "ingest");
  const sources = (record?.parameters["sources"] ?? []) as readonly { readonly path: string }[];
  return sources.every((source) => resolve(join(folder, source.path)) === resolve(path));
}
