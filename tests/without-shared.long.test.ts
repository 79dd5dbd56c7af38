import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageRoot } from "../pipelines/warehouse/package-root.js";
import type { Tally } from "./tally-reporter.js";

let folder: string;
let clone: string;
let tracked: string[];

/** A copy of what git has of the checkout, in a folder that contains nothing else. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medbench-alone-"));
  clone = join(folder, "medbench");
  tracked = execFileSync("git", ["ls-files", "-z"], {
    cwd: packageRoot,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  })
    .split("\0")
    .filter((file) => file !== "" && existsSync(join(packageRoot, file)));
  for (const file of tracked.filter((name) => /^(tests|src|pipelines|bin|examples|[^/]+$)/.test(name))) {
    await mkdir(dirname(join(clone, file)), { recursive: true });
    await cp(join(packageRoot, file), join(clone, file), { errorOnExist: false });
  }
  await cp(join(packageRoot, "build", "node"), join(clone, "build", "node"), { recursive: true });
  await symlink(join(packageRoot, "node_modules"), join(clone, "node_modules"), "junction");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const isTest = (file: string) => /^tests\/.*\.test\.ts$/.test(file);
const read = (file: string) => readFileSync(join(packageRoot, file), "utf8");

test("test files that use ../shared load without it, and skip what needs it with the reason", async () => {
  const files = tracked.filter((file) => isTest(file) && /from "[./]+\/shared\.js"/.test(read(file)));
  expect(files.length).toBeGreaterThan(10);
  const tallyFile = join(folder, "tally.json");
  const { MEDBENCH_REQUIRE_SHARED: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(clone, "node_modules", "vitest", "vitest.mjs"),
      ...["run", "--reporter=default", "--reporter=./tests/tally-reporter.ts"],
      ...files,
    ],
    { cwd: clone, encoding: "utf8", env: { ...env, MEDBENCH_TALLY: tallyFile } },
  );
  const tally = JSON.parse(await readFile(tallyFile, "utf8")) as Tally;
  expect(tally.failed, `${stdout}${stderr}`).toBe(0);
  const needing = tally.skipped.filter(({ reason }) => reason.startsWith("needs ../shared/"));
  const skippedIn = new Set(needing.map((each) => each.test.split(" > ")[0]?.replaceAll("\\", "/")));
  expect([...skippedIn].sort()).toEqual(files.sort());
});

test("no test file reaches ../shared on a way of its own", () => {
  const ways = /(["'`/])\.\.\/shared(?!\.js)|"\.\.",\s*"shared"/;
  const own = ["tests/shared.ts", posix.join("tests", "without-shared.long.test.ts")];
  const found = tracked
    .filter((file) => /^(tests|bench)\/.*\.ts$/.test(file) && !own.includes(file))
    .filter((file) =>
      ways.test(
        read(file)
          .replace(/\/\*.*?\*\//gs, "")
          .replace(/^\s*\/\/.*$/gm, ""),
      ),
    );
  expect(found).toEqual([]);
});
