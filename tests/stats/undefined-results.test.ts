import { describe, expect, it } from "vitest";
import {
  agrestiCoullInterval,
  bcaInterval,
  bootstrapUnits,
  clopperPearsonInterval,
  clusterErrors,
  clusterMean,
  clusterMeanFromMoments,
  compositeClusterInterval,
  compositeFromMoments,
  describe as describeValues,
  jeffreysInterval,
  mcnemarTest,
  newcombeDifference,
  pairedDifference,
  pairedPermutationTest,
  stratifiedCompositeBootstrap,
  tInterval,
  waldInterval,
  wilcoxonSignedRank,
  wilsonInterval,
} from "../../src/lib/stats/index.js";

/** What data do not define is null with a reason, and the rest of the record is as ever: compared whole. */
const noInterval = { estimate: null, lower: null, upper: null };

describe("a proportion of nothing", () => {
  it.each([
    [wilsonInterval, "wilson"],
    [clopperPearsonInterval, "clopper-pearson"],
    [agrestiCoullInterval, "agresti-coull, clipped"],
    [jeffreysInterval, "jeffreys, equal-tailed"],
    [waldInterval, "wald"],
  ] as const)("%o is undefined and keeps the name of its method", (interval, method) => {
    const shared = { confidence: 0.95, method };
    expect(interval(0, 0)).toEqual({ ...shared, ...noInterval, n: 0, reason: "no scored items" });
    expect(interval(1, 2)).toMatchObject({ ...shared, estimate: 0.5, n: 2, reason: null });
  });

  it("agrestiCoullInterval is named after what is cut", () => {
    // z² / n = 1.92073² ...: center (0 + z²/2) / (1 + z²) = 0.39674, half z sqrt(0.23934 / 4.84146) = 0.43577.
    const plain = agrestiCoullInterval(0, 1, { clip: false });
    expect(plain.method).toBe("agresti-coull");
    expect(plain.lower!).toBeCloseTo(0.39672 - 0.43578, 4);
    expect(agrestiCoullInterval(0, 1).lower).toBe(0);
    expect(agrestiCoullInterval(1, 1).upper).toBe(1);
    expect(agrestiCoullInterval(1, 1, { clip: false }).upper!).toBeGreaterThan(1);
  });

  it("newcombeDifference is undefined whichever group is empty", () => {
    const [some, none] = [
      { successes: 1, n: 2 },
      { successes: 0, n: 0 },
    ];
    const shared = { confidence: 0.95, method: "newcombe method 10" };
    const nothing = { ...shared, ...noInterval, n: 2, reason: "a group has no scored items" };
    expect(newcombeDifference(some, none)).toEqual(nothing);
    expect(newcombeDifference(none, some)).toEqual(nothing);
    expect(newcombeDifference(some, some)).toMatchObject({ ...shared, estimate: 0, n: 4, reason: null });
  });
});

