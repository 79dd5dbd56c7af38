import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** Folder of this test run, for what test files share; see `built-sample.ts`. */
    sharedFolder: string;
  }
}

/** Gives the test files of a run one folder to share; nothing is made before a test asks for it. Vitest wants the default export. */
export default async function createSharedFolder({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "medbench-run-"));
  provide("sharedFolder", folder);
  return () => rm(folder, { recursive: true, force: true });
}
