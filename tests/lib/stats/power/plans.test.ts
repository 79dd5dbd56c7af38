import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  designEffect,
  differenceSampleSize,
  kappaSampleSize,
  meanSampleSize,
  minimumDetectableDifference,
  powerOfDifference,
  proportionSampleSize,
} from "../../../../src/lib/stats/power/index.js";

const z = 1.959963984540054;

describe("kappaSampleSize", () => {
  it("recovers the number of items whose interval has exactly the required width", () => {
    const plans = fc.constantFrom(
      { plan: { model: "margins2x2", p1: 0.5, p2: 0.5 }, kappa: 0 } as const,
      { plan: { model: "margins2x2", p1: 0.3, p2: 0.4 }, kappa: 0.6 } as const,
      { plan: { model: "common_margins", pi: [0.2, 0.3, 0.5], weights: "quadratic" }, kappa: 0.7 } as const,
      { plan: { model: "common_margins", pi: [0.2, 0.3, 0.5] }, kappa: 0.7 } as const,
    );
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 3000 }), ({ plan, kappa }, n) => {
        const variance = kappaSampleSize(plan, { kappa, halfWidth: 0.1 }).variancePerPair!;
        const exactly = kappaSampleSize(plan, { kappa, halfWidth: z * Math.sqrt(variance / n) });
        expect(exactly.n).toBe(n);
        expect(exactly.seAtN!).toBeCloseTo(Math.sqrt(variance / n), 12);
      }),
    );
  });

  it("has the cells of the plan: margins by chance, the share kappa on the diagonal", () => {
    const { cells, variancePerPair, reason } = kappaSampleSize(
      { model: "common_margins", pi: [0.5, 0.5] },
      { kappa: 0.2, halfWidth: 0.1 },
    );
    // Diagonal 0.25 x 0.8 + 0.2 x 0.5, off it 0.25 x 0.8.
    expect(cells!.flat()).toEqual([0.3, 0.2, 0.2, 0.3].map((cell) => expect.closeTo(cell, 12)));
    // Even margins: 1 - kappa² (observed 0.6, chance 0.5: 0.24 / 0.25).
    expect(variancePerPair).toBeCloseTo(0.96, 12);
    expect(reason).toBeNull();
  });

  it("weights near misses by the distance of their categories, which has no effect for two categories", () => {
    const size = (pi: readonly number[], weights: "unweighted" | "linear" | "quadratic") =>
      kappaSampleSize({ model: "common_margins", pi, weights }, { kappa: 0.6, halfWidth: 0.05 }).n!;
    expect(size([0.3, 0.7], "linear")).toBe(size([0.3, 0.7], "unweighted"));
    expect(size([0.3, 0.7], "quadratic")).toBe(size([0.3, 0.7], "unweighted"));
    const sizes = (["unweighted", "linear", "quadratic"] as const).map((w) => size([0.2, 0.3, 0.5], w));
    expect(new Set(sizes).size).toBe(3);
  });

  it("has the kappa, the margins and the distances of an ordinal plan", () => {
    const pi = [0.1, 0.2, 0.4, 0.3];
    const distances = (cells: readonly (readonly number[])[]) =>
      [1, 2, 3].map((d) =>
        cells.flatMap((row, i) => row.filter((_, j) => Math.abs(i - j) === d)).reduce((a, b) => a + b, 0),
      );
    const kappaOf = (cells: readonly (readonly number[])[]) => {
      const disagreement = (of: (i: number, j: number) => number) =>
        pi.reduce((sum, _, i) => sum + pi.reduce((own, __, j) => own + (i - j) ** 2 * of(i, j), 0), 0);
      return 1 - disagreement((i, j) => cells[i]![j]!) / disagreement((i, j) => pi[i]! * pi[j]!);
    };
    for (const disagreements of [undefined, [0.8, 0.15, 0.05]]) {
      const plan = {
        model: "ordinal" as const,
        pi,
        ...(disagreements === undefined ? {} : { disagreements }),
      };
      for (const kappa of [0.5, 0.8]) {
        const cells = kappaSampleSize(plan, { kappa, halfWidth: 0.1 }).cells!;
        expect(kappaOf(cells)).toBeCloseTo(kappa, 6);
        for (const [i, row] of cells.entries()) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(pi[i]!, 6);
        const apart = distances(cells);
        const total = apart.reduce((a, b) => a + b, 0);
        if (disagreements !== undefined)
          expect(apart.map((share) => share / total)).toEqual(
            disagreements.map((share) => expect.closeTo(share, 9)),
          );
        // Normal errors: most disagreements are one grade apart, hardly any from end to end.
        else expect(apart[0]! / total).toBeGreaterThan(0.8);
      }
    }
  });

  it("is the plan by chance for two grades, whose disagreements can only be one apart", () => {
    const chance = kappaSampleSize(
      { model: "common_margins", pi: [0.3, 0.7] },
      { kappa: 0.6, halfWidth: 0.1 },
    );
    for (const disagreements of [undefined, [1]]) {
      const plan = {
        model: "ordinal" as const,
        pi: [0.3, 0.7],
        ...(disagreements === undefined ? {} : { disagreements }),
      };
      expect(kappaSampleSize(plan, { kappa: 0.6, halfWidth: 0.1 }).variancePerPair).toBeCloseTo(
        chance.variancePerPair!,
        5,
      );
    }
  });

  it("refuses disagreements that are no shares", () => {
    const plan = (disagreements: readonly number[]) => () =>
      kappaSampleSize(
        { model: "ordinal", pi: [0.3, 0.3, 0.4], disagreements },
        { kappa: 0.6, halfWidth: 0.1 },
      );
    expect(plan([0.5, 0.4])).toThrow("shares for 1 to 2 grades apart that sum to 1; got 0.5, 0.4");
    expect(plan([0.5, 0.4, 0.1])).toThrow("1 to 2 grades apart");
    expect(plan([1.5, -0.5])).toThrow("got 1.5, -0.5");
  });

  it("is impossible, with a reason, if margins and kappa contradict each other", () => {
    const nothing = { n: null, variancePerPair: null, seAtN: null, cells: null };
    const wanted = { kappa: 0.95, halfWidth: 0.1 };
    expect(kappaSampleSize({ model: "margins2x2", p1: 0.9, p2: 0.5 }, wanted)).toEqual({
      ...nothing,
      reason: "margins and kappa incompatible: a cell probability is negative",
    });
    for (const weights of ["unweighted", "linear"] as const) {
      expect(kappaSampleSize({ model: "common_margins", pi: [1], weights }, wanted)).toEqual({
        ...nothing,
        reason: "only one category has a positive probability",
      });
    }
  });
});

