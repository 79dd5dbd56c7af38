import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ratedStratum } from "../../../src/lib/calibration/rated-stratum.js";

const clusters = (weights: readonly number[], differences: readonly number[]) =>
  weights.map((weight, i) => ({ cluster: `${i}`, weight, weighted: weight * (differences[i] as number) }));

describe("ratedStratum", () => {
  it("is the plain mean with s^2 / n on n - 1 degrees of freedom where all weigh the same", () => {
    // 0, 1, 2, 3: mean 3/2, s^2 = 5/3.
    const { mean, variance, degreesOfFreedom } = ratedStratum(clusters([2, 2, 2, 2], [0, 1, 2, 3]));
    expect([mean, variance, degreesOfFreedom]).toEqual([1.5, 5 / 12, 3].map((x) => expect.closeTo(x, 12)));
  });

  it("has the variance and the degrees of freedom of the quadratic form written out as a matrix", () => {
    const positive = fc.double({ min: 0.05, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(positive, positive), { minLength: 2, maxLength: 8 }), (pairs) => {
        const weights = pairs.map(([weight]) => weight);
        const values = pairs.map(([, value]) => value);
        const total = weights.reduce((a, b) => a + b);
        const share = weights.map((weight) => weight / total);
        const ww = share.reduce((sum, w) => sum + w * w, 0);
        const factor = share.map((w) => w ** 2 / (1 - 2 * w + ww));
        // Residuals are B y with B = I - 1 w'; the variance is y' B' D B y.
        const b = share.map((_, i) => share.map((w, j) => Number(i === j) - w));
        const a = share.map((_, i) =>
          share.map((__, j) => factor.reduce((sum, d, k) => sum + b[k]![i]! * d * b[k]![j]!, 0)),
        );
        const trace = a.reduce((sum, row, i) => sum + row[i]!, 0);
        const square = a.flat().reduce((sum, value) => sum + value ** 2, 0);
        const found = ratedStratum(clusters(weights, values));
        expect(found.degreesOfFreedom).toBeCloseTo(trace ** 2 / square, 6);
        const quadratic = values.reduce(
          (sum, y, i) => sum + values.reduce((own, z, j) => own + y * a[i]![j]! * z, 0),
          0,
        );
        expect(found.variance).toBeCloseTo(quadratic, 8);
        // Unbiased for equal variances: the trace is the variance of the mean, the sum of squared shares.
        expect(trace).toBeCloseTo(ww, 8);
      }),
    );
  });

  it("has fewer degrees of freedom where one cluster carries most of the weight", () => {
    const { degreesOfFreedom } = ratedStratum(clusters([20, 1, 1, 1, 1], [0, 1, 2, 3, 4]));
    expect(degreesOfFreedom).toBeLessThan(2);
  });

  it("has no variance if all differ by the same amount", () => {
    expect(ratedStratum(clusters([1, 2, 3], [0.1 + 0.2, 0.3, 0.3])).variance).toBe(0);
  });
});
