import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatRounded, roundHalfUp } from "../../../src/lib/util/rounding.js";

describe("roundHalfUp", () => {
  it.each([
    [61.65, 61.7], // protocols section 0 (c); toFixed gives 61.6
    [98.35, 98.4],
    [(100 + 96.7) / 2, 98.4], // binary neighbor of 98.35
    [84.99, 85],
    [-61.65, -61.7],
    [0.05, 0.1],
    [0, 0],
  ])("rounds %d half away from zero on the decimal that a reader sees", (value, expected) => {
    expect(roundHalfUp(value)).toBe(expected);
  });

  it("agrees with scaled integers for every value of up to three decimals", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (thousandths) => {
        const expected = Math.floor((thousandths + 50) / 100) / 10;
        expect(roundHalfUp(thousandths / 1000)).toBeCloseTo(expected, 12);
      }),
    );
  });

  it("leaves undefined values undefined and shows them as a dash", () => {
    expect(roundHalfUp(Number.NaN)).toBeNaN();
    expect(formatRounded(null)).toBe("–");
    expect(formatRounded(Number.NaN)).toBe("–");
    expect(formatRounded(5)).toBe("5.0");
  });
});
