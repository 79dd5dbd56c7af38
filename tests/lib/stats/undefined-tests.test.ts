import { describe, expect, it } from "vitest";
import {
  bcaInterval,
  bootstrapUnits,
  mcnemarTest,
  pairedPermutationTest,
  wilcoxonSignedRank,
} from "../../../src/lib/stats/index.js";

/** Undefined values are null with a reason, and all other fields are as usual: compares whole records. */
const noInterval = { estimate: null, lower: null, upper: null };

describe("with a statistic that is not always defined", () => {
  const seed = 1;
  it("bootstrapUnits gives nulls with a reason", () => {
    const shared = { n: 2, confidence: 0.95, method: "bootstrap over units, percentile", seed };
    const never = bootstrapUnits(2, () => Number.NaN, { replicates: 4 });
    const nothing = { ...shared, ...noInterval, standardError: null, replicates: 4 };
    expect(never).toEqual({ ...nothing, nUndefined: 4, reason: "the statistic is undefined on the data" });
    let calls = 0;
    const once = bootstrapUnits(2, () => (calls++ === 0 ? 7 : Number.NaN), { replicates: 4 });
    expect(once).toEqual({
      ...nothing,
      estimate: 7,
      nUndefined: 4,
      reason: "the statistic is undefined on every resample",
    });
    expect(bootstrapUnits(2, () => 7, { replicates: 1 })).toEqual({
      ...shared,
      estimate: 7,
      lower: 7,
      upper: 7,
      standardError: null,
      replicates: 1,
      nUndefined: 0,
      reason: "one resample has no standard deviation",
    });
    expect(bootstrapUnits(2, () => 7, { replicates: 2 })).toMatchObject({ standardError: 0, reason: null });
  });

  it("bcaInterval gives nulls with a reason", () => {
    const nothing = { lower: null, upper: null, bias: null, levels: null };
    const about = { estimate: 2, confidence: 0.9 };
    const flat = {
      ...nothing,
      acceleration: null,
      reason: "the jackknife values are all equal or undefined",
    };
    expect(bcaInterval([1, 2, 3], { ...about, jackknife: [5, 5] })).toEqual(flat);
    expect(bcaInterval([1, 2, 3], { ...about, jackknife: [] })).toEqual(flat);
    expect(bcaInterval([1, 2, 3], { ...about, jackknife: [1, Number.NaN] })).toEqual(flat);
    const oneSided = {
      ...nothing,
      acceleration: 0,
      reason: "all replicates are on one side of the estimate",
    };
    expect(bcaInterval([3, 4], { ...about, jackknife: [1, 2] })).toEqual(oneSided);
    expect(bcaInterval([0, 1], { ...about, jackknife: [1, 2] })).toEqual(oneSided);
  });
});

describe("without pairs or without differences", () => {
  it("mcnemarTest gives nulls with a reason", () => {
    const nothing = {
      method: "mcnemar",
      chiSquare: null,
      pChiSquare: null,
      chiSquareCorrected: null,
      pChiSquareCorrected: null,
      nDiscordant: 0,
      pExact: 1,
      pMid: 1,
    };
    const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
    expect(mcnemarTest(counts)).toEqual({ ...nothing, n: 0, estimate: null, reason: "no items" });
    expect(mcnemarTest({ ...counts, both: 3 })).toEqual({
      ...nothing,
      n: 3,
      estimate: 0,
      reason: "no discordant pairs: the chi-square tests are 0/0",
    });
  });

  it("pairedPermutationTest gives nulls or p = 1", () => {
    expect(pairedPermutationTest([], [])).toEqual({
      n: 0,
      nPermutations: 1,
      method: "exact",
      seed: null,
      estimate: null,
      pValue: null,
      reason: "no pairs",
    });
  });

  it("wilcoxonSignedRank gives nulls with a reason", () => {
    const nothing = {
      wPlus: 0,
      wMinus: 0,
      statistic: 0,
      nNonzero: 0,
      pExact: 1,
      pApproximate: null,
      pApproximateCorrected: null,
    };
    expect(wilcoxonSignedRank([], [])).toEqual({
      ...nothing,
      n: 0,
      method: "signed rank, wilcox zeros",
      reason: "no pairs",
    });
    expect(wilcoxonSignedRank([1, 2], [1, 2], { zeros: "pratt" })).toEqual({
      ...nothing,
      n: 2,
      method: "signed rank, pratt zeros",
      reason: "no nonzero difference: the normal approximation is 0/0",
    });
  });
});
