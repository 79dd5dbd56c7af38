import { describe, expect, it } from "vitest";
import {
  agrestiCoullInterval,
  clopperPearsonInterval,
  clusterErrors,
  clusterMean,
  describe as describeValues,
  jeffreysInterval,
  newcombeDifference,
  pairedDifference,
  tInterval,
  waldInterval,
  wilsonInterval,
} from "../../../src/lib/stats/index.js";

/** Undefined values are null with a reason, and all other fields are as usual: compares whole records. */
const noInterval = { estimate: null, lower: null, upper: null };

describe("without scored items", () => {
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

  it("agrestiCoullInterval has a method name that tells whether it is clipped", () => {
    // z² / n = 1.92073² ...: center (0 + z²/2) / (1 + z²) = 0.39674, half z sqrt(0.23934 / 4.84146) = 0.43577.
    const plain = agrestiCoullInterval(0, 1, { clip: false });
    expect(plain.method).toBe("agresti-coull");
    expect(plain.lower!).toBeCloseTo(0.39672 - 0.43578, 4);
    expect(agrestiCoullInterval(0, 1).lower).toBe(0);
    expect(agrestiCoullInterval(1, 1).upper).toBe(1);
    expect(agrestiCoullInterval(1, 1, { clip: false }).upper!).toBeGreaterThan(1);
  });

  it("newcombeDifference is undefined if either group is empty", () => {
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

describe("with too little data", () => {
  it("tInterval is null with a reason", () => {
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

  it("clusterMean is null with a reason", () => {
    const shared = { ...noInterval, standardError: null, degreesOfFreedom: null, confidence: 0.95 };
    const method = "cluster-robust CR2, t interval";
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
    expect(clusterMean([1, 2], [2, 4])).toEqual({
      ...{ ...shared, estimate: 0.5, standardError: 0, n: 6, nClusters: 2, method },
      reason: "the clusters do not vary: no interval",
    });
    const two = clusterMean([1, 0], [1, 1], { type: "CR1" });
    expect(two).toMatchObject({ n: 2, nClusters: 2, method: "cluster-robust CR1, t interval", reason: null });
  });

  it("clusterErrors is null with a reason", () => {
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

  it("pairedDifference is null with a reason", () => {
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

  it("describe is null with a reason", () => {
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