describe("sizes of means and shares", () => {
  it("are rounded up and multiplied by the design effect", () => {
    // (1.96 x 1.2 / 0.1)² = 553.2, times 1 + 4 x 0.5.
    const { n, nReal, deff } = meanSampleSize({ sd: 1.2, halfWidth: 0.1, clusterSize: 5, icc: 0.5 });
    expect(deff).toBe(3);
    expect(nReal).toBeCloseTo(3 * ((z * 1.2) / 0.1) ** 2, 9);
    expect(n).toBe(Math.ceil(nReal));
    expect(designEffect({})).toBe(1);
    expect(designEffect({ clusterSize: 1, icc: 1 })).toBe(1);
  });

  it("give a share of 0 or 1 its Wilson width of z²/(2 (n + z²))", () => {
    // Half-width 0.05: n >= z² / 0.1 - z² = 34.57.
    expect(proportionSampleSize({ p: 0, halfWidth: 0.05 }).n).toBe(35);
    expect(proportionSampleSize({ p: 1, halfWidth: 0.05 }).n).toBe(35);
    expect(proportionSampleSize({ p: 0, halfWidth: 0.05, confidence: 0.9 }).n).toBe(25);
  });
});

describe("differences of two systems", () => {
  it("are detected with certainty without noise, unless they are 0", () => {
    const exact = { n: 10, sdDifference: 0 };
    expect(powerOfDifference({ ...exact, difference: 0.1 })).toBe(1);
    expect(powerOfDifference({ ...exact, difference: 0 })).toBe(0);
  });

  it("are detected equally often in either direction, with both tails counted", () => {
    const design = { n: 100, sdDifference: 1 };
    const up = powerOfDifference({ ...design, difference: 0.1 });
    expect(powerOfDifference({ ...design, difference: -0.1 })).toBe(up);
    // Error 0.1, shift 1: Phi(1 - 1.96) + Phi(-1 - 1.96) = 0.168538 + 0.001538.
    expect(up).toBeCloseTo(0.170075, 5);
  });

  it("need the design effect's multiple of rows", () => {
    const design = { difference: 0.05, sdDifference: 0.5 };
    const alone = differenceSampleSize(design).nReal;
    const grouped = { ...design, clusterSize: 5, icc: 0.25 };
    expect(differenceSampleSize(grouped).nReal).toBeCloseTo(2 * alone, 9);
    expect(minimumDetectableDifference({ ...grouped, n: 2 * alone })).toBeCloseTo(0.05, 12);
    // At 50 % power the quantile of power is 0: z times the error.
    expect(minimumDetectableDifference({ n: 100, sdDifference: 1, power: 0.5 })).toBeCloseTo(z / 10, 12);
  });
});
