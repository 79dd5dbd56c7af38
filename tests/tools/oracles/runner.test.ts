import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describeReport, registerOracles } from "../../../pipelines/commands/oracles.js";
import { compareCase } from "../../../pipelines/tools/oracles/compare.js";
import { runOracles } from "../../../pipelines/tools/oracles/run.js";
import { oracleCase } from "../../../pipelines/tools/oracles/types.js";
import { InputError } from "../../../src/lib/errors.js";

const tol = { abs: 1e-10, rel: 1e-9 };

function makeCase(expected: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return oracleCase.parse({ id: "c", fn: "f", input: {}, params: {}, expected, tol, ...more });
}

describe("compareCase", () => {
  it("matches an expected null with null only, not with 0, NaN or a missing key", () => {
    const oracle = makeCase({ kappa: null });
    expect(compareCase(oracle, { kappa: null }).mismatches).toEqual([]);
    expect(compareCase(oracle, { kappa: 0 }).mismatches).toHaveLength(1);
    expect(compareCase(oracle, { kappa: Number.NaN }).mismatches).toHaveLength(1);
    expect(compareCase(oracle, {}).notOffered).toEqual(["kappa"]);
  });

  it("does not match an expected number with an undefined result", () => {
    expect(compareCase(makeCase({ se: 0 }), { se: null }).mismatches).toHaveLength(1);
    expect(compareCase(makeCase({ se: 0 }), { se: Number.NaN }).mismatches).toHaveLength(1);
  });

  it("allows abs + rel * |expected| and no more", () => {
    const oracle = makeCase({ x: 1000 }, { tol: { abs: 0.5, rel: 0.001 } });
    expect(compareCase(oracle, { x: 1001.5 }).mismatches).toEqual([]);
    expect(compareCase(oracle, { x: 1001.6 }).mismatches).toHaveLength(1);
  });

  it("lets a key override the tolerance for itself and everything below it", () => {
    const oracle = makeCase(
      { p: { q: 1 }, r: 1 },
      { tol: { abs: 0, rel: 0, per_key: { p: { abs: 0.1, rel: 0 } } } },
    );
    expect(compareCase(oracle, { p: { q: 1.05 }, r: 1 }).mismatches).toEqual([]);
    expect(compareCase(oracle, { p: { q: 1.05 }, r: 1.05 }).mismatches.map(({ key }) => key)).toEqual(["r"]);
  });

  it("names the path of a nested failure and refuses a list of another length", () => {
    const oracle = makeCase({ a: { b: [1, 2] } });
    expect(compareCase(oracle, { a: { b: [1, 3] } }).mismatches[0]?.key).toBe("a.b.1");
    expect(compareCase(oracle, { a: { b: [1] } }).mismatches[0]?.key).toBe("a.b");
    expect(compareCase(oracle, { a: { b: [1, 2, 3] } }).mismatches[0]?.key).toBe("a.b");
  });

  it("names the typical mistake that gives the actual value", () => {
    const oracle = makeCase({ se: 0.14 }, { not_these: { se_jackknife: 0.12, why: "text" } });
    expect(compareCase(oracle, { se: 0.12 }).mismatches[0]?.notThese).toBe("se_jackknife");
    expect(compareCase(oracle, { se: 0.13 }).mismatches[0]?.notThese).toBeNull();
  });
});

