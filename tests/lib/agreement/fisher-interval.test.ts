import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fisherInterval } from "../../../src/lib/agreement/fisher-interval.js";

describe("fisherInterval", () => {
  it("contains the estimate, stays inside (-1, 1) and is mirrored for the opposite sign", () => {
    const estimate = fc.double({ min: -0.99, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(estimate, fc.double({ min: 1e-3, max: 0.3, noNaN: true }), (value, error) => {
        const { lower, upper } = fisherInterval(value, error);
        expect(lower!).toBeLessThanOrEqual(value);
        expect(upper!).toBeGreaterThanOrEqual(value);
        expect(Math.max(-lower!, upper!)).toBeLessThanOrEqual(1);
        expect(fisherInterval(-value, error).lower).toBeCloseTo(-upper!, 12);
      }),
    );
  });

  it("equals the textbook interval of a correlation, whose error is (1 - r^2) / sqrt(n - 3)", () => {
    // r = 0.5, n = 28: z = 0.549306 -+ 1.959964 / 5
    const { lower, upper } = fisherInterval(0.5, 0.75 / 5);
    expect(lower).toBeCloseTo(Math.tanh(0.5493061443340549 - 1.959963984540054 / 5), 12);
    expect(upper).toBeCloseTo(Math.tanh(0.5493061443340549 + 1.959963984540054 / 5), 12);
  });

  it.each([
    [1, 0],
    [0.4, 0],
    [null, 0.1],
    [0.4, null],
  ])("is undefined for an estimate of %s with error %s", (estimate, error) => {
    const result = fisherInterval(estimate, error);
    expect(result).toMatchObject({ lower: null, upper: null });
    expect(result.reason).not.toBeNull();
  });

  it("throws for values that cannot be an agreement", () => {
    expect(() => fisherInterval(1.2, 0.1)).toThrow(/fisherInterval/);
  });
});
