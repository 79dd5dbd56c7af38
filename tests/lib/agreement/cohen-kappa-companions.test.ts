import { describe, expect, it } from "vitest";
import { cohenKappa, cohenKappaBootstrap } from "../../../src/lib/agreement/cohen-kappa.js";

/** 20 both first, 5 and 10 apart, 15 both second. */
const table = [
  [20, 5],
  [10, 15],
];
const three = [
  [20, 8, 0],
  [6, 20, 8],
  [0, 6, 32],
];
const oneLabel = [
  [30, 0],
  [0, 0],
];

describe("statistics reported with Cohen's kappa", () => {
  it("include the agreement on each label of a 2 x 2 table", () => {
    const { positiveAgreement, negativeAgreement, prevalenceIndex, biasIndex } = cohenKappa(table);
    expect(positiveAgreement).toBeCloseTo(40 / 55, 12);
    expect(negativeAgreement).toBeCloseTo(30 / 45, 12);
    expect(prevalenceIndex).toBeCloseTo(5 / 50, 12);
    expect(biasIndex).toBeCloseTo(-5 / 50, 12);
  });

  it("leave the agreement on a label undefined if no rater used it", () => {
    expect(cohenKappa(oneLabel)).toMatchObject({ positiveAgreement: 1, negativeAgreement: null });
    const others = cohenKappa([
      [0, 0],
      [0, 30],
    ]);
    expect(others).toMatchObject({ positiveAgreement: null, negativeAgreement: 1 });
    // Never the same label: agreement on either is 0, not undefined.
    const apart = cohenKappa([
      [0, 3],
      [7, 0],
    ]);
    expect(apart).toMatchObject({ positiveAgreement: 0, negativeAgreement: 0 });
  });

  it("include the prevalence and bias indices only for two labels", () => {
    expect(cohenKappa(three)).toMatchObject({
      prevalenceIndex: null,
      biasIndex: null,
      positiveAgreement: null,
      negativeAgreement: null,
    });
  });

  it("rescale raw agreement to PABAK, without weights and for two or more labels", () => {
    expect(cohenKappa(table).pabak).toBeCloseTo(2 * 0.7 - 1, 12);
    expect(cohenKappa(three).pabak).toBeCloseTo((3 * 0.72 - 1) / 2, 12);
    expect(cohenKappa(three, { weights: "linear" })).toMatchObject({ pabak: null, kappaMax: null });
    expect(cohenKappa([[5]]).pabak).toBeNull();
  });

  it("give the reason when kappa is undefined, and the method of kappa", () => {
    const empty = cohenKappa([
      [0, 0],
      [0, 0],
    ]);
    expect(empty).toMatchObject({ estimate: null, n: 0, reason: "no pairs of labels" });
    expect(cohenKappa(oneLabel)).toMatchObject({
      estimate: null,
      reason: "expected agreement is 1: kappa is 0/0",
    });
    expect(cohenKappa(three, { weights: "quadratic" }).method).toBe("cohen kappa, quadratic");
    expect(() => cohenKappa([[1, 2]])).toThrow(/cohenKappa:/);
    expect(() => cohenKappa(table, { confidence: 0 })).toThrow(/cohenKappa:/);
    expect(() => cohenKappaBootstrap([[1, 2]])).toThrow(/cohenKappaBootstrap:/);
  });

  it("exclude and count resamples with only one label", () => {
    // 9 of 10 pairs agree on the first label; a resample misses the last one with probability 0.9^10 = 0.349.
    const rare = [
      [9, 0],
      [0, 1],
    ];
    const result = cohenKappaBootstrap(rare, { replicates: 2000, seed: 1 });
    // 0.349 +- 4 binomial errors of 0.0107.
    expect(result.nUndefined / 2000).toBeGreaterThan(0.306);
    expect(result.nUndefined / 2000).toBeLessThan(0.392);
    expect(result.method).toMatch(/^cohen kappa, unweighted; multinomial bootstrap/);
    expect(result).toMatchObject({ estimate: 1, lower: 1, upper: 1 });
  });
});
