import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlation } from "../../../src/lib/agreement/pearson.js";
import { bcaInterval } from "../../../src/lib/stats/bca.js";
import { bootstrapClusterMean, bootstrapTotals, bootstrapUnits } from "../../../src/lib/stats/bootstrap.js";
import { clusterMean } from "../../../src/lib/stats/cluster-mean.js";
import { describe as describeValues, median, sampleVariance } from "../../../src/lib/stats/descriptive.js";
import { quantileSorted } from "../../../src/lib/stats/quantile.js";
import { subsetSumTail } from "../../../src/lib/stats/subset-sums.js";
import { createRandom, randomNormal } from "../../../src/lib/util/random.js";

const sums = [3, 5, 0, 2, 4, 4, 1, 5, 2, 3, 0, 5, 4, 1, 3, 2];
const sizes = [5, 5, 2, 3, 5, 5, 4, 5, 5, 3, 1, 5, 5, 2, 5, 4];

describe("bootstrapTotals and bootstrapUnits", () => {
  const ratio = (positions: Int32Array) => {
    let [s, n] = [0, 0];
    for (const i of positions) {
      s += sums[i]!;
      n += sizes[i]!;
    }
    return s / n;
  };

  it("give equal intervals of every kind for equal seeds", () => {
    for (const interval of ["percentile", "basic", "bca"] as const) {
      const options = { interval, seed: 12, replicates: 500, confidence: 0.9 };
      const byUnits = bootstrapUnits(sums.length, ratio, options);
      const byTotals = bootstrapClusterMean(sums, sizes, options);
      expect(byTotals.lower!).toBeCloseTo(byUnits.lower!, 12);
      expect(byTotals.upper!).toBeCloseTo(byUnits.upper!, 12);
      expect(byTotals.method).toBe(byUnits.method);
    }
  });

  it("support statistics of more than two totals, such as a correlation from five sums", () => {
    const random = createRandom(4);
    const pairs = Array.from({ length: 40 }, () => {
      const x = randomNormal(random);
      return [x, x + randomNormal(random)] as const;
    });
    const fromSums = ([n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0]: Float64Array) =>
      (n * xy - x * y) / Math.sqrt((n * xx - x * x) * (n * yy - y * y));
    const options = { seed: 3, replicates: 300, interval: "bca" } as const;
    const byTotals = bootstrapTotals(
      pairs.map(([x, y]) => [1, x, y, x * x, y * y, x * y]),
      fromSums,
      options,
    );
    const byUnits = bootstrapUnits(
      pairs.length,
      (at) =>
        correlation(
          [...at].map((i) => pairs[i]![0]),
          [...at].map((i) => pairs[i]![1]),
        ) ?? Number.NaN,
      options,
    );
    expect(byTotals.lower!).toBeCloseTo(byUnits.lower!, 9);
    expect(byTotals.upper!).toBeCloseTo(byUnits.upper!, 9);
  });

  it("give the cluster-robust error of a mean except for the factor sqrt((G-1)/G)", () => {
    const drawn = bootstrapClusterMean(sums, sizes, { replicates: 20_000, seed: 2 });
    const analytic = clusterMean(sums, sizes, { type: "CR0" });
    expect(drawn.estimate!).toBeCloseTo(analytic.estimate!, 12);
    expect(drawn.standardError! / analytic.standardError!).toBeGreaterThan(0.95);
    expect(drawn.standardError! / analytic.standardError!).toBeLessThan(1.1);
  });

  it("leave out clusters without rows", () => {
    const options = { replicates: 100, seed: 1 };
    expect(bootstrapClusterMean([...sums, 0], [...sizes, 0], options)).toEqual(
      bootstrapClusterMean(sums, sizes, options),
    );
  });

  it("give constant data a point interval and no BCa", () => {
    const percentile = bootstrapClusterMean([0.3, 0.3, 0.3], [1, 1, 1], { replicates: 50 });
    expect(percentile.upper! - percentile.lower!).toBeLessThan(1e-15);
    const bca = bootstrapClusterMean([0.3, 0.3, 0.3], [1, 1, 1], { replicates: 50, interval: "bca" });
    expect(bca).toMatchObject({ lower: null, upper: null });
    expect(bca.reason).toMatch(/jackknife values are all equal/);
  });

  it("throw for an empty list of units, ragged rows and missing values", () => {
    expect(() => bootstrapUnits(0, () => 1)).toThrow(/at least one unit/);
    expect(() => bootstrapTotals([], () => 1)).toThrow(/at least one unit/);
    expect(() => bootstrapTotals([[1, 2], [1]], () => 1)).toThrow(/same length; got 2 and 1/);
    expect(() => bootstrapTotals([[1], [Number.NaN]], () => 1)).toThrow(/column 0\[1\]/);
  });
});

