import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  poolScores,
  type ScoreCell,
  sharedDifficulty,
} from "../../../../src/lib/stats/pooling/pooled-scores.js";

/** `right` of `n` groups that are right or wrong. */
const binary = (system: string, slice: number, right: number, n: number): ScoreCell => ({
  system,
  slice: `${slice}`,
  moments: { nClusters: n, sumS: right, sumN: n, sumSS: right, sumSN: right, sumNN: n },
});
const one = (rights: readonly number[], sizes: readonly number[]) =>
  rights.map((right, k) => binary("a", k, right, sizes[k] as number));

describe("poolScores", () => {
  // Posterior of each slice by summing over 361 levels x 400 spreads x 80 Gauss-Hermite nodes in numpy, with a uniform prior of
  // the level and of the variance, and half a right and half a wrong answer added to the system.
  const exact = [
    [0.8503, 0.6268, 0.9823],
    [0.7828, 0.533, 0.9515],
    [0.7109, 0.4398, 0.9105],
    [0.6843, 0.4283, 0.8826],
    [0.4849, 0.1983, 0.7644],
    [0.8838, 0.7041, 0.9862],
  ];

  it("agrees with the exact posterior of one system within 0.006", () => {
    const { cells } = poolScores(one([9, 8, 7, 8, 4, 14], [10, 10, 10, 12, 10, 15]));
    for (const [k, [estimate, lower, upper]] of exact.entries()) {
      const cell = cells[k]!;
      expect(Math.abs(cell.estimate - estimate!)).toBeLessThan(0.006);
      expect(Math.abs(cell.lower - lower!)).toBeLessThan(0.006);
      expect(Math.abs(cell.upper - upper!)).toBeLessThan(0.006);
    }
  });

  it("keeps intervals of a perfect system open, and pulls its estimates below 100 % only a little", () => {
    const { cells } = poolScores(one([12, 12, 12, 12, 12, 12], [12, 12, 12, 12, 12, 12]));
    for (const cell of cells) {
      expect(cell!.estimate).toBeGreaterThan(0.97);
      expect(cell!.estimate).toBeLessThan(1);
      expect(cell!.lower).toBeLessThan(0.98);
    }
  });

  it("pulls a small slice more than a large one with the same score", () => {
    const { cells } = poolScores(one([20, 21, 19, 20, 22, 3, 30], [30, 30, 30, 30, 30, 10, 100]));
    const [small, large] = [cells[5]!, cells[6]!];
    expect(small.shrinkage).toBeGreaterThan(large.shrinkage);
    expect(small.estimate - 0.3).toBeGreaterThan(large.estimate - 0.3);
    expect(large.estimate).toBeGreaterThan(0.3);
  });

  it("expects less of a system where all others score low, and learns from them about a slice with two questions", () => {
    const rights = [24, 22, 25, 23, 8, 24];
    const others = ["b", "c", "d", "e"].flatMap((system) =>
      rights.map((right, k) => binary(system, k, right, 30)),
    );
    const own = rights.map((right, k) => (k === 4 ? binary("a", k, 1, 2) : binary("a", k, right, 30)));
    const { cells } = poolScores([...own, ...others]);
    expect(cells[4]!.priorMean).toBeLessThan(0.45);
    expect(cells[4]!.estimate).toBeLessThan(0.45);
    expect(cells[3]!.priorMean).toBeGreaterThan(0.65);
    expect(cells[4]!.shrinkage).toBeGreaterThan(0.7);
  });

  it("takes less of what systems share for difficulty if they share the luck with the questions", () => {
    const cells = ["a", "b", "c", "d"].flatMap((system) =>
      [9, 3, 8, 6, 9, 2, 7, 9].map((right, k) => binary(system, k, right, 12)),
    );
    const apart = poolScores(cells).cells[1]!;
    const shared = poolScores(cells, { sharedDifficulty: 3 }).cells[1]!;
    expect(shared.upper - shared.lower).toBeGreaterThan(apart.upper - apart.lower);
    expect(shared.estimate).toBeGreaterThan(apart.estimate);
  });

  it("gives graded scores narrower intervals than right-or-wrong scores with the same means", () => {
    const rights = [9, 8, 7, 8, 4, 6];
    // Grades of 0.1 around the mean instead of 0 and 1: sum of squares n (mean^2 + 0.01).
    const graded = rights.map((right, k) => {
      const { moments } = binary("a", k, right, 10);
      return { system: "a", slice: `${k}`, moments: { ...moments, sumSS: 10 * ((right / 10) ** 2 + 0.01) } };
    });
    const width = (cells: readonly ScoreCell[]) => {
      const { lower, upper } = poolScores(cells).cells[0]!;
      return upper - lower;
    };
    expect(width(graded)).toBeLessThan(
      width(
        one(
          rights,
          rights.map(() => 10),
        ),
      ) / 1.5,
    );
  });

  it("does not depend on the order of systems and slices", () => {
    const cells = ["a", "b", "c"].flatMap((system, s) =>
      [9, 3, 8, 6, 9, 2].map((right, k) => binary(system, k, Math.min(12, right + s), 12)),
    );
    const reversed = [...poolScores([...cells].reverse(), { sharedDifficulty: 1 }).cells].reverse();
    for (const [i, cell] of poolScores(cells, { sharedDifficulty: 1 }).cells.entries()) {
      expect(reversed[i]!.estimate).toBeCloseTo(cell!.estimate, 6);
      expect(reversed[i]!.lower).toBeCloseTo(cell!.lower, 6);
    }
  });

  it("has estimates inside their intervals, shrinkage in [0, 1] and spread in every interval", () => {
    const cell = fc.record({
      n: fc.integer({ min: 1, max: 60 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 5, maxLength: 12 }),
        fc.integer({ min: 1, max: 3 }),
        (slices, S) => {
          const cells = slices.flatMap(({ n, share }, k) =>
            Array.from({ length: S }, (_, s) => binary(`${s}`, k, Math.round(n * share), n)),
          );
          for (const pooled of poolScores(cells, { sharedDifficulty: 1 }).cells) {
            expect(pooled!.lower).toBeLessThan(pooled!.estimate);
            expect(pooled!.estimate).toBeLessThan(pooled!.upper);
            expect(pooled!.lower).toBeGreaterThanOrEqual(0);
            expect(pooled!.upper).toBeLessThanOrEqual(1);
            expect(pooled!.shrinkage).toBeGreaterThanOrEqual(0);
            expect(pooled!.shrinkage).toBeLessThanOrEqual(1);
            expect(pooled!.priorSd).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 20, seed: 3 },
    );
  });

  it("does not pool fewer than five slices, and leaves cells without groups alone", () => {
    const { cells, reason } = poolScores(one([9, 8, 7, 0, 4], [10, 10, 10, 0, 10]));
    expect(cells).toEqual([null, null, null, null, null]);
    expect(reason).toContain("4 slices have a score");
    expect(poolScores(one([9, 8, 7, 0, 4, 5], [10, 10, 10, 0, 10, 10])).cells[3]).toBeNull();
    expect(poolScores([]).cells).toEqual([]);
  });

  it("refuses two cells of one system on a slice, and a negative variance", () => {
    const cells = one([9, 8, 7, 8, 4], [10, 10, 10, 10, 10]);
    expect(() => poolScores([...cells, binary("a", 2, 1, 4)])).toThrow(
      /system "a" has two cells on slice "2"/,
    );
    expect(() => poolScores(cells, { sharedDifficulty: -1 })).toThrow(/variance >= 0; got -1/);
  });
});

describe("sharedDifficulty", () => {
  it("is the covariance of residuals over that of one unit of variance", () => {
    // Questions 1, 0, 1 and 1, 0, 0: residuals 1/3, -2/3, 1/3 and 2/3, -1/3, -1/3; twice the sum of their products is 2/3.
    // p (1 - p) is 2/9 for both, so the scale is 3 x 2 x (2/9)^2. With 3/2 for the means: (3/2 x 2/3) / (24/81) = 3.375.
    expect(sharedDifficulty([{ n: 3, products: 2 / 3, scale: 24 / 81 }])).toBeCloseTo(3.375, 10);
  });

  it("is 0 if systems find different questions hard, and without pairs of systems", () => {
    expect(sharedDifficulty([{ n: 3, products: -1, scale: 1 }])).toBe(0);
    expect(sharedDifficulty([{ n: 3, products: 0, scale: 0 }])).toBe(0);
    expect(sharedDifficulty([{ n: 1, products: 1, scale: 1 }])).toBe(0);
  });
});
