import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { knownGaps } from "../../pipelines/tools/oracles/known-gaps.js";
import { loadOracles } from "../../pipelines/tools/oracles/load.js";
import { oracleAdapters, runCase } from "../../pipelines/tools/oracles/run.js";
import { describeShared } from "../shared.js";

const folder = join(import.meta.dirname, "cases");
const { oracles: files, ignored } = await loadOracles(folder);
const cases = files.flatMap((file) => file.cases);

describe("every function gives the values of the reference packages", () => {
  for (const file of files) {
    it.each(file.cases.map((oracle) => [oracle.id, oracle] as const))(`${file.group}: %s`, (_, oracle) => {
      const { failure, compared } = runCase(oracle);
      expect(failure).toBeNull();
      expect(compared).toBeGreaterThan(0);
    });
  }

  it("reads every file of the folder as an oracle, with 530 cases under different ids", () => {
    expect(ignored).toEqual([]);
    expect(files).toHaveLength(17);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(530);
    expect(cases).toHaveLength(530);
  });

  it("fails every case when the library answers with something else", () => {
    for (const oracle of cases) {
      const wrong = Object.fromEntries(Object.keys(oracle.expected).map((key) => [key, "wrong"]));
      expect(runCase(oracle, { [oracle.fn]: () => wrong }, []).failure?.id).toBe(oracle.id);
    }
  });

  it("leaves only what R's boot package prints for itself unoffered", () => {
    const missing = new Set(cases.flatMap((oracle) => runCase(oracle).notOffered));
    expect([...missing].sort()).toEqual(["r_boot_bca", "r_boot_percent"]);
    for (const { fn } of cases) expect(Object.keys(oracleAdapters)).toContain(fn);
  });

  it.each(knownGaps.map((gap) => [gap.id, gap.key, gap] as const))(
    "still differs from case %s in %s, as the list of known gaps says",
    (id, _, gap) => {
      const oracle = cases.find((each) => each.id === id);
      expect(oracle && runCase(oracle, oracleAdapters, [gap]).gaps).toEqual([gap]);
    },
  );
});

describeShared("the copied cases are those of the reference data", ["oracles"], (reference) => {
  it("has no file that is missing, new or different", () => {
    const names = new Set([...readdirSync(reference), ...readdirSync(folder)]);
    const text = (parent: string, name: string) =>
      readdirSync(parent).includes(name) ? readFileSync(join(parent, name), "utf8") : null;
    expect([...names].filter((name) => text(reference, name) !== text(folder, name))).toEqual([]);
  });
});
