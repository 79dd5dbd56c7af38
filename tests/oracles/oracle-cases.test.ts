import { expect, it } from "vitest";
import { loadOracles } from "../../pipelines/tools/oracles/load.js";
import { oracleAdapters, runCase } from "../../pipelines/tools/oracles/run.js";
import { describeShared, sharedPath } from "../shared.js";

const folder = sharedPath("oracles");
const files = folder === null ? [] : (await loadOracles(folder)).oracles;

describeShared("every function gives the values of the reference packages", ["oracles"], () => {
  it("finds all twelve groups with 507 cases", () => {
    expect(files.length).toBe(12);
    expect(files.reduce((total, file) => total + file.cases.length, 0)).toBe(507);
  });

  for (const file of files) {
    it.each(file.cases.map((oracle) => [oracle.id, oracle] as const))(`${file.group}: %s`, (_, oracle) => {
      const { failure, compared } = runCase(oracle);
      expect(failure).toBeNull();
      expect(compared).toBeGreaterThan(0);
    });
  }

  it("fails every case when the library answers with something else", () => {
    for (const file of files) {
      for (const oracle of file.cases) {
        const wrong = Object.fromEntries(Object.keys(oracle.expected).map((key) => [key, "wrong"]));
        expect(runCase(oracle, { [oracle.fn]: () => wrong }).failure?.id).toBe(oracle.id);
      }
    }
  });

  it("leaves only what R's boot package prints for itself unoffered", () => {
    const missing = new Set(
      files.flatMap((file) => file.cases.flatMap((oracle) => runCase(oracle).notOffered)),
    );
    expect([...missing].sort()).toEqual(["r_boot_bca", "r_boot_percent"]);
    for (const file of files)
      for (const { fn } of file.cases) expect(Object.keys(oracleAdapters)).toContain(fn);
  });
});
