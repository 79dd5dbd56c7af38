import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CompositeCorrection } from "../../../src/lib/calibration/composite-correction.js";
import {
  correctionVariance,
  judgedShare,
  raterContrast,
  withJudgeError,
} from "../../../src/lib/calibration/judge-error.js";

const composite = { estimate: 0.5, lower: 0.44, upper: 0.58, standardError: 0.03 };
const correction: CompositeCorrection = {
  ...{ shift: 0.1, standardError: 0.04, halfWidth: 0.08, covariance: 0 },
  raterShares: new Map([
    ["a", 0.3],
    ["b", 0.2],
  ]),
  ...{ nRated: 20, nRatedClusters: 20, unratedShare: 0 },
};

describe("judgedShare", () => {
  it("is the weight of the graded components over the weight of all", () => {
    const components = [
      { isGraded: true, weight: 2 },
      { isGraded: false, weight: 1 },
      { isGraded: true, weight: 1 },
    ];
    expect(judgedShare(components)).toBe(3 / 4);
    expect(judgedShare(components.slice(1, 2))).toBe(0);
    expect(judgedShare(components.slice(0, 1))).toBe(1);
  });

  it("is 0, not 0/0, for a task without components", () => {
    expect(judgedShare([])).toBe(0);
  });
});

describe("withJudgeError", () => {
  it("adds the half-widths in quadrature on each side", () => {
    // Below: sqrt(0.06^2 + 0.08^2) = 0.1; above: sqrt(0.08^2 + 0.08^2).
    const { estimate, lower, upper, raters } = withJudgeError(composite, correction, null)!;
    expect(estimate).toBeCloseTo(0.6, 12);
    expect(lower).toBeCloseTo(0.5, 12);
    expect(upper).toBeCloseTo(0.6 + 0.08 * Math.SQRT2, 12);
    expect(raters).toBe("these raters");
  });

  it("widens for errors that go along with the score, and narrows for errors that offset it", () => {
    // Correlation 0.0006 / (0.04 * 0.03) = 1/2: sqrt(0.06^2 + 0.08^2 + 0.06 * 0.08) below.
    const along = withJudgeError(composite, { ...correction, covariance: 0.0006 }, null)!;
    expect(along.lower).toBeCloseTo(0.6 - Math.sqrt(0.0148), 12);
    const against = withJudgeError(composite, { ...correction, covariance: -0.0006 }, null)!;
    expect(against.lower).toBeCloseTo(0.6 - Math.sqrt(0.0052), 12);
  });

  it("adds what the choice of three raters does to the mean, and keeps the interval for these raters", () => {
    const severity = { nRaters: 3, variance: 0.0004 };
    const { lower, raters, sameRaters } = withJudgeError(composite, correction, severity)!;
    // t(0.975, 2 df) = 4.3026527297 (tables of t); shares 0.3 and 0.2: 0.02 * sqrt(0.13).
    const extra = 4.3026527297 * 0.02 * Math.sqrt(0.13);
    expect(lower).toBeCloseTo(0.6 - Math.sqrt(0.01 + extra ** 2), 9);
    expect(raters).toBe("raters like them");
    expect(sameRaters.lower).toBeCloseTo(0.5, 12);
  });

  it("speaks of two raters only as these raters: two say nothing of how much raters differ", () => {
    const { raters, lower } = withJudgeError(composite, correction, { nRaters: 2, variance: 0.01 })!;
    expect(raters).toBe("these raters");
    expect(lower).toBeCloseTo(0.5, 12);
  });

  it("equals the composite's own estimate and interval if the judge is known to be right", () => {
    const side = fc.double({ min: 0.001, max: 0.3, noNaN: true });
    fc.assert(
      fc.property(side, side, (below, above) => {
        const own = { estimate: 0.5, lower: 0.5 - below, upper: 0.5 + above, standardError: 0.1 };
        const known = { ...correction, shift: 0, standardError: 0, halfWidth: 0 };
        const { estimate, lower, upper } = withJudgeError(own, known, null)!;
        expect([estimate, lower, upper]).toEqual(
          [own.estimate, own.lower, own.upper].map((x) => expect.closeTo(x, 12)),
        );
      }),
    );
  });

  it("uses the width of the open side where the composite's interval ends at the scale", () => {
    // A perfect score has an interval [0.8, 1]; people are harsher by 0.3, so the corrected one has room above.
    const perfect = { estimate: 1, lower: 0.8, upper: 1, standardError: 0 };
    const { estimate, upper } = withJudgeError(perfect, { ...correction, shift: -0.3, halfWidth: 0 }, null)!;
    expect(estimate).toBeCloseTo(0.7, 12);
    expect(upper).toBeCloseTo(0.9, 12);
  });

  it("keeps estimate and interval on the scale", () => {
    const top = withJudgeError({ ...composite, estimate: 0.95, lower: 0.9, upper: 0.97 }, correction, null)!;
    expect([top.estimate, top.upper]).toEqual([1, 1]);
    const bottom = withJudgeError(
      { ...composite, estimate: 0.05, lower: 0.02, upper: 0.1 },
      { ...correction, shift: -0.2 },
      null,
    )!;
    expect([bottom.estimate, bottom.lower]).toEqual([0, 0]);
  });

  it("is undefined for a composite without an estimate or an interval", () => {
    expect(withJudgeError({ ...composite, estimate: null }, correction, null)).toBeNull();
    expect(withJudgeError({ ...composite, lower: null, upper: null }, correction, null)).toBeNull();
  });
});

describe("correctionVariance", () => {
  it("is never negative, however strongly the errors offset each other", () => {
    expect(correctionVariance({ ...correction, covariance: -1 })).toBe(0);
    // (0.08 / 1.9599639845)^2 + 2 * 0.0001
    expect(correctionVariance({ ...correction, covariance: 0.0001 })).toBeCloseTo(
      (0.08 / 1.9599639845) ** 2 + 0.0002,
      9,
    );
  });
});

describe("raterContrast", () => {
  const severity = { nRaters: 3, variance: 0.01 };

  it("counts only what raters rated more of one system than of the other", () => {
    const half = new Map([["a", 0.5]]);
    expect(raterContrast(severity, half, half)).toBe(0);
    // (t(0.975, 2 df) / z * 0.1)^2 * (0.5^2 + 0.5^2)
    expect(raterContrast(severity, half, new Map([["b", 0.5]]))).toBeCloseTo(
      (4.3026527297 / 1.9599639845) ** 2 * 0.01 * 0.5,
      8,
    );
  });
});
