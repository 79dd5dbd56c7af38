import { InputError } from "../errors.js";
import { at } from "../util/indexing.js";
import { tCritical } from "../util/special.js";
import { sum } from "../util/sum.js";
import { clusterDegreesOfFreedom } from "./cluster-variance.js";
import {
  type ConfidenceOptions,
  checkConfidence,
  checkFinite,
  checkSameLength,
  type IntervalEstimate,
  undefinedInterval,
} from "./estimate.js";

/**
 * Cluster-robust variance: CR0 plain sandwich, CR1 times G/(G-1), CR2 Bell-McCaffrey leverage correction. Degrees of freedom are
 * Satterthwaite's for CR2 and G - 1 for the others, which are kept for comparison: they cover too little with few or
 * unequal clusters.
 */
export type ClusterVariance = "CR0" | "CR1" | "CR2";

/** Options of `clusterMean`. */
export interface ClusterMeanOptions extends ConfidenceOptions {
  /** Variance estimator. Default "CR2". */
  readonly type?: ClusterVariance;
}

/** Result of `clusterMean`. */
export interface ClusterMean extends IntervalEstimate {
  readonly standardError: number | null;
  /** Of the t interval; null where there is none. */
  readonly degreesOfFreedom: number | null;
  /** Clusters with at least one observation. */
  readonly nClusters: number;
}

/**
 * Mean over items that come in clusters (variants of one question, questions on one patient): the ratio of the total of
 * the sums to the total of the sizes, with a bias-reduced cluster-robust standard error (CR2) and a t interval on
 * Satterthwaite's degrees of freedom: G - 1 with equal sizes, fewer the more unequal they are. Rows of one cluster count as
 * one independent unit, however similar they are. For scores between 0 and 1 use `groupMean`, which holds near both ends.
 *
 * @param sums sum of the scores of each cluster
 * @param sizes scored rows of each cluster, >= 0; clusters of size 0 are left out
 * @returns n is the total of the sizes. With one cluster there is an estimate but no error, with clusters of equal means no
 *   interval, with none no estimate either; each with a reason
 * @throws InputError if lengths differ, a value is not finite, or a size is negative
 * @see Bell & McCaffrey (2002), Survey Methodology 28:169-181; Pustejovsky & Tipton (2018), doi:10.1080/07350015.2016.1247004;
 *   Liang & Zeger (1986), doi:10.1093/biomet/73.1.13, for CR0
 * @see oracle: R sandwich::vcovCL and clubSandwich::vcovCR, 04-proportions-paired-tests.json
 * @example clusterMean([2, 1, 3, 2], [3, 3, 3, 3]).standardError // 0.1360827635
 */
export function clusterMean(
  sums: readonly number[],
  sizes: readonly number[],
  { type = "CR2", confidence = 0.95 }: ClusterMeanOptions = {},
): ClusterMean {
  checkSameLength("clusterMean", sums, sizes);
  checkFinite("clusterMean", "sums", sums);
  checkFinite("clusterMean", "sizes", sizes);
  checkConfidence("clusterMean", confidence);
  const negative = sizes.findIndex((size) => size < 0);
  if (negative >= 0) {
    throw new InputError(`clusterMean: sizes[${negative}] must be >= 0; got ${sizes[negative]}`, {
      hint: "A size is the number of scored rows of a cluster.",
    });
  }
  const method = `cluster-robust ${type}, t interval`;
  const scored = sizes.flatMap((size, g) => (size > 0 ? [{ size, total: at(sums, g) }] : []));
  const n = sum(scored.map(({ size }) => size));
  const nClusters = scored.length;
  if (nClusters === 0) {
    return { ...undefinedInterval(method, 0, confidence, "no scored items"), ...noError, nClusters };
  }
  const estimate = sum(scored.map(({ total }) => total)) / n;
  if (nClusters === 1) {
    const reason = "one cluster: no variance between clusters";
    return { ...undefinedInterval(method, n, confidence, reason), estimate, ...noError, nClusters };
  }
  const squares = scored.map(({ size, total }) => {
    const residual = total - estimate * size;
    // Constant scores leave a rounding error, which must not become a tiny standard error and a huge test statistic.
    if (Math.abs(residual) <= 1e-14 * Math.abs(total)) return 0;
    return type === "CR2" ? residual ** 2 / (1 - size / n) : residual ** 2;
  });
  const scale = type === "CR1" ? nClusters / (nClusters - 1) : 1;
  const standardError = Math.sqrt(scale * sum(squares)) / n;
  if (standardError === 0) {
    const reason = "the clusters do not vary: no interval";
    return {
      ...undefinedInterval(method, n, confidence, reason),
      ...noError,
      estimate,
      standardError,
      nClusters,
    };
  }
  const degreesOfFreedom =
    type === "CR2"
      ? clusterDegreesOfFreedom(scored.map(({ size }) => ({ size, nClusters: 1 })))
      : nClusters - 1;
  const half = tCritical(confidence, degreesOfFreedom) * standardError;
  return {
    estimate,
    standardError,
    degreesOfFreedom,
    lower: estimate - half,
    upper: estimate + half,
    n,
    nClusters,
    confidence,
    method,
    reason: null,
  };
}

const noError = { standardError: null, degreesOfFreedom: null };
