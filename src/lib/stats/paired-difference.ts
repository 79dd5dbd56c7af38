import { tTwoSided } from "../util/special.js";
import { sumByCluster } from "./cluster-errors.js";
import { type ClusterMean, type ClusterMeanOptions, clusterMean } from "./cluster-mean.js";
import { checkFinite, checkSameLength } from "./estimate.js";

/** Options of `pairedDifference`. */
export interface PairedDifferenceOptions extends ClusterMeanOptions {
  /** Cluster of each item. Default: every item is its own cluster. */
  readonly clusters?: readonly (string | number)[];
}

/** Result of `pairedDifference`. */
export interface PairedDifference extends ClusterMean {
  /** Items that one of the two systems left unscored; they are left out. */
  readonly nMissing: number;
  readonly statistic: number | null;
  /** Two-sided t test of no difference, on the degrees of freedom of the interval. */
  readonly pValue: number | null;
}

/**
 * Mean difference a - b of two systems on the same items, with a cluster-robust standard error. Item difficulty
 * cancels, so this is far more precise than comparing two intervals.
 *
 * @param a scores of the first system by item, null where unscored
 * @param b scores of the second system on the same items in the same order
 * @returns estimate a - b; without clusters this is the paired t test. Undefined parts have a reason
 * @throws InputError if lengths differ or a score is NaN or infinite
 * @see Liang & Zeger (1986), doi:10.1093/biomet/73.1.13
 * @see oracle: t_interval and cluster_se on the differences, 04-proportions-paired-tests.json
 * @example pairedDifference([1, 1, 0], [0, 1, 0]).estimate // 0.3333333333
 */
export function pairedDifference(
  a: readonly (number | null)[],
  b: readonly (number | null)[],
  { clusters, ...options }: PairedDifferenceOptions = {},
): PairedDifference {
  checkSameLength("pairedDifference", a, b);
  if (clusters !== undefined) checkSameLength("pairedDifference", a, clusters);
  const differences: number[] = [];
  const labels: (string | number)[] = [];
  a.forEach((left, i) => {
    const right = b[i] ?? null;
    if (left === null || right === null) return;
    differences.push(left - right);
    labels.push(clusters === undefined ? i : (clusters[i] as string | number));
  });
  checkFinite("pairedDifference", "differences", differences);
  const { sums, sizes } = sumByCluster(differences, labels);
  const result = clusterMean(sums, sizes, options);
  const { estimate, standardError, degreesOfFreedom } = result;
  const statistic =
    estimate === null || standardError === null || standardError === 0 ? null : estimate / standardError;
  return {
    ...result,
    nMissing: a.length - differences.length,
    statistic,
    pValue: statistic === null ? null : tTwoSided(statistic, degreesOfFreedom ?? 1),
    reason: standardError === 0 ? "the differences do not vary: no t statistic" : result.reason,
  };
}
