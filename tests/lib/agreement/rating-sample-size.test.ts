import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorSdFor, gradeShares } from "../../../bench/simulations/exact-truth.js";
import { gradedPairs, grades } from "../../../bench/simulations/hard-data.js";
import { clusteredKappa } from "../../../src/lib/agreement/clustered-kappa.js";
import { ratingSampleSize } from "../../../src/lib/agreement/rating-sample-size.js";
import { createRandom } from "../../../src/lib/util/random.js";
import { mean } from "../../../src/lib/util/sum.js";

describe("ratingSampleSize", () => {
  it("asks for as many items as give intervals of the width asked for, within 15 %", () => {
    const random = createRandom("rating plans");
    for (const shape of ["symmetric", "skewed", "verySkewed"] as const) {
      const errorSd = errorSdFor(shape, 0.8);
      const { n } = ratingSampleSize(gradeShares(shape, errorSd), { kappa: 0.8, halfWidth: 0.1 });
      const widths = Array.from({ length: 60 }, () => {
        const { lower, upper } = clusteredKappa(gradedPairs(random, { items: n!, shape, errorSd }), {
          categories: grades,
        });
        return ((upper! - lower!) / 2 / 0.1) ** 2;
      });
      // Squared widths are proportional to one over the number of items; their mean has an error of 3 to 5 % here.
      expect(mean(widths)).toBeGreaterThan(0.85);
      expect(mean(widths)).toBeLessThan(1.15);
    }
  });

  it("asks for about 50, 75 and 194 items where disagreements by chance would need 180, 253 and 586", () => {
    // The numbers of an audit by simulation, for the large-sample interval; those of the tables are a little longer.
    const audit = { symmetric: 50, skewed: 75, verySkewed: 194 } as const;
    for (const shape of ["symmetric", "skewed", "verySkewed"] as const) {
      const pi = gradeShares(shape, errorSdFor(shape, 0.8));
      const { n } = ratingSampleSize(pi, { kappa: 0.8, halfWidth: 0.1 });
      expect(n! / audit[shape]).toBeGreaterThan(0.95);
      expect(n! / audit[shape]).toBeLessThan(1.15);
    }
  });

  it("needs more items for a narrower interval and for larger disagreements", () => {
    const pi = [0.05, 0.1, 0.2, 0.35, 0.3];
    const size = (halfWidth: number, disagreements?: readonly number[]) =>
      ratingSampleSize(pi, {
        ...{ kappa: 0.8, halfWidth },
        ...(disagreements === undefined ? {} : { disagreements }),
      }).n!;
    fc.assert(
      fc.property(fc.double({ min: 0.06, max: 0.2, noNaN: true }), (halfWidth) => {
        expect(size(halfWidth * 0.8)).toBeGreaterThan(size(halfWidth));
      }),
      { numRuns: 10 },
    );
    expect(size(0.1, [0.8, 0.2])).toBeGreaterThan(size(0.1, [1]));
    expect(size(0.1, [0.7, 0.2, 0.1])).toBeGreaterThan(size(0.1, [0.8, 0.2]));
  });

  it("is impossible, with a reason, where the margins leave no room for the disagreements", () => {
    // Kappa 0 with all disagreements one grade apart would need more of them than there are answers.
    const { n, reason } = ratingSampleSize([0.5, 0, 0.5], { kappa: 0.5, halfWidth: 0.1, disagreements: [1] });
    expect(n).toBeNull();
    expect(reason).toBe("margins and kappa incompatible: a cell probability is negative");
  });
});
