import { describe, expect, it } from "vitest";
import { brennanPredigerTable, cohenKappa, crosstab, scottPi } from "../../../src/lib/agreement/index.js";

/** Undefined values are null with a reason, and all other fields are as usual: compares whole records. */
const noInterval = { estimate: null, lower: null, upper: null };
const confidence = 0.95;

describe("with an empty table or a single label", () => {
  const oneLabel = [
    [3, 0],
    [0, 0],
  ];
  const empty = [
    [0, 0],
    [0, 0],
  ];

  it("cohenKappa is null with a reason", () => {
    const unknown = { ...noInterval, standardError: null, standardErrorNull: null, kappaMax: null };
    const shared = { confidence, nMissing: 0, method: "cohen kappa, unweighted" };
    expect(cohenKappa(empty)).toEqual({
      ...shared,
      ...unknown,
      n: 0,
      observed: null,
      expected: null,
      percentAgreement: null,
      pabak: null,
      prevalenceIndex: null,
      biasIndex: null,
      positiveAgreement: null,
      negativeAgreement: null,
      reason: "no pairs of labels",
    });
    expect(cohenKappa(oneLabel)).toEqual({
      ...shared,
      ...unknown,
      n: 3,
      observed: 1,
      expected: 1,
      percentAgreement: 1,
      pabak: 1,
      prevalenceIndex: 1,
      biasIndex: 0,
      positiveAgreement: 1,
      negativeAgreement: null,
      reason: "expected agreement is 1: kappa is 0/0",
    });
  });

  it.each([
    ["scott", scottPi],
    ["brennan-prediger", brennanPredigerTable],
  ] as const)("%s", (chance, coefficient) => {
    const shared = { ...noInterval, standardError: null, confidence, method: `${chance}, unweighted` };
    const none = { observed: null, expected: null, reason: "no pairs of labels" };
    expect(coefficient(empty)).toEqual({ ...shared, ...none, n: 0 });
    // With a single declared label, chance agreement is 1.
    expect(coefficient([[3]])).toEqual({
      ...shared,
      n: 3,
      observed: 1,
      expected: 1,
      reason: "expected agreement is 1: the coefficient is 0/0",
    });
  });

  it("crosstab counts the dropped pairs", () => {
    const table = [
      [1, 0],
      [0, 0],
    ];
    expect(crosstab(["a", null, "b"], ["a", "a", null], ["a", "b"])).toEqual({ table, n: 1, nMissing: 2 });
  });
});
