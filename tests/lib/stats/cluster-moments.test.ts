import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterMean } from "../../../src/lib/stats/cluster-mean.js";
import {
  type ClusterMoments,
  clusterMeanFromMoments,
  compositeFromMoments,
  meanFromZero,
  withCluster,
} from "../../../src/lib/stats/cluster-moments.js";
import { compositeClusterInterval } from "../../../src/lib/stats/composite.js";

function momentsOf(sums: readonly number[], sizes: readonly number[]): ClusterMoments {
  const total = (value: (s: number, n: number) => number) =>
    sums.reduce((sum, s, g) => sum + value(s, sizes[g] as number), 0);
  return {
    nClusters: sums.length,
    sumS: total((s) => s),
    sumN: total((_, n) => n),
    sumSS: total((s) => s * s),
    sumSN: total((s, n) => s * n),
    sumNN: total((_, n) => n * n),
  };
}

const groups = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 8 })), {
  minLength: 2,
  maxLength: 30,
});
const unclipped = { range: [-Infinity, Infinity] } as const;

describe("clusterMeanFromMoments", () => {
  it("gives the same result as clusterMean on the groups", () => {
    fc.assert(
      fc.property(groups, (pairs) => {
        const [sums, sizes] = [pairs.map(([s]) => s), pairs.map(([, n]) => n)];
        const expected = clusterMean(sums, sizes);
        const got = clusterMeanFromMoments(momentsOf(sums, sizes), unclipped);
        expect(got.estimate).toBeCloseTo(expected.estimate as number, 10);
        expect(got.standardError).toBeCloseTo(expected.standardError as number, 8);
        expect(got.upper).toBeCloseTo(expected.upper as number, 6);
      }),
    );
  });

  it("has a standard error of exactly 0 if every group has the same mean", () => {
    // 3/7 has no exact double: 18 - 2 (3/7) 42 + (3/7)^2 98 is 3.6e-15, whose root would be an error of 2.8e-8.
    expect(clusterMeanFromMoments(momentsOf([3, 3], [7, 7]))).toMatchObject({
      estimate: 3 / 7,
      standardError: 0,
      lower: 3 / 7,
      upper: 3 / 7,
    });
  });

  it("keeps an interval of shares inside [0, 1] and has none for a single group", () => {
    expect(clusterMeanFromMoments(momentsOf([0, 1], [1, 1]))).toMatchObject({
      lower: 0,
      upper: 1,
      estimate: 0.5,
    });
    expect(clusterMeanFromMoments(momentsOf([2], [4]))).toMatchObject({
      estimate: 0.5,
      standardError: null,
      lower: null,
    });
    expect(clusterMeanFromMoments(momentsOf([], []))).toMatchObject({ estimate: null, lower: null });
  });
});

describe("compositeFromMoments", () => {
  it("gives the same result as compositeClusterInterval on the groups", () => {
    fc.assert(
      fc.property(fc.array(groups, { minLength: 1, maxLength: 4 }), (lists) => {
        const strata = lists.map((pairs, h) => ({
          sums: pairs.map(([s]) => s),
          sizes: pairs.map(([, n]) => n),
          weight: h + 1,
        }));
        const expected = compositeClusterInterval(strata);
        const got = compositeFromMoments(
          strata.map(({ sums, sizes, weight }) => ({ moments: momentsOf(sums, sizes), weight })),
          unclipped,
        );
        expect(got.estimate).toBeCloseTo(expected.estimate as number, 10);
        expect(got.standardError).toBeCloseTo(expected.standardError as number, 8);
      }),
    );
  });

  it("is undefined as a whole when a part has no scored group", () => {
    const part = { moments: momentsOf([1, 0], [1, 1]), weight: 1 };
    expect(compositeFromMoments([part, { moments: momentsOf([], []), weight: 1 }])).toMatchObject({
      estimate: null,
    });
  });
});

describe("withCluster", () => {
  it("gives the moments of all groups when they are added one by one", () => {
    const none: ClusterMoments = { nClusters: 0, sumS: 0, sumN: 0, sumSS: 0, sumSN: 0, sumNN: 0 };
    fc.assert(
      fc.property(groups, (pairs) => {
        const added = pairs.reduce((total, [sum, size]) => withCluster(total, { sum, size }), none);
        expect(added).toEqual(
          momentsOf(
            pairs.map(([s]) => s),
            pairs.map(([, n]) => n),
          ),
        );
      }),
    );
  });
});

describe("meanFromZero", () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: -8, max: 8 }), fc.integer({ min: 1, max: 8 })), {
    minLength: 2,
    maxLength: 30,
  });

  it("clips a mean below 0 to 0, keeps its standard error, and leaves other means unchanged", () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const plain = momentsOf(
          list.map(([s]) => s),
          list.map(([, n]) => n),
        );
        const cut = meanFromZero(plain);
        if (plain.sumS >= 0) expect(cut).toEqual(plain);
        else {
          const [before, after] = [plain, cut].map((moments) => clusterMeanFromMoments(moments, unclipped));
          expect(after?.estimate).toBe(0);
          expect(after?.standardError).toBeCloseTo(before?.standardError as number, 10);
        }
      }),
    );
  });
});