describe("medbench oracles", () => {
  let folder: string;
  const kappa = (expected: Record<string, unknown>, fn = "cohen_kappa") => ({
    id: `case-${fn}`,
    fn,
    input: {
      categories: [1, 2],
      table: [
        [20, 5],
        [10, 15],
      ],
    },
    params: { weights: "unweighted" },
    expected,
    tol,
  });
  const file = (cases: readonly unknown[]) =>
    JSON.stringify({ schema: "medbench-oracle/1", group: "g", title: "t", cases });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "oracles-"));
  });
  afterEach(async () => {
    process.exitCode = 0;
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  async function run(...args: string[]): Promise<string> {
    let printed = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      printed += String(text);
      return true;
    });
    const program = new Command().exitOverride();
    registerOracles(program);
    await program.parseAsync(["oracles", ...args], { from: "user" });
    return printed;
  }

  it("counts passed, failed and unknown functions separately, and exits 1 on a failure", async () => {
    // Published: kappa 0.4 for this table.
    const cases = [
      kappa({ kappa: 0.4 }),
      { ...kappa({ kappa: 0.5 }), id: "bad" },
      kappa({ x: 1 }, "no_such"),
    ];
    await writeFile(join(folder, "a.json"), file(cases));
    const printed = await run(folder);
    expect(printed).toMatch(/^g +1\/3 +t +\[1 failed, 1 not offered\]$/m);
    expect(printed).toMatch(/FAILED bad \(cohen_kappa\) kappa: got 0.39999\d*, expected 0\.5/);
    expect(printed).toMatch(/not offered: no_such/);
    expect(printed).toMatch(/1 of 3 cases pass \(1 failed, 1 not offered\)/);
    expect(process.exitCode).toBe(1);
  });

  it("exits 0 and prints a report for machines when all cases pass", async () => {
    await writeFile(join(folder, "a.json"), file([kappa({ kappa: 0.4 })]));
    const report = JSON.parse(await run(join(folder, "a.json"), "--json")) as {
      cases: number;
      passed: number;
    };
    expect(report).toMatchObject({ cases: 1, passed: 1, failed: 0, skipped: 0 });
    expect(process.exitCode ?? 0).toBe(0);
  });

  it("reports a listed gap as such and exits 0, and fails the same case on any other key", async () => {
    // Oracle icc-negative: MSB 0.025, MSE 5.025, so ICC3 is -5 / 5.05, and ICC2k is past its pole.
    const negative = {
      id: "icc-negative",
      fn: "icc",
      input: {
        ratings: [
          [1, 5],
          [5, 1],
          [2, 4],
          [4, 2],
          [3, 3.5],
        ],
      },
      tol,
    };
    await writeFile(join(folder, "a.json"), file([{ ...negative, expected: { ICC2k: { icc: 5 } } }]));
    const printed = await run(folder);
    expect(printed).toMatch(/known gap: icc-negative ICC2k: two oracles contradict/);
    expect(printed).toMatch(/0 of 1 cases pass \(1 with a known gap\)/);
    expect(process.exitCode ?? 0).toBe(0);
    const other = { ICC2k: { icc: 5 }, ICC3: { icc: 0.5 } };
    await writeFile(join(folder, "a.json"), file([{ ...negative, expected: other }]));
    expect(await run(folder)).toMatch(/FAILED icc-negative \(icc\) ICC3\.icc: got -0\.990099/);
    expect(process.exitCode).toBe(1);
  });

  it("passes the example of its own help", async () => {
    const printed = await run("tests/oracles/cases");
    expect(printed).toMatch(/529 of 530 cases pass \(1 with a known gap\)$/m);
    expect(process.exitCode ?? 0).toBe(0);
  });

  it("counts an exception as a failure, because undefined results must be returned", async () => {
    const broken = { ...kappa({ kappa: 0.4 }), input: { categories: [1, 2], table: [[1, 2]] } };
    await writeFile(join(folder, "a.json"), file([broken]));
    expect(describeReport(await runOracles(folder))).toMatch(/threw: .*square/);
  });

  it("lists JSON files that are not oracles and refuses a folder with nothing else", async () => {
    await writeFile(join(folder, "a.json"), file([kappa({ kappa: 0.4 })]));
    await writeFile(join(folder, "b.json"), "[]");
    expect((await runOracles(folder)).ignored).toEqual(["b.json"]);
    await expect(runOracles(join(folder, "b.json"))).rejects.toThrow(/no file of schema/);
    await expect(runOracles(join(folder, "absent"))).rejects.toThrow(InputError);
  });

  it("names the file and the field that do not match the schema", async () => {
    const { tol: _dropped, ...rest } = kappa({ kappa: 0.4 });
    await writeFile(join(folder, "a.json"), file([rest]));
    await expect(runOracles(folder)).rejects.toThrow(/a\.json: cases\.0\.tol/);
    await writeFile(join(folder, "a.json"), "{");
    await expect(runOracles(folder)).rejects.toThrow(/a\.json is not JSON/);
  });
});
