import { describe, expect, it } from "vitest";
import { areAllEqual, unseenErrors } from "../../../src/lib/calibration/unseen-errors.js";

describe("unseenErrors", () => {
  it("is the exact upper limit of a share of which none was seen", () => {
    // Clopper-Pearson upper limit for 0 of 10: 1 - 0.025^(1/10) = 0.3084971 (R: binom.test(0, 10)).
    expect(unseenErrors(10, 1).share).toBeCloseTo(0.3084971, 7);
    expect(unseenErrors(10, 0.4).change).toBeCloseTo(0.4 * 0.3084971, 7);
    // One-sided 95 % and 300 ratings: the rule of three, 3 / 300.
    expect(unseenErrors(300, 1, { confidence: 0.9 }).share).toBeCloseTo(0.01, 3);
  });

  it("names the number of ratings that leave at most five points open, and not fewer", () => {
    for (const part of [0.06, 0.2, 0.4, 1]) {
      const { wanted } = unseenErrors(10, part);
      expect(unseenErrors(wanted, part).change).toBeLessThanOrEqual(0.05);
      expect(unseenErrors(wanted - 1, part).change).toBeGreaterThan(0.05);
    }
    expect(unseenErrors(10, 0.05).wanted).toBe(1);
  });
});

describe("areAllEqual", () => {
  it("ignores rounding and nothing else", () => {
    expect(areAllEqual([0.1 + 0.2, 0.3])).toBe(true);
    expect(areAllEqual([0.3, 0.3, 0.31])).toBe(false);
  });
});
