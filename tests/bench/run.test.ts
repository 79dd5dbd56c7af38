import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findBenches, isWithin } from "../../bench/run.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medbench-bench-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("npm run bench", () => {
  test("finds every export named <name>Bench and leaves run.ts and coverage.ts out", async () => {
    await writeFile(join(folder, "run.ts"), "throw new Error('not a bench');");
    await writeFile(join(folder, "coverage.ts"), "throw new Error('not a bench');");
    await writeFile(
      join(folder, "ingest.ts"),
      `export const limit = 1.6;
       export const ingestBench = async () => [{ name: "ingest", ratio: 1, limit, unit: "x" }];
       export const quarantineBench = async () => [];`,
    );
    const benches = await findBenches(folder);
    expect([...benches.keys()]).toEqual(["ingest", "quarantine"]);
    expect(await benches.get("ingest")?.()).toEqual([{ name: "ingest", ratio: 1, limit: 1.6, unit: "x" }]);
  });

  test("a module that measures nothing is an error that names it", async () => {
    await writeFile(join(folder, "scores.ts"), "export const measureScores = 1;");
    await expect(findBenches(folder)).rejects.toThrow("bench/scores.ts: no export named <name>Bench");
  });

  test("a cost at its limit is within, one above or undefined is not", () => {
    const result = { name: "a", limit: 2, unit: "x" };
    expect(isWithin({ ...result, ratio: 2 })).toBe(true);
    expect(isWithin({ ...result, ratio: 2.001 })).toBe(false);
    expect(isWithin({ ...result, ratio: Number.NaN })).toBe(false);
  });
});

const shareNeeded = "expected a number from 0 to 1, above 0.";

test.each([
  ["bench/run.ts", ["--nope"], 2, "error: unknown option '--nope'\n(add --help for the options)\n"],
  ["bench/coverage.ts", ["--share", "0"], 2, `argument '0' is invalid. ${shareNeeded}`],
  ["bench/coverage.ts", ["--share", "2"], 2, `argument '2' is invalid. ${shareNeeded}`],
  ["bench/coverage.ts", ["--help"], 0, ""],
])("%s %j ends with %d and says why, without a stack", (script, options, code, said) => {
  const root = resolve(import.meta.dirname, "..", "..");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", join(root, script), ...options],
    { cwd: root, encoding: "utf8" },
  );
  expect(status).toBe(code);
  expect(stderr).toContain(said);
  expect(stderr).not.toMatch(/^ {4}at /m);
  if (code === 0) expect(stdout).toContain("Usage: npm run simulate:coverage -- [options]");
});
