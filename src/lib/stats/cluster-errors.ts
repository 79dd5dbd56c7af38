import { sum } from "../util/sum.js";
import { type ClusterMean, type ClusterMeanOptions, clusterMean } from "./cluster-mean.js";
import { sampleVariance } from "./descriptive.js";
import { checkFinite, checkSameLength } from "./estimate.js";

/** Result of `clusterErrors`. */
export interface ClusterErrors extends ClusterMean {
  /** s / sqrt(n) as if rows were independent; for comparison only. */
  readonly naive: number | null;
  readonly cr0: number | null;
  readonly cr1: number | null;
  readonly cr2: number | null;
  /** Miller's (2024) variant: the diagonal of CR0 over n - 1 instead of n. */
  readonly miller: number | null;
  /** (CR1 / naive)²: how many rows are equivalent to one independent row. Null if the naive error is 0. */
  readonly designEffect: number | null;
}

/**
 * Sums and sizes by cluster, in order of first appearance: the input that `clusterMean` takes.
 *
 * @example sumByCluster([1, 0, 1], ["q1", "q2", "q1"]) // ({ sums: [2, 0], sizes: [2, 1] })
 */
export function sumByCluster(
  values: readonly number[],
  clusters: readonly (string | number)[],
): { readonly sums: number[]; readonly sizes: number[] } {
  checkSameLength("sumByCluster", values, clusters);
  const members = new Map<string | number, number[]>();
  values.forEach((value, i) => {
    const cluster = clusters[i] as string | number;
    const list = members.get(cluster);
    if (list === undefined) members.set(cluster, [value]);
    else list.push(value);
  });
  const lists = [...members.values()];
  return { sums: lists.map(sum), sizes: lists.map((list) => list.length) };
}

/**
 * All cluster-robust standard errors of a mean for comparison, from one row per item. Report the one from
 * `clusterMean`; this function shows how much the choice of estimator matters.
 *
 * @param values finite scores, one per row
 * @param clusters label of the cluster of each row
 * @returns the interval is that of `clusterMean` with `type` (default CR2); errors are null with a reason for one cluster
 * @throws InputError if lengths differ or a value is not finite
 * @see Miller (2024), "Adding error bars to evals", doi:10.48550/arXiv.2411.00640
 * @see oracle: R sandwich::vcovCL, clubSandwich::vcovCR, 04-proportions-paired-tests.json
 * @example clusterErrors([1, 2, 3, 5, 8], [1, 2, 3, 4, 5]).designEffect // 1
 */
export function clusterErrors(
  values: readonly number[],
  clusters: readonly (string | number)[],
  options: ClusterMeanOptions = {},
): ClusterErrors {
  checkFinite("clusterErrors", "values", values);
  const { sums, sizes } = sumByCluster(values, clusters);
  const result = clusterMean(sums, sizes, options);
  const [cr0, cr1, cr2] = (["CR0", "CR1", "CR2"] as const).map(
    (type) => clusterMean(sums, sizes, { type }).standardError,
  ) as [number | null, number | null, number | null];
  const n = values.length;
  const variance = sampleVariance(values);
  const naive = Math.sqrt(variance / n);
  return {
    ...result,
    naive: n < 2 ? null : naive,
    cr0,
    cr1,
    cr2,
    // The diagonal of CR0 is variance (n - 1) / n², Miller's is variance / n: they differ by variance / n².
    miller: cr0 === null ? null : Math.hypot(cr0, Math.sqrt(variance) / n),
    designEffect: cr1 === null || variance === 0 ? null : (cr1 / naive) ** 2,
  };
}
