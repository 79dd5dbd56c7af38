import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

test("failures outside a test count, and skipped tests keep their reason", async () => {
  const folder = await mkdtemp(join(tmpdir(), "medbench-tally-"));
  try {
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
    await writeFile(
      join(folder, "mixed.test.js"),
      `import { describe, test } from "vitest";
       test("passes", () => {});
       test("fails", () => { throw new Error("no"); });
       test("needs a file", ({ skip }) => skip("the file is not here"));
       describe("broken set-up", () => {
         beforeAll(() => { throw new Error("no"); });
         test("never runs", () => {});
       });
       import { beforeAll } from "vitest";`,
    );
    await writeFile(join(folder, "broken.test.js"), 'throw new Error("cannot be loaded");');
    const tally = join(folder, "tally.json");
    const reporter = join(root, "tests", "tally-reporter.ts");
    const { status } = spawnSync(
      process.execPath,
      [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", folder, "--reporter", reporter],
      { cwd: folder, env: { ...process.env, MEDBENCH_TALLY: tally } },
    );
    expect(status).toBe(1);
    // Failed: the test that throws, the set-up that throws, the file that throws.
    expect(JSON.parse(await readFile(tally, "utf8"))).toEqual({
      passed: 1,
      failed: 3,
      skipped: [
        { test: "mixed.test.js > needs a file", reason: "the file is not here" },
        { test: "mixed.test.js > broken set-up > never runs", reason: "" },
      ],
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
