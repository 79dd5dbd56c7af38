import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bcaInterval } from "../../../src/lib/stats/bca.js";
import { jeffreysInterval } from "../../../src/lib/stats/jeffreys.js";
import { quantileSorted } from "../../../src/lib/stats/quantile.js";

describe("jeffreysInterval with the ends of Brown, Cai and DasGupta", () => {
  const ends = "brown-cai-dasgupta";

  it("has a lower limit of 0 without successes, an upper limit of 1 without failures, and the plain limits otherwise", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), (n, draw) => {
        const successes = draw % (n + 1);
        const plain = jeffreysInterval(successes, n);
        const closed = jeffreysInterval(successes, n, { ends });
        expect(closed).toEqual({
          ...plain,
          method: "jeffreys, brown-cai-dasgupta",
          lower: successes === 0 ? 0 : plain.lower,
          upper: successes === n ? 1 : plain.upper,
        });
        expect(plain.lower! > 0 && plain.upper! < 1).toBe(true);
      }),
    );
  });
});

describe("bcaInterval", () => {
  const about = { estimate: 2, jackknife: [1, 2], confidence: 0.9 };

  it("counts replicates equal to the estimate as half below it, or as not below it", () => {
    // One below, two equal, one above: (1 + 2/2) / 4 = 1/2, no bias; strictly below 1/4, the normal quantile of 1/4.
    expect(bcaInterval([1, 2, 2, 3], about).bias).toBeCloseTo(0, 12);
    expect(bcaInterval([1, 2, 2, 3], { ...about, ties: "below" }).bias).toBeCloseTo(-0.6744897502, 9);
  });

  it("treats a replicate within rounding error of the estimate as equal to it", () => {
    const rounded = [0.1, 0.1 + 0.2, 0.5];
    expect(bcaInterval(rounded, { ...about, estimate: 0.3 }).bias).toBeCloseTo(0, 12);
    const large = [1, 3e9 * (1 + Number.EPSILON), 9e9];
    expect(bcaInterval(large, { ...about, estimate: 3e9 }).bias).toBeCloseTo(0, 12);
  });

  it("is undefined if no replicate is below the estimate, or none above", () => {
    expect(bcaInterval([3, 4], { ...about, ties: "below" }).lower).toBeNull();
    expect(bcaInterval([2, 3], { ...about, ties: "below" }).lower).toBeNull();
    expect(bcaInterval([0, 1], about).lower).toBeNull();
    expect(bcaInterval([1, 2], about).lower).not.toBeNull();
  });

  it("computes the acceleration from the jackknife: sum of cubes over 6 times the sum of squares to 3/2", () => {
    // Values 0, 0, 3 around 1: deviations (mean - value) 1, 1, -2: squares 6, cubes -6.
    const { acceleration, levels, bias } = bcaInterval([1, 2, 3], { ...about, jackknife: [0, 0, 3] });
    expect(acceleration).toBeCloseTo(-6 / (6 * 6 ** 1.5), 12);
    expect(bias).toBeCloseTo(0, 12);
    // Level: Phi(z / (1 - a z)) at z = -1.6448536 and 1.6448536 with a = -0.0680414.
    expect(levels![0]).toBeCloseTo(0.032003, 6);
    expect(levels![1]).toBeCloseTo(0.930469, 6);
  });

  it("detects variation of the jackknife next to large values, and none in their rounding error", () => {
    expect(bcaInterval([1, 2, 3], { ...about, jackknife: [1e9, 1e9 + 1] }).acceleration).toBeCloseTo(0, 12);
    const dust = [1e9, 1e9 * (1 + Number.EPSILON / 2), 1e9];
    expect(bcaInterval([1, 2, 3], { ...about, jackknife: dust }).acceleration).toBeNull();
  });
});

describe("quantileSorted", () => {
  it("is NaN for no values, the value itself for one, and infinite between infinities", () => {
    expect(quantileSorted([], 0.5)).toBeNaN();
    expect(quantileSorted([7], 1)).toBe(7);
    const infinite = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    expect(quantileSorted(infinite, 0.25)).toBe(Number.NEGATIVE_INFINITY);
    expect(quantileSorted([0, 10], 0.3)).toBeCloseTo(3, 12);
  });
});
