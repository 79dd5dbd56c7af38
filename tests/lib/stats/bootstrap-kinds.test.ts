import { describe, expect, it } from "vitest";
import { bootstrapTotals, bootstrapUnits } from "../../../src/lib/stats/bootstrap.js";
import { compositeClusterInterval } from "../../../src/lib/stats/composite.js";
import { compositeFromMoments } from "../../../src/lib/stats/composite-moments.js";
import { stratifiedCompositesBootstrap } from "../../../src/lib/stats/stratified-bootstrap.js";
import { refusal } from "../../refusal.js";

const values = [2, 3, 5, 7, 11, 13];
const meanAt = (positions: Int32Array) =>
  positions.reduce((total, i) => total + values[i]!, 0) / positions.length;

describe("kinds of bootstrap interval", () => {
  const options = { replicates: 200, seed: 3 };
  const run = (interval: "percentile" | "basic" | "bca") =>
    bootstrapUnits(6, meanAt, { ...options, interval });

  it("appear in the method, with percentile as the default", () => {
    expect(run("percentile").method).toBe("bootstrap over units, percentile");
    expect(run("basic").method).toBe("bootstrap over units, basic");
    expect(run("bca").method).toBe("bootstrap over units, BCa");
    expect(bootstrapUnits(6, meanAt, options)).toEqual(run("percentile"));
    const rows = values.map((value) => [value]);
    const mean = (totals: Float64Array) => totals[0]! / 6;
    expect(bootstrapTotals(rows, mean, options).method).toBe("bootstrap over units, percentile");
  });

  it("include basic limits that mirror the percentile limits at the estimate", () => {
    const [plain, basic] = [run("percentile"), run("basic")];
    expect(basic.lower!).toBeCloseTo(2 * plain.estimate! - plain.upper!, 12);
    expect(basic.upper!).toBeCloseTo(2 * plain.estimate! - plain.lower!, 12);
  });

  it("sum the drawn rows for any number of totals", () => {
    // A mean of positive values is between the smallest and the largest of them.
    for (const width of [1, 2, 3]) {
      const rows = values.map((value) => [value, 1, 1].slice(0, width));
      const { lower, upper } = bootstrapTotals(rows, (totals) => totals[0]! / 6, options);
      expect(lower! >= 2 && upper! <= 13 && lower! < upper!).toBe(true);
    }
  });
});

describe("composites", () => {
  it("name an empty stratum at any position", () => {
    const empty = { sums: [], sizes: [], weight: 1 };
    const full = { sums: [1, 0], sizes: [1, 1], weight: 1 };
    const result = compositeClusterInterval([empty, full]);
    expect(result).toMatchObject({ estimate: null, reason: "stratum 0 has no scored group" });
  });

  it("need one weight per stratum", () => {
    const strata = [{ sums: [1, 0], sizes: [1, 1] }];
    expect(refusal(() => stratifiedCompositesBootstrap(strata, [[1, 1]])).message).toBe(
      "stratifiedCompositeBootstrap: one weight per stratum; got 2 for 1 strata",
    );
  });

  it("stay in [0, 1] when computed from moments, unless another range is given", () => {
    // Groups 0 and 1 of one row: 1/2 ± 12.7 x 1/2.
    const moments = { nClusters: 2, sumS: 1, sumN: 2, sumSS: 1, sumSN: 1, sumNN: 2 };
    // Wilson's interval of 1 of 2 (R prop.test).
    const own = compositeFromMoments([{ moments, weight: 1 }]);
    expect(own.lower).toBeCloseTo(0.0945312, 6);
    expect(own.upper).toBeCloseTo(0.9054688, 6);
    const wide = compositeFromMoments([{ moments, weight: 1 }], { range: [-1, 2] });
    expect(wide.lower).toBeGreaterThan(-1);
    expect(wide.lower).toBeLessThan(0);
  });
});