describe("means of too little", () => {
  it("tInterval", () => {
    const shared = {
      confidence: 0.95,
      method: "t interval",
      standardError: null,
      statistic: null,
      pValue: null,
    };
    expect(tInterval([])).toEqual({
      ...shared,
      ...noInterval,
      n: 0,
      degreesOfFreedom: null,
      reason: "no values",
    });
    expect(tInterval([3.5])).toEqual({
      ...shared,
      ...noInterval,
      estimate: 3.5,
      n: 1,
      degreesOfFreedom: 0,
      reason: "one value has no variance",
    });
    expect(tInterval([2, 2])).toEqual({
      ...shared,
      estimate: 2,
      lower: 2,
      upper: 2,
      standardError: 0,
      n: 2,
      degreesOfFreedom: 1,
      reason: "zero variance: the interval is a point and there is no t statistic",
    });
    // s = sqrt(1/2), standard error 1/2: t = 0.5 / 0.5; p = 1/2 on one degree of freedom (Cauchy).
    const two = tInterval([0, 1]);
    expect(two).toMatchObject({ estimate: 0.5, standardError: 0.5, statistic: 1, reason: null });
    expect(two.pValue!).toBeCloseTo(0.5, 12);
  });

  it("clusterMean", () => {
    const shared = { ...noInterval, standardError: null, confidence: 0.95 };
    const method = "cluster-robust CR1, t interval";
    expect(clusterMean([0], [0])).toEqual({
      ...shared,
      n: 0,
      nClusters: 0,
      method,
      reason: "no scored items",
    });
    expect(clusterMean([1, 0], [4, 0])).toEqual({
      ...shared,
      estimate: 0.25,
      n: 4,
      nClusters: 1,
      method,
      reason: "one cluster: no variance between clusters",
    });
    const two = clusterMean([1, 0], [1, 1], { type: "CR2" });
    expect(two).toMatchObject({ n: 2, nClusters: 2, method: "cluster-robust CR2, t interval", reason: null });
  });

  it("clusterErrors", () => {
    const nothing = { naive: null, cr0: null, cr1: null, cr2: null, miller: null, designEffect: null };
    expect(clusterErrors([], [])).toEqual({ ...clusterMean([], []), ...nothing });
    expect(clusterErrors([1], ["a"])).toEqual({ ...clusterMean([1], [1]), ...nothing });
    // One cluster of two rows: no error between clusters, but the naive one exists: sqrt(1/2 / 2).
    expect(clusterErrors([0, 1], ["a", "a"])).toEqual({ ...clusterMean([1], [2]), ...nothing, naive: 0.5 });
    expect(clusterErrors([1, 1], ["a", "b"])).toMatchObject({
      naive: 0,
      cr1: 0,
      miller: 0,
      designEffect: null,
    });
  });

  it("pairedDifference", () => {
    const untested = { statistic: null, pValue: null };
    expect(pairedDifference([null], [1])).toEqual({
      ...clusterMean([], []),
      ...untested,
      nMissing: 1,
    });
    expect(pairedDifference([3], [1])).toEqual({ ...clusterMean([2], [1]), ...untested, nMissing: 0 });
    expect(pairedDifference([2, 3], [1, 2])).toEqual({
      ...clusterMean([1, 1], [1, 1]),
      ...untested,
      nMissing: 0,
      reason: "the differences do not vary: no t statistic",
    });
    // Differences 0 and 1: t = 0.5 / 0.5 on one degree of freedom.
    const two = pairedDifference([2, 2], [2, 1]);
    expect(two).toMatchObject({ statistic: 1, reason: null });
    expect(two.pValue!).toBeCloseTo(0.5, 12);
  });

  it("describe", () => {
    const five = { minimum: null, firstQuartile: null, median: null, thirdQuartile: null, maximum: null };
    expect(describeValues([null])).toEqual({
      n: 0,
      nMissing: 1,
      mean: null,
      standardDeviation: null,
      ...five,
      reason: "no values",
    });
  });
});

