import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreInterval } from "../../../src/lib/stats/score-interval.js";
import { wilsonInterval } from "../../../src/lib/stats/wilson.js";

const parts = (counts: readonly (readonly [right: number, n: number, weight: number])[]) =>
  counts.map(([right, n, weight]) => ({ estimate: right / n, n, weight }));

describe("scoreInterval", () => {
  it("is Wilson's interval for one proportion", () => {
    const counts = fc.integer({ min: 1, max: 300 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
    fc.assert(
      fc.property(counts, fc.constantFrom(0.8, 0.95, 0.99), ([right, n], confidence) => {
        const wilson = wilsonInterval(right, n, { confidence });
        const { lower, upper } = scoreInterval(parts([[right, n, 1]]), { confidence });
        expect(lower).toBeCloseTo(wilson.lower as number, 12);
        expect(upper).toBeCloseTo(wilson.upper as number, 12);
      }),
    );
  });

  // scipy: the constrained likelihood maximized by SLSQP, the score statistic set to the normal quantile by brentq.
  it.each([
    [
      [
        [12, 12, 0.5],
        [9, 30, 0.5],
      ],
      0.518703379,
      0.739378938,
    ],
    [
      [
        [11, 12, 0.5],
        [40, 50, 0.3],
        [3, 10, 0.2],
      ],
      0.612412719,
      0.842244259,
    ],
    [
      [
        [5, 10, 0.7],
        [6, 10, 0.3],
      ],
      0.318997177,
      0.736626799,
    ],
  ] as const)("inverts the score test of a weighted mean (%j)", (counts, lower, upper) => {
    const found = scoreInterval(parts(counts));
    expect(found.lower).toBeCloseTo(lower, 7);
    expect(found.upper).toBeCloseTo(upper, 7);
  });

  it("counts equally weighted parts that are all right as one sample: 24 / (24 + z^2) from 12 of 12 twice", () => {
    const { lower, upper } = scoreInterval(
      parts([
        [12, 12, 0.5],
        [12, 12, 0.5],
      ]),
    );
    expect(lower).toBeCloseTo(24 / (24 + 1.959963984540054 ** 2), 12);
    expect(upper).toBe(1);
  });

  it("contains the estimate, stays in [0, 1], mirrors with its parts, and never has zero width", () => {
    const part = fc
      .integer({ min: 1, max: 60 })
      .chain((n) => fc.tuple(fc.nat(n), fc.constant(n), fc.integer({ min: 1, max: 9 })));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 36 }), (counts) => {
        const total = counts.reduce((all, [, , weight]) => all + weight, 0);
        const own = parts(counts.map(([right, n, weight]) => [right, n, weight / total]));
        const mean = own.reduce((all, { estimate, weight }) => all + estimate * weight, 0);
        const { lower, upper } = scoreInterval(own);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(mean + 1e-12);
        expect(upper).toBeGreaterThanOrEqual(mean - 1e-12);
        expect(upper - lower).toBeGreaterThan(1e-4);
        const other = scoreInterval(own.map((each) => ({ ...each, estimate: 1 - each.estimate })));
        expect(other.lower).toBeCloseTo(1 - upper, 10);
        expect(other.upper).toBeCloseTo(1 - lower, 10);
      }),
    );
  });

  it("reaches Jeffreys' limit after one to three failures in several parts: 22 of 24 does not exclude 0.98", () => {
    // Wilson ends at 0.9767 for 22 of 24; scipy beta.ppf(0.975, 22.5, 2.5) = 0.9822753452.
    const { upper } = scoreInterval(
      parts([
        [11, 12, 0.5],
        [11, 12, 0.5],
      ]),
    );
    expect(upper).toBeCloseTo(0.9822753452, 9);
    expect(scoreInterval(parts([[22, 24, 1]])).upper).toBeCloseTo(wilsonInterval(22, 24).upper as number, 12);
  });

  it("widens with the critical value", () => {
    const one = parts([
      [8, 10, 0.5],
      [3, 9, 0.5],
    ]);
    const [plain, wide] = [scoreInterval(one), scoreInterval(one, { critical: 2.5 })];
    expect(wide.lower).toBeLessThan(plain.lower);
    expect(wide.upper).toBeGreaterThan(plain.upper);
  });
});
