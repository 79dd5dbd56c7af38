import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correctedBy, judgedShare, withJudgeError } from "../../../src/lib/calibration/judge-error.js";
import { compositeFromMoments } from "../../../src/lib/stats/cluster-moments.js";

const composite = { estimate: 0.5, standardError: 0.03, degreesOfFreedom: 4 };
const rectifier = { shift: 0.2, standardError: 0.08 };

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

describe("correctedBy", () => {
  it("shifts a composite by its judged share of the shift, and stays on the scale", () => {
    // 0.5 + 0.25 * 0.2
    expect(correctedBy(0.5, 0.25, rectifier)).toBeCloseTo(0.55, 12);
    expect(correctedBy(0.9, 1, rectifier)).toBe(1);
    expect(correctedBy(0.1, 1, { shift: -0.2, standardError: 0 })).toBe(0);
  });
});

describe("withJudgeError", () => {
  it("adds the two errors in quadrature, the judge's times its share, with the composite's t quantile", () => {
    // 0.5 + 0.5 * 0.2 = 0.6; sqrt(0.03^2 + (0.5 * 0.08)^2) = 0.05; t(0.975, 4 df) = 2.7764451052 (tables of t).
    const { estimate, lower, upper, reason } = withJudgeError(composite, 0.5, rectifier);
    expect(estimate).toBeCloseTo(0.6, 12);
    expect(lower).toBeCloseTo(0.6 - 2.7764451052 * 0.05, 9);
    expect(upper).toBeCloseTo(0.6 + 2.7764451052 * 0.05, 9);
    expect(reason).toBeNull();
    // t(0.95, 4 df) = 2.1318467863.
    expect(withJudgeError(composite, 0.5, rectifier, { confidence: 0.9 }).upper).toBeCloseTo(
      0.6 + 2.1318467863 * 0.05,
      9,
    );
  });

  it("equals the composite's own estimate and interval if the judge is known to be right", () => {
    const part = fc.record({ s: fc.integer({ min: 0, max: 3 }), n: fc.constant(3) });
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 12 }), (groups) => {
        const total = (of: (group: { s: number; n: number }) => number) =>
          groups.reduce((sum, group) => sum + of(group), 0);
        const own = compositeFromMoments([
          {
            weight: 1,
            moments: {
              ...{ nClusters: groups.length, sumS: total(({ s }) => s), sumN: total(({ n }) => n) },
              ...{
                sumSS: total(({ s }) => s * s),
                sumSN: total(({ s, n }) => s * n),
                sumNN: total(({ n }) => n * n),
              },
            },
          },
        ]);
        fc.pre(own.degreesOfFreedom !== null);
        const { estimate, lower, upper } = withJudgeError(own, 0.7, { shift: 0, standardError: 0 });
        expect(estimate).toBeCloseTo(own.estimate!, 12);
        expect(lower).toBeCloseTo(own.lower!, 12);
        expect(upper).toBeCloseTo(own.upper!, 12);
      }),
    );
  });

  it("keeps the interval on the scale", () => {
    const top = withJudgeError({ ...composite, estimate: 0.95 }, 1, rectifier);
    expect(top.upper).toBe(1);
    const bottom = withJudgeError({ ...composite, estimate: 0.05 }, 1, { ...rectifier, shift: -0.2 });
    expect(bottom.lower).toBe(0);
  });

  it("has no correction, with a reason, if one of its parts is missing", () => {
    const none = (reason: string) => ({ estimate: null, lower: null, upper: null, reason });
    expect(withJudgeError({ ...composite, estimate: null }, 0.5, rectifier)).toEqual(
      none("the composite is undefined"),
    );
    const errorless = none("the composite has no standard error");
    expect(withJudgeError({ ...composite, standardError: null }, 0.5, rectifier)).toEqual(errorless);
    expect(withJudgeError({ ...composite, degreesOfFreedom: null }, 0.5, rectifier)).toEqual(errorless);
    expect(withJudgeError(composite, 0, rectifier)).toEqual(
      none("no part of the composite depends on the judge"),
    );
    expect(withJudgeError(composite, 0.5, undefined)).toEqual(
      none("too few of the system's answers were rated"),
    );
  });
});
