import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterMean } from "../../../src/lib/stats/cluster-mean.js";

const clusters = fc.array(
  fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.integer({ min: 1, max: 9 })),
  { minLength: 2, maxLength: 30 },
);

describe("clusterMean", () => {
  it("is the ratio of totals with the sandwich error of its residuals", () => {
    // mean = 8/12; residual sums 2-2, 1-2, 3-2, 2-2 = 0, -1, 1, 0; CR0 = sqrt(2)/12; CR1 = CR0 * sqrt(4/3)
    const result = clusterMean([2, 1, 3, 2], [3, 3, 3, 3]);
    expect(result.estimate).toBeCloseTo(8 / 12, 14);
    expect(result.standardError).toBeCloseTo((Math.SQRT2 / 12) * Math.sqrt(4 / 3), 14);
    expect(clusterMean([2, 1, 3, 2], [3, 3, 3, 3], { type: "CR0" }).standardError).toBeCloseTo(
      Math.SQRT2 / 12,
      14,
    );
  });

  it("gives CR1 = CR2 when all clusters have the same size", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 40 }), (sums) => {
        const sizes = sums.map(() => 5);
        const [one, two] = (["CR1", "CR2"] as const).map(
          (type) => clusterMean(sums, sizes, { type }).standardError!,
        );
        expect(one).toBeCloseTo(two!, 12);
      }),
    );
  });

  it("does not depend on the order of the clusters", () => {
    fc.assert(
      fc.property(clusters, (pairs) => {
        const forward = clusterMean(
          pairs.map(([s]) => s),
          pairs.map(([, n]) => n),
        );
        const reversed = [...pairs].reverse();
        const backward = clusterMean(
          reversed.map(([s]) => s),
          reversed.map(([, n]) => n),
        );
        expect(backward.standardError!).toBeCloseTo(forward.standardError!, 10);
      }),
    );
  });

  it("does not shrink when every row is copied inside its cluster", () => {
    fc.assert(
      fc.property(clusters, (pairs) => {
        const once = clusterMean(
          pairs.map(([s]) => s),
          pairs.map(([, n]) => n),
        );
        const tripled = clusterMean(
          pairs.map(([s]) => 3 * s),
          pairs.map(([, n]) => 3 * n),
        );
        expect(tripled.standardError!).toBeCloseTo(once.standardError!, 10);
      }),
    );
  });

  it("leaves clusters without scored rows out of the count of clusters", () => {
    expect(clusterMean([2, 0, 1], [3, 0, 3]).nClusters).toBe(2);
    expect(clusterMean([2, 0, 1], [3, 0, 3])).toEqual(clusterMean([2, 1], [3, 3]));
    // The sum of a cluster without scored rows does not enter the mean either.
    expect(clusterMean([2, 7, 1], [3, 0, 3])).toEqual(clusterMean([2, 1], [3, 3]));
  });

  it("gives one cluster an estimate but no error, with the reason", () => {
    expect(clusterMean([1], [3])).toMatchObject({ estimate: 1 / 3, standardError: null, lower: null });
    expect(clusterMean([1], [3]).reason).toMatch(/one cluster/);
    expect(clusterMean([], [])).toMatchObject({ estimate: null, n: 0, reason: "no scored items" });
  });

  it("throws for negative sizes, missing values and unequal lengths", () => {
    expect(() => clusterMean([1], [-1])).toThrow(/sizes\[0\] must be >= 0; got -1/);
    expect(() => clusterMean([Number.NaN], [1])).toThrow(/sums\[0\] must be a finite number/);
    expect(() => clusterMean([1, 2], [1])).toThrow(/same length; got 2 and 1/);
  });
});
