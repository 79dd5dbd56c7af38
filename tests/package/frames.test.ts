import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../pipelines/warehouse/package-root.js";
import { writeTinyWarehouse } from "../tiny-warehouse.js";
import { type InstalledPackage, installPackage } from "./install.js";

let folder: string;
let installed: InstalledPackage;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medbench-frames-"));
  await writeTinyWarehouse(folder, {
    task_scores: [
      { run_id: "alpha", dataset: "MedExam", metric: "task", estimate: 0.25, n_groups: 4 },
      { run_id: "beta", dataset: "MedExam", metric: "task", estimate: 0.75, n_groups: 4 },
    ],
  });
  installed = await installPackage();
});
afterAll(async () => {
  await installed?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Prints the mean of a frame, read by the adapter at `specifier`. */
const program = (specifier: string) => `
  import { readFrame } from ${JSON.stringify(specifier)};
  const frame = await readFrame(${JSON.stringify(join(folder, "warehouse"))}, "task_scores");
  console.log(frame.column("estimate").mean());`;

function run(args: readonly string[], cwd: string) {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  return { stdout: stdout.trim(), stderr, status };
}

// tests/frames reads frames under Vitest, which loads CommonJS packages in a way of its own.
describe("a danfo.js frame is read", () => {
  test("by a script that tsx runs in a checkout", async () => {
    const script = join(folder, "read-frame.mts");
    await writeFile(
      script,
      program(pathToFileURL(join(packageRoot, "pipelines", "frames", "danfo.ts")).href),
    );
    // (0.25 + 0.75) / 2
    expect(run(["--import", "tsx", script], packageRoot)).toMatchObject({ stdout: "0.5", status: 0 });
  });

  test("by a script of a project with the package and danfojs-node", async () => {
    const project = join(folder, "project");
    const modules = join(project, "node_modules");
    await mkdir(modules, { recursive: true });
    for (const name of await readdir(join(packageRoot, "node_modules"))) {
      if (!name.startsWith("."))
        await symlink(join(packageRoot, "node_modules", name), join(modules, name), "junction");
    }
    await cp(installed.package, join(modules, "medbench-workbench"), { recursive: true });
    const script = join(project, "read-frame.mjs");
    await writeFile(script, program("medbench-workbench/frames"));
    expect(run([script], project)).toMatchObject({ stdout: "0.5", status: 0 });
  });
});

test("an error of the frames is one of the main entry, so that a script can tell it from others", () => {
  const script = `
    import { InputError } from "medbench-workbench";
    import { readColumns } from "medbench-workbench/frames";
    await readColumns("no-such-folder", "runs").catch((error) => console.log(error.name, error instanceof InputError));`;
  expect(run(["--input-type=module", "--eval", script], installed.project)).toMatchObject({
    stdout: "InputError true",
    status: 0,
  });
});

test("without danfojs-node the error names the package and what to do", () => {
  const { stderr, status } = run(
    ["--input-type=module", "--eval", program("medbench-workbench/frames")],
    installed.project,
  );
  expect(status).toBe(1);
  expect(stderr).toContain("InputError: readFrame: the optional package danfojs-node is not installed");
  expect(stderr).toContain("npm install danfojs-node@1.2.0");
});
