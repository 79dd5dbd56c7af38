import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subpaths } from "./install.js";

const root = resolve(import.meta.dirname, "..", "..");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medbench-api-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the reference pages of the library (npm run docs:api)", () => {
  test("are made without a warning: every export has a description, and every link and type leads somewhere", () => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(root, "node_modules", "typedoc", "bin", "typedoc"), "--out", folder, "--logLevel", "Warn"],
      { cwd: root, encoding: "utf8" },
    );
    expect(`${stdout}${stderr}`).toBe("");
    expect(status).toBe(0);
  });

  test("are one page for each subpath of the package, and show how to call a function", async () => {
    const pages = ["README", "medbench-workbench", ...subpaths].map((name) => `${name}.md`).sort();
    expect((await readdir(folder)).sort()).toEqual(pages);
    const page = await readFile(join(folder, "agreement.md"), "utf8");
    expect(page).toContain("function cohenKappa(table, options?): Kappa;");
    expect(page).toContain("cohenKappa([[20, 5], [10, 15]]).estimate // 0.4");
  });
});
