import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rankingAdapters } from "../../../pipelines/tools/oracles/ranking.js";
import type { OracleFile, Tolerance } from "../../../pipelines/tools/oracles/types.js";
import { describeShared } from "../../shared.js";

// The runner behind `medbench oracles` compares every key of every group; here a mismatch names case and key, and
// this file can be run alone while working on the family.
function expectClose(got: unknown, expected: unknown, tolerance: Tolerance, path: string): void {
  if (expected === null) expect(got, path).toBeNull();
  else if (typeof expected === "number") {
    expect(typeof got, path).toBe("number");
    const allowed = tolerance.abs + tolerance.rel * Math.abs(expected);
    expect(Math.abs((got as number) - expected), path).toBeLessThanOrEqual(allowed);
  } else if (typeof expected === "object") {
    for (const [key, value] of Object.entries(expected as object)) {
      expectClose((got as Record<string, unknown>)?.[key], value, tolerance, `${path}.${key}`);
    }
  } else expect(got, path).toBe(expected);
}

for (const name of ["08-bradley-terry-ranking", "09-irt", "10-ppi-prevalence-power"]) {
  describeShared(`oracle group ${name}`, ["oracles", `${name}.json`], (path) => {
    const file = JSON.parse(readFileSync(path, "utf8")) as OracleFile;
    describe("every case agrees with the reference", () => {
      it.each(file.cases.map((each) => [each.id, each] as const))("%s", (_, each) => {
        const got = rankingAdapters[each.fn]?.(each.input, each.params) ?? {};
        for (const [key, expected] of Object.entries(each.expected)) {
          if (key === "n_eap") continue; // how many of the abilities the file lists, not a statistic
          expectClose(got[key], expected, each.tol.per_key?.[key] ?? each.tol, key);
        }
      });
    });
  });
}
