import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/lib/errors.js";
import { wilsonInterval } from "../../../src/lib/stats/wilson.js";

const counts = fc
  .integer({ min: 1, max: 5000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

describe("wilsonInterval", () => {
  it("gives Newcombe's (1998) printed limits for 81 of 263: 0.2553 to 0.3662", () => {
    const { lower, upper } = wilsonInterval(81, 263);
    expect(lower).toBeCloseTo(0.2553, 4);
    expect(upper).toBeCloseTo(0.3662, 4);
  });

  it("keeps its bounds in [0, 1] around the estimate", () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0.5, max: 0.999, noNaN: true }), ([x, n], confidence) => {
        const { lower, estimate, upper } = wilsonInterval(x, n, { confidence });
        expect(0 <= lower! && lower! <= estimate! && estimate! <= upper! && upper! <= 1).toBe(true);
      }),
    );
  });

  it("is mirrored when successes and failures are swapped", () => {
    fc.assert(
      fc.property(counts, ([x, n]) => {
        expect(wilsonInterval(x, n).lower!).toBeCloseTo(1 - wilsonInterval(n - x, n).upper!, 12);
      }),
    );
  });

  it("has a limit of exactly 0 without successes and exactly 1 without failures", () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0.5, max: 0.999, noNaN: true }), ([, n], confidence) => {
        expect(wilsonInterval(0, n, { confidence }).lower).toBe(0);
        expect(wilsonInterval(n, n, { confidence }).upper).toBe(1);
      }),
    );
  });

  it("gives the reason why an empty cell has no estimate", () => {
    expect(wilsonInterval(0, 0)).toMatchObject({ estimate: null, lower: null, reason: "no scored items" });
  });

  it.each([
    [1.5, 10],
    [-1, 10],
    [11, 10],
    [1, -1],
    [0, Number.NaN],
  ])("throws for %d of %d", (x, n) => {
    expect(() => wilsonInterval(x, n)).toThrow(InputError);
  });

  it("throws for coverage written as a percentage", () => {
    expect(() => wilsonInterval(1, 2, { confidence: 95 })).toThrow(/confidence must be in \(0, 1\); got 95/);
  });
});
