import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compositeBounds, sliceBounds, taskBounds } from "../../../src/lib/stats/outcome-bounds.js";

describe("taskBounds", () => {
  it("weights the strata, and distributes the groups without a value evenly", () => {
    // Weights 1 and 3; 10 groups wanted, 4 + 4 have a value, so 1 is missing in each stratum.
    // Worst: 1/4 * 2/5 + 3/4 * 1/5 = 0.25. Best: 1/4 * (3 + 1)/5 + 3/4 * (2 + 1)/5 = 0.65.
    const strata = [
      { weight: 1, nClusters: 4, sumMean: 2, sumBest: 3 },
      { weight: 3, nClusters: 4, sumMean: 1, sumBest: 2 },
    ];
    const { worst, best } = taskBounds(strata, 10, 0.3);
    expect(worst).toBeCloseTo(0.25, 12);
    expect(best).toBeCloseTo(0.65, 12);
  });

  it("always includes the estimate and stays on the scale, even with sums beyond it", () => {
    const stratum = fc
      .record({ weight: fc.integer({ min: 1, max: 4 }), nClusters: fc.integer({ min: 1, max: 9 }) })
      .chain((size) =>
        fc.record({
          weight: fc.constant(size.weight),
          nClusters: fc.constant(size.nClusters),
          // Criteria with penalties: a sum may be below 0.
          sumMean: fc.double({ min: -2, max: size.nClusters, noNaN: true }),
          sumBest: fc.double({ min: 0, max: size.nClusters + 2, noNaN: true }),
        }),
      );
    fc.assert(
      fc.property(
        fc.array(stratum, { minLength: 1, maxLength: 4 }),
        fc.nat(40),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (strata, nGroups, estimate) => {
          const { worst, best } = taskBounds(strata, nGroups, estimate);
          expect(worst).toBeGreaterThanOrEqual(0);
          expect(worst).toBeLessThanOrEqual(estimate);
          expect(best).toBeGreaterThanOrEqual(estimate);
          expect(best).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it("gives 0 and 1 for a task without an estimate", () => {
    expect(taskBounds([{ weight: 1, nClusters: 1, sumMean: 1, sumBest: 1 }], 1, null)).toEqual({
      worst: 0,
      best: 1,
    });
  });

  it("equals the mean if nothing is missing and policy decided nothing", () => {
    const bounds = taskBounds([{ weight: 2, nClusters: 4, sumMean: 3, sumBest: 3 }], 4, 0.75);
    expect(bounds).toEqual({ worst: 0.75, best: 0.75 });
  });
});

describe("compositeBounds", () => {
  it("uses 0 to 1 for tasks without bounds and for the share of missing tasks", () => {
    // 1/2 of [0.2, 0.6], 1/4 unknown, 1/4 absent.
    const tasks = [
      { share: 0.5, worst: 0.2, best: 0.6 },
      { share: 0.25, worst: null, best: null },
    ];
    const { worst, best } = compositeBounds(tasks);
    expect(worst).toBeCloseTo(0.1, 12);
    expect(best).toBeCloseTo(0.8, 12);
    expect(compositeBounds([])).toEqual({ worst: 0, best: 1 });
  });

  it("does not exceed 1 because of rounded shares", () => {
    const thirds = [1, 2, 3, 4, 5, 6, 7].map(() => ({ share: 1 / 7, worst: 1, best: 1 }));
    expect(compositeBounds(thirds).best).toBeLessThanOrEqual(1);
  });
});

describe("sliceBounds", () => {
  it("divides both sums by all items and includes the estimate over those with a value", () => {
    // Two of four items scored 1 and 0: mean 1/2, worst 1/4, best 3/4.
    expect(sliceBounds({ sumMean: 1, sumBest: 3 }, 4, 0.5)).toEqual({ worst: 0.25, best: 0.75 });
    expect(sliceBounds({ sumMean: 3, sumBest: 3 }, 4, 0.5)).toEqual({ worst: 0.5, best: 0.75 });
    expect(sliceBounds({ sumMean: 1, sumBest: 1 }, 4, 0.5)).toEqual({ worst: 0.25, best: 0.5 });
    expect(sliceBounds({ sumMean: 0, sumBest: 5 }, 4, null)).toEqual({ worst: 0, best: 1 });
  });
});
