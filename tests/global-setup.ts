import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { compiledProgram } from "../bin/compiled.js";
import { buildLibrary } from "../pipelines/tools/compile/library.js";
import { buildProgram } from "../pipelines/tools/compile/program.js";
import { packageRoot } from "../pipelines/warehouse/package-root.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** Folder of this test run, for what test files share; see `built-sample.ts`. */
    sharedFolder: string;
  }
}

/**
 * Compiles the command line if its sources have changed, so that tests run what users run, and gives the test files one
 * folder to share. Vitest wants the default export.
 */
export default async function prepareTests({ provide }: TestProject): Promise<() => Promise<void>> {
  if ("reason" in compiledProgram(packageRoot)) await buildProgram();
  // The compiled frames use its errors.
  if (!existsSync(join(packageRoot, "build", "lib", "errors.js"))) await buildLibrary();
  const folder = await mkdtemp(join(tmpdir(), "medbench-run-"));
  provide("sharedFolder", folder);
  return () => rm(folder, { recursive: true, force: true });
}
