import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roganGladen } from "../../../src/lib/calibration/rogan-gladen.js";

const count = fc.integer({ min: 0, max: 60 });
const counts = fc
  .record({
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    n: fc.integer({ min: 1, max: 400 }),
    tp: count,
    fn: count,
    tn: count,
    fp: count,
  })
  .map(({ share, ...rest }) => ({ ...rest, x: Math.round(share * rest.n) }));

describe("roganGladen", () => {
  it("gives the complement of the share when yes and no are swapped", () => {
    fc.assert(
      fc.property(counts, (yes) => {
        const no = { x: yes.n - yes.x, n: yes.n, tp: yes.tn, fn: yes.fp, tn: yes.tp, fp: yes.fn };
        const left = roganGladen(yes);
        const right = roganGladen(no);
        if (left.prevalenceRaw === null) {
          expect(right.prevalenceRaw).toBeNull();
          expect(left.reason).not.toBeNull();
          return;
        }
        expect(right.prevalenceRaw).toBeCloseTo(1 - left.prevalenceRaw, 9);
        expect(right.standardError).toBeCloseTo(left.standardError!, 9);
        expect(right.langReiczigel === null).toBe(left.langReiczigel === null);
        if (left.langReiczigel !== null) {
          expect(right.langReiczigel!.lower).toBeCloseTo(1 - left.langReiczigel.upper, 9);
        }
      }),
    );
  });

  it("recovers the share that a fallible judge distorts", () => {
    // Truth 0.3, sensitivity 0.9, specificity 0.8: apparent 0.3 x 0.9 + 0.7 x 0.2 = 0.41
    expect(roganGladen({ x: 410, n: 1000, tp: 90, fn: 10, tn: 80, fp: 20 }).prevalence).toBeCloseTo(0.3, 12);
  });

  it("widens the interval when the calibration set shrinks", () => {
    const large = roganGladen({ x: 410, n: 1000, tp: 900, fn: 100, tn: 800, fp: 200 });
    const small = roganGladen({ x: 410, n: 1000, tp: 9, fn: 1, tn: 8, fp: 2 });
    expect(small.standardError!).toBeGreaterThan(large.standardError!);
  });

  it.each([
    [{ x: 5, n: 10, tp: 3, fn: 7, tn: 7, fp: 3 }, /chance/],
    [{ x: 5, n: 10, tp: 2, fn: 8, tn: 2, fp: 8 }, /chance/],
    [{ x: 0, n: 0, tp: 9, fn: 1, tn: 9, fp: 1 }, /no counted/],
    [{ x: 1, n: 9, tp: 0, fn: 0, tn: 9, fp: 1 }, /one class/],
  ])("is undefined with a reason for %j", (input, reason) => {
    const result = roganGladen(input);
    expect(result).toMatchObject({ prevalence: null, lower: null, standardError: null, langReiczigel: null });
    expect(result.reason).toMatch(reason);
  });

  it("throws for more positives than items", () => {
    expect(() => roganGladen({ x: 3, n: 2, tp: 1, fn: 1, tn: 1, fp: 1 })).toThrow(/x must not exceed n/);
  });
});
