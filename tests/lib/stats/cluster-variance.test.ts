import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterMean } from "../../../src/lib/stats/cluster-mean.js";
import { momentsOfGroups, sizeClasses } from "../../../src/lib/stats/cluster-moments.js";
import {
  clusterDegreesOfFreedom,
  clusterVariance,
  effectiveClusters,
} from "../../../src/lib/stats/cluster-variance.js";

const classes = (sizes: readonly number[]) => sizes.map((size) => ({ size, nClusters: 1 }));

describe("the bias-reduced variance of a mean over clusters", () => {
  // Bell & McCaffrey by matrices (numpy): A = (I - H)^(-1/2) by eigenvalues, df = tr(B)^2 / sum of B^2 with B = P'P.
  it.each([
    [[40, 3, 3, 3], 1.3077873918],
    [[1, 2, 5, 9, 1], 2.0942028986],
    [[2, 7], 1],
    [[1, 1, 1, 30], 1.1352549889],
  ])("has Satterthwaite's degrees of freedom for clusters of %j rows", (sizes, expected) => {
    expect(clusterDegreesOfFreedom(classes(sizes))).toBeCloseTo(expected, 9);
  });

  it("has the degrees of freedom that clubSandwich's own test states", () => {
    // tests/testthat/test_intercept_formulas.R, "CR2 and df agree with formulas".
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 20 }), (sizes) => {
        const N = sizes.reduce((a, b) => a + b, 0);
        const total = (term: (n: number) => number) => sizes.reduce((all, n) => all + term(n), 0);
        const expected =
          N ** 2 /
          (N ** 2 * total((n) => n ** 2 / (N - n) ** 2) -
            2 * N * total((n) => n ** 3 / (N - n) ** 2) +
            total((n) => n ** 2 / (N - n)) ** 2);
        expect(clusterDegreesOfFreedom(classes(sizes))).toBeCloseTo(expected, 8);
      }),
    );
  });

  it("is CR1 on G - 1 degrees of freedom for equal sizes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 2, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (sums, size) => {
          const sizes = sums.map(() => size);
          const mean = sums.reduce((a, b) => a + b, 0) / (size * sums.length);
          const cr1 = clusterMean(sums, sizes, { type: "CR1" });
          const own = sizeClasses(momentsOfGroups(sums, sizes));
          expect(Math.sqrt(clusterVariance(own, mean))).toBeCloseTo(cr1.standardError as number, 10);
          expect(clusterDegreesOfFreedom(own)).toBeCloseTo(sums.length - 1, 8);
          expect(effectiveClusters(own)).toBeCloseTo(sums.length, 8);
        },
      ),
    );
  });

  it("never has more degrees of freedom than G - 1, nor more effective clusters than clusters", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 30 }), (sizes) => {
        expect(clusterDegreesOfFreedom(classes(sizes))).toBeLessThanOrEqual(sizes.length - 1 + 1e-9);
        expect(effectiveClusters(classes(sizes))).toBeLessThanOrEqual(sizes.length + 1e-9);
      }),
    );
  });

  it("counts a cluster of 40 rows among 14 clusters of 3 as fewer than four clusters", () => {
    // 82^2 / (1600 + 14 * 9)
    expect(
      effectiveClusters([
        { size: 40, nClusters: 1 },
        { size: 3, nClusters: 14 },
      ]),
    ).toBeCloseTo(6724 / 1726, 12);
  });
});
