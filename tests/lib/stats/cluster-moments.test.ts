import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/lib/errors.js";
import {
  type ClusterMoments,
  meanFromZero,
  momentsOfGroups,
  sizeClasses,
  withCluster,
} from "../../../src/lib/stats/cluster-moments.js";
import { clusterMeanFromMoments } from "../../../src/lib/stats/composite-moments.js";

/** Without the sums by size. */
function flatMoments(sums: readonly number[], sizes: readonly number[]): ClusterMoments {
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

describe("withCluster", () => {
  it("gives the moments of all groups when they are added one by one", () => {
    const none: ClusterMoments = { nClusters: 0, sumS: 0, sumN: 0, sumSS: 0, sumSN: 0, sumNN: 0 };
    fc.assert(
      fc.property(groups, (pairs) => {
        const added = pairs.reduce((total, [sum, size]) => withCluster(total, { sum, size }), none);
        const [sums, sizes] = [pairs.map(([s]) => s), pairs.map(([, n]) => n)];
        expect(added).toEqual(momentsOfGroups(sums, sizes));
        expect(added).toMatchObject(flatMoments(sums, sizes));
      }),
    );
  });
});

describe("sizeClasses", () => {
  it("derives equal sizes from the sums, and refuses unequal ones without the sums by size", () => {
    expect(sizeClasses(flatMoments([1, 2, 0], [2, 2, 2]))).toEqual([
      { size: 2, nClusters: 3, sumS: 3, sumSS: 5 },
    ]);
    expect(sizeClasses(flatMoments([], []))).toEqual([]);
    expect(() => sizeClasses(flatMoments([1, 2], [2, 3]))).toThrow(InputError);
    expect(() => sizeClasses(flatMoments([1, 2], [2, 3]))).toThrow(
      /2 groups of different sizes need `bySize`/,
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
        const plain = momentsOfGroups(
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