describe("composites of too little", () => {
  const pair = { sums: [1, 0], sizes: [1, 1] };
  const single = { sums: [1], sizes: [2] };
  const moments = (sums: readonly number[], sizes: readonly number[]) => {
    const total = (value: (g: number) => number) => sums.reduce((all, _, g) => all + value(g), 0);
    return {
      nClusters: sums.length,
      sumS: total((g) => sums[g]!),
      sumN: total((g) => sizes[g]!),
      sumSS: total((g) => sums[g]! ** 2),
      sumSN: total((g) => sums[g]! * sizes[g]!),
      sumNN: total((g) => sizes[g]! ** 2),
    };
  };

  it("compositeClusterInterval", () => {
    const method = "stratified cluster-robust CR1, Satterthwaite t interval";
    const shared = { ...noInterval, standardError: null, degreesOfFreedom: null, confidence: 0.95, method };
    expect(compositeClusterInterval([{ ...single, weight: 2 }])).toEqual({
      ...shared,
      estimate: 0.5,
      n: 2,
      nStrata: 1,
      nSingletonStrata: 1,
      nClusters: 1,
      reason: "every stratum has one group: no variance between groups",
    });
    const empty = { sums: [], sizes: [], weight: 1 };
    expect(compositeClusterInterval([{ ...pair, weight: 1 }, empty])).toEqual({
      ...shared,
      n: 2,
      nStrata: 2,
      nSingletonStrata: 0,
      nClusters: 2,
      reason: "stratum 1 has no scored group",
    });
    // All groups alike: the interval is a point.
    expect(compositeClusterInterval([{ sums: [1, 1], sizes: [2, 2], weight: 1 }])).toEqual({
      ...shared,
      estimate: 0.5,
      lower: 0.5,
      upper: 0.5,
      standardError: 0,
      n: 4,
      nStrata: 1,
      nSingletonStrata: 0,
      nClusters: 2,
      reason: null,
    });
    // A stratum without weight counts for nothing, scored or not.
    expect(
      compositeClusterInterval([
        { ...pair, weight: 1 },
        { ...empty, weight: 0 },
      ]),
    ).toEqual(compositeClusterInterval([{ ...pair, weight: 1 }]));
  });

  it("compositeFromMoments", () => {
    const nothing = { ...noInterval, standardError: null, degreesOfFreedom: null };
    expect(compositeFromMoments([])).toEqual({ ...nothing, reason: "nothing to average" });
    expect(compositeFromMoments([{ moments: moments([1, 0], [1, 1]), weight: 0 }])).toEqual({
      ...nothing,
      reason: "nothing to average",
    });
    expect(clusterMeanFromMoments(moments([], []))).toEqual({
      ...nothing,
      reason: "a part of the composite has no scored group",
    });
    expect(clusterMeanFromMoments(moments([0], [0]))).toEqual({
      ...nothing,
      reason: "a part of the composite has no scored group",
    });
    expect(clusterMeanFromMoments(moments([1], [2]))).toEqual({
      ...nothing,
      estimate: 0.5,
      reason: "one group: no variance between groups",
    });
    expect(clusterMeanFromMoments(moments([1, 1], [2, 2]))).toEqual({
      ...nothing,
      estimate: 0.5,
      lower: 0.5,
      upper: 0.5,
      standardError: 0,
      reason: null,
    });
  });

  it("stratifiedCompositeBootstrap", () => {
    const shared = {
      confidence: 0.95,
      method: "stratified bootstrap over groups, percentile",
      replicates: 20,
      seed: 1,
    };
    const options = { replicates: 20 };
    expect(stratifiedCompositeBootstrap([{ ...single, weight: 1 }], options)).toEqual({
      ...shared,
      ...noInterval,
      estimate: 0.5,
      standardError: null,
      n: 2,
      nStrata: 1,
      nSingletonStrata: 1,
      nClusters: 1,
      reason: "every stratum has one group: no variance between groups",
    });
    const empty = { sums: [0], sizes: [0], weight: 1 };
    expect(stratifiedCompositeBootstrap([{ ...pair, weight: 1 }, empty], options)).toEqual({
      ...shared,
      ...noInterval,
      standardError: null,
      n: 2,
      nStrata: 2,
      nSingletonStrata: 0,
      nClusters: 2,
      reason: "stratum 1 has no scored group",
    });
    expect(stratifiedCompositeBootstrap([{ ...pair, weight: 1 }], options).reason).toBeNull();
  });
});

describe("bootstraps of a statistic that is not always defined", () => {
  const seed = 1;
  it("bootstrapUnits", () => {
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

  it("bcaInterval", () => {
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
      reason: "all replicates lie on one side of the estimate",
    };
    expect(bcaInterval([3, 4], { ...about, jackknife: [1, 2] })).toEqual(oneSided);
    expect(bcaInterval([0, 1], { ...about, jackknife: [1, 2] })).toEqual(oneSided);
  });
});

describe("tests of nothing", () => {
  it("mcnemarTest", () => {
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

  it("pairedPermutationTest", () => {
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

  it("wilcoxonSignedRank", () => {
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
