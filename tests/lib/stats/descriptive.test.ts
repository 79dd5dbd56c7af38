import fc from "fast-check";
import { mean, quantileSorted as secondQuantile, sampleVariance as secondVariance } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { describe as describeValues, median, sampleVariance } from "../../../src/lib/stats/descriptive.js";
import { quantileSorted } from "../../../src/lib/stats/quantile.js";

const decimals = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 2, maxLength: 30 });
const isClose = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a), Math.abs(b));

/** (n Σx² - (Σx)²) / (n (n - 1)) of integers, in integers of any size. */
function exactVariance(values: readonly number[]): number {
  const n = BigInt(values.length);
  const whole = values.map(BigInt);
  const total = whole.reduce((a, b) => a + b, 0n);
  const squares = whole.reduce((a, b) => a + b * b, 0n);
  return Number(n * squares - total * total) / Number(n * (n - 1n));
}

describe("description of numbers", () => {
  it("agrees with simple-statistics on mean, variance and type 7 quantiles of moderate numbers", () => {
    fc.assert(
      fc.property(decimals, fc.double({ min: 0, max: 1, noNaN: true }), (integers, q) => {
        const values = integers.map((value) => value / 1000);
        const sorted = [...values].sort((a, b) => a - b);
        const described = describeValues(values);
        expect(isClose(described.mean as number, mean(values))).toBe(true);
        expect(isClose(sampleVariance(values), secondVariance(values))).toBe(true);
        expect(isClose(quantileSorted(sorted, q), secondQuantile(sorted, q))).toBe(true);
        expect(isClose(described.firstQuartile as number, secondQuantile(sorted, 0.25))).toBe(true);
        expect(isClose(described.thirdQuartile as number, secondQuantile(sorted, 0.75))).toBe(true);
        expect(median(values)).toBe(described.median);
        expect([described.minimum, described.maximum]).toEqual([sorted[0], sorted.at(-1)]);
      }),
    );
  });

  it("keeps all digits of the variance under an offset so large that doubles have no fraction", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 30 }), (integers) => {
        const values = integers.map((value) => value + 2 ** 52);
        expect(isClose(sampleVariance(values), exactVariance(integers))).toBe(true);
      }),
    );
  });

  it("gives known values without simple-statistics", () => {
    // (1 + 4 + 1) / 9 / 2 = 1/3 at any offset.
    expect(sampleVariance([2 ** 52, 2 ** 52 + 1, 2 ** 52 + 1])).toBeCloseTo(1 / 3, 14);
    expect(secondVariance([2 ** 52, 2 ** 52 + 1, 2 ** 52 + 1])).toBe(0.5);
    expect(sampleVariance([0.1, 0.1, 0.1])).toBe(0);
    expect(secondVariance([0.1, 0.1, 0.1])).toBeGreaterThan(0);
  });

  it("gives a variance of exactly 0 for any equal values", () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
    fc.assert(
      fc.property(value, fc.integer({ min: 2, max: 60 }), (v, n) => {
        expect(sampleVariance(new Array<number>(n).fill(v))).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it("throws for values that cannot be described, naming them", () => {
    expect(describeValues([7]).reason).toBe("one value has no standard deviation");
    expect(describeValues([1, 3])).toMatchObject({ standardDeviation: Math.SQRT2, reason: null });
    expect(() => describeValues([1, Number.NaN])).toThrow(/describe: values/);
    expect(() => describeValues([1, Number.POSITIVE_INFINITY])).toThrow(/describe: values/);
    expect(sampleVariance([])).toBeNaN();
  });
});