describe("bcaInterval", () => {
  const sorted = Float64Array.from({ length: 999 }, (_, i) => i + 1);

  it("equals the percentile interval without bias and acceleration", () => {
    const { lower, upper, bias } = bcaInterval(sorted, {
      estimate: 500,
      jackknife: [1, 2, 3],
      confidence: 0.9,
    });
    expect(bias).toBeCloseTo(0, 12);
    expect(lower!).toBeCloseTo(quantileSorted(sorted, 0.05), 8);
    expect(upper!).toBeCloseTo(quantileSorted(sorted, 0.95), 8);
  });

  it("is undefined when the estimate is beyond all replicates", () => {
    const result = bcaInterval(sorted, { estimate: 1000, jackknife: [1, 2], confidence: 0.9 });
    expect(result).toMatchObject({ lower: null, bias: null });
    expect(result.reason).toMatch(/one side/);
  });

  it("is undefined when a jackknife value is", () => {
    expect(
      bcaInterval(sorted, { estimate: 500, jackknife: [1, Number.NaN], confidence: 0.9 }).lower,
    ).toBeNull();
  });
});

describe("subsetSumTail", () => {
  it("counts subsets: of 1, 2, 3 three of eight sum to at most 2", () => {
    expect(subsetSumTail([1, 2, 3], 2)).toBe(3 / 8);
    expect(subsetSumTail([1, 2, 3], 6)).toBe(1);
    expect(subsetSumTail([], 0)).toBe(1);
    expect(subsetSumTail([1], -1)).toBe(0);
  });

  it("is symmetric: at most s is as likely as at least total - s", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 12 }), fc.nat(40), (parts, s) => {
        const total = parts.reduce((a, b) => a + b, 0);
        expect(subsetSumTail(parts, s)).toBeCloseTo(1 - subsetSumTail(parts, total - s - 1), 12);
      }),
    );
  });
});

describe("describe, median, sampleVariance, quantileSorted", () => {
  it("summarize the values and count the missing ones", () => {
    expect(describeValues([4, null, 1, 3, 2])).toMatchObject({
      n: 4,
      nMissing: 1,
      mean: 2.5,
      median: 2.5,
      firstQuartile: 1.75,
      maximum: 4,
    });
    expect(describeValues([null])).toMatchObject({
      n: 0,
      nMissing: 1,
      mean: null,
      median: null,
      reason: "no values",
    });
    expect(describeValues([7])).toMatchObject({ mean: 7, standardDeviation: null, minimum: 7 });
    expect(median([])).toBeNaN();
  });

  it("give a variance that ignores an offset of a hundred million and is 0 for equal decimals", () => {
    expect(sampleVariance([1e8 + 1, 1e8 + 2, 1e8 + 3])).toBe(1);
    expect(sampleVariance([0.1, 0.1, 0.1])).toBe(0);
    expect(sampleVariance([1])).toBeNaN();
  });

  it("give quantiles that increase with their level and stay within the data", () => {
    const levels = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 20 }), levels, levels, (values, p, q) => {
        const sorted = [...values].sort((a, b) => a - b);
        const [low, high] = [quantileSorted(sorted, Math.min(p, q)), quantileSorted(sorted, Math.max(p, q))];
        expect(sorted[0]! <= low && low <= high && high <= sorted.at(-1)!).toBe(true);
      }),
    );
  });
});
