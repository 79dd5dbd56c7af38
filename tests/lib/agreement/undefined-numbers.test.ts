import { describe, expect, it } from "vitest";
import {
  blandAltman,
  kendallTauB,
  linCcc,
  pearson,
  somersD,
  spearman,
} from "../../../src/lib/agreement/index.js";

/** Undefined values are null with a reason, and all other fields are as usual: compares whole records. */
const noInterval = { estimate: null, lower: null, upper: null };
const confidence = 0.95;

describe("with too few pairs of numbers or without variance", () => {
  it("blandAltman is null with a reason", () => {
    const shared = {
      standardDeviation: null,
      lowerLimit: noInterval,
      upperLimit: noInterval,
      standardErrorBias: null,
      standardErrorLimit: null,
      standardErrorLimitExact: null,
      confidence,
      method: "bland-altman, 1.96 sd",
    };
    expect(blandAltman([null], [1])).toEqual({
      ...shared,
      bias: noInterval,
      n: 0,
      nMissing: 1,
      reason: "no complete pairs",
    });
    expect(blandAltman([3], [1])).toEqual({
      ...shared,
      bias: { ...noInterval, estimate: 2 },
      n: 1,
      nMissing: 0,
      reason: "one pair: the differences have no spread",
    });
    // Differences 1 and 3: mean 2, standard deviation sqrt(2); t of one degree of freedom 12.7062047 x sqrt(2 / 2).
    const two = blandAltman([1, 3], [0, 0]);
    expect(two.bias.lower!).toBeCloseTo(2 - 12.7062047, 6);
    expect(two.upperLimit.estimate!).toBeCloseTo(2 + 1.96 * Math.SQRT2, 12);
    expect(two.reason).toBeNull();
  });

  it("pearson and spearman are null with a reason", () => {
    const r = { confidence, method: "pearson, Fisher z interval", nMissing: 0, pValue: null };
    const rho = { method: "spearman, t approximation", nMissing: 0, pValue: null };
    for (const [x, y, n, reason] of [
      [[1], [2], 1, "fewer than two complete pairs"],
      [[1, 1], [1, 2], 2, "x has zero variance"],
      [[1, 2], [1, 1], 2, "y has zero variance"],
    ] as const) {
      expect(pearson(x, y)).toEqual({ ...r, ...noInterval, n, reason });
      expect(spearman(x, y)).toEqual({ ...rho, estimate: null, n, reason });
    }
    expect(pearson([1, 2], [5, 3])).toEqual({
      ...r,
      ...noInterval,
      estimate: -1,
      n: 2,
      reason: "two pairs are always on a line: no interval or test",
    });
    expect(spearman([1, 2], [5, 3])).toEqual({
      ...rho,
      estimate: -1,
      n: 2,
      reason: "two pairs allow no test",
    });
    // Three pairs leave Fisher's z no width but all of it; r = 1/2 has t = 1/sqrt(3) on one degree of freedom: p = 2/3.
    const three = pearson([1, 2, 3], [1, 3, 2]);
    expect(three).toMatchObject({ estimate: 0.5, lower: -1, upper: 1, reason: null });
    expect(three.pValue!).toBeCloseTo(2 / 3, 10);
    expect(spearman([1, 2, 3], [1, 3, 2]).pValue!).toBeCloseTo(2 / 3, 10);
    expect(pearson([1, 2, 3], [2, 4, 6])).toMatchObject({ lower: -1, upper: 1, pValue: 0, reason: null });
    expect(pearson([1, 2, 3, 4], [4, 3, 2, 1])).toMatchObject({
      estimate: -1,
      lower: -1,
      upper: -1,
      pValue: 0,
    });
    // The mean of three times 0.1 is 0.1 and a bit.
    expect(pearson([0.1, 0.1, 0.1], [1, 2, 3]).reason).toBe("x has zero variance");
    expect(pearson([1, 2, 3], [0.1, 0.1, 0.1]).reason).toBe("y has zero variance");
    expect(spearman([1, 2, 3], [4, 2, 0])).toMatchObject({ estimate: -1, pValue: 0, reason: null });
  });

  it("kendallTauB is null with a reason", () => {
    const shared = {
      method: "kendall tau-b",
      estimate: null,
      pValue: null,
      concordant: 0,
      discordant: 0,
      nMissing: 0,
    };
    expect(kendallTauB([1], [2])).toEqual({
      ...shared,
      tiedX: 0,
      tiedY: 0,
      n: 1,
      reason: "fewer than two complete pairs",
    });
    expect(kendallTauB([1, 1], [1, 2])).toEqual({
      ...shared,
      tiedX: 1,
      tiedY: 0,
      n: 2,
      reason: "x has zero variance",
    });
    expect(kendallTauB([1, 2], [1, 1])).toMatchObject({ reason: "y has zero variance" });
    // One pair in order: tau 1; its null variance is 2 x 1 x 9 / 18 = 1, so z = 1 and p = 0.3173.
    const two = kendallTauB([1, 2], [1, 2]);
    expect(two).toMatchObject({ estimate: 1, reason: null });
    expect(two.pValue!).toBeCloseTo(0.31731050786, 9);
  });

  it("somersD is null with a reason", () => {
    const tied = "every pair of items is tied: nothing to order";
    const shared = { method: "somers d", concordant: 0, discordant: 0, nMissing: 0, n: 2 };
    const nothing = { yGivenX: null, xGivenY: null, gamma: null };
    expect(somersD([1, 1], [2, 2])).toEqual({ ...shared, ...nothing, reason: tied });
    expect(somersD([1, 1], [1, 2])).toEqual({ ...shared, ...nothing, xGivenY: 0, reason: tied });
    expect(somersD([1, 2], [1, 2])).toEqual({
      ...shared,
      concordant: 1,
      yGivenX: 1,
      xGivenY: 1,
      gamma: 1,
      reason: null,
    });
  });

  it("linCcc is null with a reason", () => {
    const unknown = { lower: null, upper: null, standardError: null, pearson: null, biasCorrection: null };
    const shared = { ...unknown, nMissing: 0, confidence, method: "lin ccc, variances over n" };
    expect(linCcc([1], [1])).toEqual({
      ...shared,
      estimate: null,
      n: 1,
      reason: "fewer than two complete pairs",
    });
    expect(linCcc([2, 2], [2, 2])).toEqual({
      ...shared,
      estimate: null,
      n: 2,
      reason: "both series are one constant: 0/0",
    });
    const flat = { ...shared, n: 2, reason: "a series has zero variance: no correlation, no interval" };
    expect(linCcc([2, 2], [1, 3])).toEqual({ ...flat, estimate: 0 });
    expect(linCcc([1, 3], [2, 2])).toEqual({ ...flat, estimate: 0 });
    // Shift 1 and variances 1/4: 2 x 1/4 / (1/2 + 1) = 1/3.
    const two = linCcc([0, 1], [1, 2]);
    expect(two.estimate!).toBeCloseTo(1 / 3, 12);
    expect(two).toMatchObject({
      ...unknown,
      pearson: 1,
      biasCorrection: expect.closeTo(1 / 3, 12),
      reason: "fewer than three complete pairs: no error",
    });
    expect(linCcc([1, 2, 4], [1, 2, 4], { divisor: "n - 1" })).toMatchObject({
      estimate: expect.closeTo(1, 12),
      lower: null,
      upper: null,
      standardError: expect.closeTo(0, 7),
      method: "lin ccc, variances over n - 1",
      reason: "perfect agreement: z is infinite",
    });
  });
});
