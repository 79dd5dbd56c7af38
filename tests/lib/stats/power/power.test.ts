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
import { wilsonInterval } from "../../../../src/lib/stats/wilson.js";

describe("sample sizes", () => {
  it("are the smallest that give the Wilson interval the required width", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.double({ min: 0.01, max: 0.3, noNaN: true }),
        (k, halfWidth) => {
          const p = k / 20;
          const width = (n: number) => {
            const z2 = 1.959963984540054 ** 2;
            return (Math.sqrt(z2) / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
          };
          const { n } = proportionSampleSize({ p, halfWidth });
          expect(width(n)).toBeLessThanOrEqual(halfWidth + 1e-12);
          if (n > 1) expect(width(n - 1)).toBeGreaterThan(halfWidth - 1e-12);
        },
      ),
    );
  });

  it("agree with the library's own interval", () => {
    const { n } = proportionSampleSize({ p: 0.8, halfWidth: 0.05 });
    const { lower, upper } = wilsonInterval(Math.round(0.8 * n), n);
    expect((upper! - lower!) / 2).toBeLessThanOrEqual(0.0501);
  });

  it("are one item if the required width exceeds any interval", () => {
    expect(proportionSampleSize({ p: 0.5, halfWidth: 0.6 }).n).toBe(1);
  });

  it("treat fully dependent variants as one item each", () => {
    // Five identical option orders: five times as many rows for the same width.
    expect(designEffect({ clusterSize: 5, icc: 1 })).toBe(5);
    const alone = meanSampleSize({ sd: 0.4, halfWidth: 0.05 }).nReal;
    expect(meanSampleSize({ sd: 0.4, halfWidth: 0.05, clusterSize: 5, icc: 1 }).nReal).toBeCloseTo(
      5 * alone,
      9,
    );
    expect(() => designEffect({ clusterSize: 5, icc: 1.2 })).toThrow(/icc/);
  });

  it("have no variance at perfect planned agreement", () => {
    const plan = kappaSampleSize({ model: "margins2x2", p1: 0.3, p2: 0.3 }, { kappa: 1, halfWidth: 0.1 });
    expect(plan.n).toBe(1);
    expect(plan.variancePerPair).toBeCloseTo(0, 9);
  });

  it("are null with a reason for impossible kappas", () => {
    const cells = kappaSampleSize({ model: "margins2x2", p1: 0.9, p2: 0.5 }, { kappa: 0.95, halfWidth: 0.1 });
    expect(cells).toMatchObject({ n: null, variancePerPair: null, cells: null });
    expect(cells.reason).toMatch(/negative/);
    const one = kappaSampleSize({ model: "common_margins", pi: [1, 0] }, { kappa: 0.5, halfWidth: 0.1 });
    expect(one).toMatchObject({ n: null });
    expect(one.reason).toMatch(/one category/);
  });

  it("are the same for two categories in either form of the plan", () => {
    const narrow = kappaSampleSize(
      { model: "margins2x2", p1: 0.3, p2: 0.3 },
      { kappa: 0.6, halfWidth: 0.08 },
    );
    const wide = kappaSampleSize(
      { model: "common_margins", pi: [0.3, 0.7] },
      { kappa: 0.6, halfWidth: 0.08 },
    );
    expect(wide.n).toBe(narrow.n);
    expect(wide.variancePerPair).toBeCloseTo(narrow.variancePerPair!, 12);
  });
});

describe("power of a paired difference", () => {
  it("is the false-positive rate if there is no difference", () => {
    expect(powerOfDifference({ difference: 0, n: 200, sdDifference: 0.4 })).toBeCloseTo(0.05, 12);
  });

  it("is the required power at the minimum detectable difference, except for the far tail", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 5000 }),
        fc.double({ min: 0.3, max: 0.95, noNaN: true }),
        (n, power) => {
          const difference = minimumDetectableDifference({ n, sdDifference: 0.5, power });
          const reached = powerOfDifference({ difference, n, sdDifference: 0.5 });
          expect(reached).toBeGreaterThanOrEqual(power - 1e-12);
          expect(reached).toBeLessThan(power + 0.001);
        },
      ),
    );
  });

  it("reaches the target at the number of rows at which the difference becomes detectable", () => {
    const { n } = differenceSampleSize({ difference: 0.05, sdDifference: 0.5 });
    // (1.959964 + 0.841621)^2 * 0.25 / 0.0025 = 784.9
    expect(n).toBe(785);
    expect(minimumDetectableDifference({ n, sdDifference: 0.5 })).toBeLessThanOrEqual(0.05);
    expect(minimumDetectableDifference({ n: n - 1, sdDifference: 0.5 })).toBeGreaterThan(0.05);
  });
});
