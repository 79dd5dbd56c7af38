import { describe, expect, it } from "vitest";
import {
  clusterMeanFromMoments,
  compositeClusterInterval,
  compositeFromMoments,
  stratifiedCompositeBootstrap,
} from "../../../src/lib/stats/index.js";

/** Undefined values are null with a reason, and all other fields are as usual: compares whole records. */
const noInterval = { estimate: null, lower: null, upper: null };

describe("with too little data", () => {
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

  it("compositeClusterInterval is null with a reason", () => {
    const method = "stratified cluster-robust CR2, Satterthwaite t interval";
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
    // All groups alike: only a range tells how far the truth may be.
    expect(compositeClusterInterval([{ sums: [1, 1], sizes: [2, 2], weight: 1 }])).toEqual({
      ...shared,
      estimate: 0.5,
      standardError: 0,
      n: 4,
      nStrata: 1,
      nSingletonStrata: 0,
      nClusters: 2,
      reason: "the groups do not vary: give the range",
    });
    // A stratum with weight 0 has no effect, scored or not.
    expect(
      compositeClusterInterval([
        { ...pair, weight: 1 },
        { ...empty, weight: 0 },
      ]),
    ).toEqual(compositeClusterInterval([{ ...pair, weight: 1 }]));
  });

  it("compositeFromMoments is null with a reason", () => {
    const nothing = { ...noInterval, standardError: null, degreesOfFreedom: null, effectiveGroups: null };
    const unlimited = { range: [-Infinity, Infinity] } as const;
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
    expect(clusterMeanFromMoments(moments([1], [2]), unlimited)).toEqual({
      ...nothing,
      estimate: 0.5,
      effectiveGroups: 1,
      reason: "one group: no variance between groups",
    });
    expect(clusterMeanFromMoments(moments([1, 1], [2, 2]), unlimited)).toEqual({
      ...nothing,
      estimate: 0.5,
      effectiveGroups: 2,
      standardError: 0,
      reason: "the groups do not vary: give the range of the scores",
    });
  });

  it("stratifiedCompositeBootstrap is null with a reason", () => {
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
