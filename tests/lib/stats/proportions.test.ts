import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agrestiCoullInterval } from "../../../src/lib/stats/agresti-coull.js";
import { clopperPearsonInterval } from "../../../src/lib/stats/clopper-pearson.js";
import { jeffreysInterval } from "../../../src/lib/stats/jeffreys.js";
import { newcombeDifference } from "../../../src/lib/stats/newcombe.js";
import { tInterval } from "../../../src/lib/stats/t-interval.js";
import { waldInterval } from "../../../src/lib/stats/wald.js";
import { wilsonInterval } from "../../../src/lib/stats/wilson.js";
import { binomialCdf, chiSquareCdf, chiSquareQuantile } from "../../../src/lib/util/special.js";

const counts = fc
  .integer({ min: 1, max: 400 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
const methods = [wilsonInterval, clopperPearsonInterval, agrestiCoullInterval, jeffreysInterval];

describe("intervals of a proportion", () => {
  it("stay in [0, 1], are mirrored for failures, and widen with confidence", () => {
    fc.assert(
      fc.property(counts, ([x, n]) => {
        for (const method of methods) {
          const { lower, upper } = method(x, n);
          const mirrored = method(n - x, n);
          const wider = method(x, n, { confidence: 0.99 });
          expect(lower! >= 0 && upper! <= 1 && lower! < upper!).toBe(true);
          expect(mirrored.lower!).toBeCloseTo(1 - upper!, 9);
          expect(wider.lower! <= lower! && wider.upper! >= upper!).toBe(true);
        }
      }),
    );
  });

  it("cover every true proportion at least at the nominal rate for Clopper-Pearson", () => {
    const n = 20;
    const limits = Array.from({ length: n + 1 }, (_, x) => clopperPearsonInterval(x, n));
    for (let p = 0.01; p < 1; p += 0.01) {
      let covered = 0;
      limits.forEach(({ lower, upper }, x) => {
        if (lower! <= p && p <= upper!)
          covered += binomialCdf(x, n, p) - (x === 0 ? 0 : binomialCdf(x - 1, n, p));
      });
      expect(covered).toBeGreaterThanOrEqual(0.95);
    }
  });

  it("contain Wilson's interval and share its midpoint for Agresti-Coull", () => {
    fc.assert(
      fc.property(counts, ([x, n]) => {
        const wilson = wilsonInterval(x, n);
        const ac = agrestiCoullInterval(x, n, { clip: false });
        expect(ac.lower! + ac.upper!).toBeCloseTo(wilson.lower! + wilson.upper!, 10);
        expect(ac.lower!).toBeLessThanOrEqual(wilson.lower! + 1e-12);
      }),
    );
  });

  it("collapse at 0 and n successes only for Wald", () => {
    expect(waldInterval(0, 10)).toMatchObject({ lower: 0, upper: 0 });
    for (const method of methods) expect(method(0, 10).upper!).toBeGreaterThan(0.2);
  });

  it("are undefined for an empty cell and throw for impossible counts", () => {
    for (const method of [...methods, waldInterval]) {
      expect(method(0, 0)).toMatchObject({ estimate: null, upper: null, reason: "no scored items" });
      expect(() => method(3, 2)).toThrow(/successes must be an integer in \[0, 2\]; got 3/);
    }
  });
});

describe("newcombeDifference", () => {
  it("changes sign with the groups and stays in [-1, 1]", () => {
    fc.assert(
      fc.property(counts, counts, ([x1, n1], [x2, n2]) => {
        const forward = newcombeDifference({ successes: x1, n: n1 }, { successes: x2, n: n2 });
        const backward = newcombeDifference({ successes: x2, n: n2 }, { successes: x1, n: n1 });
        expect(backward.lower!).toBeCloseTo(-forward.upper!, 12);
        expect(forward.lower! >= -1 && forward.upper! <= 1).toBe(true);
      }),
    );
  });

  it("is undefined with an empty group", () => {
    expect(newcombeDifference({ successes: 1, n: 2 }, { successes: 0, n: 0 })).toMatchObject({
      estimate: null,
      n: 2,
    });
  });
});

describe("tInterval", () => {
  it("contains the null value exactly when the test does not reject it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 20 }),
        fc.integer({ min: -9, max: 9 }),
        (values, nullValue) => {
          const { lower, upper, pValue } = tInterval(values, { nullValue });
          if (pValue === null || Math.abs(pValue - 0.05) < 1e-9) return;
          expect(lower! <= nullValue && nullValue <= upper!).toBe(pValue > 0.05);
        },
      ),
    );
  });

  it("gives reasons for what is undefined with one value, none, or equal decimals", () => {
    expect(tInterval([3.5])).toMatchObject({
      estimate: 3.5,
      standardError: null,
      degreesOfFreedom: 0,
      lower: null,
    });
    expect(tInterval([])).toMatchObject({ estimate: null, reason: "no values" });
    expect(tInterval([0.1, 0.1, 0.1])).toMatchObject({ standardError: 0, statistic: null, pValue: null });
  });
});

describe("chiSquareQuantile", () => {
  it("inverts the distribution function and is NaN outside [0, 1]", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.0001, max: 0.9999, noNaN: true }),
        fc.double({ min: 0.5, max: 300, noNaN: true }),
        (p, df) => {
          expect(chiSquareCdf(chiSquareQuantile(p, df), df)).toBeCloseTo(p, 10);
        },
      ),
    );
    expect(chiSquareQuantile(0, 3)).toBe(0);
    expect(chiSquareQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY);
    expect(chiSquareQuantile(1.1, 3)).toBeNaN();
  });
});
