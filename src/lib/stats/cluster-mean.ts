import { InputError } from "../errors.js";
import { at } from "../util/indexing.js";
import { tCritical } from "../util/special.js";
import { sum } from "../util/sum.js";
import {
  type ConfidenceOptions,
  checkConfidence,
  checkFinite,
  checkSameLength,
  type IntervalEstimate,
  undefinedInterval,
} from "./estimate.js";

/** Cluster-robust variance: CR0 plain sandwich, CR1 times G/(G-1), CR2 Bell-McCaffrey leverage correction. */
export type ClusterVariance = "CR0" | "CR1" | "CR2";

/** Options of `clusterMean`. */
export interface ClusterMeanOptions extends ConfidenceOptions {
  /** Variance estimator. Default "CR1". */
  readonly type?: ClusterVariance;
}

/** Result of `clusterMean`. */
export interface ClusterMean extends IntervalEstimate {
  readonly standardError: number | null;
  /** Clusters with at least one observation. */
  readonly nClusters: number;
}

/**
 * Mean over items that come in clusters (variants of one question, questions on one patient): the ratio of the total of
 * the sums to the total of the sizes, with a cluster-robust standard error and a t interval on G - 1 degrees of
 * freedom. Rows of one cluster count as one independent unit, however similar they are.
 *
 * @param sums sum of the scores of each cluster
 * @param sizes scored rows of each cluster, >= 0; clusters of size 0 are left out
 * @returns n is the total of the sizes. With one cluster there is an estimate but no error; with none there is neither;
 *   each with a reason
 * @throws InputError if lengths differ, a value is not finite, or a size is negative
 * @see Liang & Zeger (1986), doi:10.1093/biomet/73.1.13; Bell & McCaffrey (2002) for CR2
 * @see oracle: R sandwich::vcovCL and clubSandwich::vcovCR, 04-proportions-paired-tests.json
 * @example clusterMean([2, 1, 3, 2], [3, 3, 3, 3]).standardError // 0.1360827635
 */
export function clusterMean(
  sums: readonly number[],
  sizes: readonly number[],
  { type = "CR1", confidence = 0.95 }: ClusterMeanOptions = {},
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
    return { ...undefinedInterval(method, 0, confidence, "no scored items"), standardError: null, nClusters };
  }
  const estimate = sum(scored.map(({ total }) => total)) / n;
  if (nClusters === 1) {
    const reason = "one cluster: no variance between clusters";
    return { ...undefinedInterval(method, n, confidence, reason), estimate, standardError: null, nClusters };
  }
  const squares = scored.map(({ size, total }) => {
    const residual = total - estimate * size;
    // Constant scores leave a rounding error, which must not become a tiny standard error and a huge test statistic.
    if (Math.abs(residual) <= 1e-14 * Math.abs(total)) return 0;
    return type === "CR2" ? residual ** 2 / (1 - size / n) : residual ** 2;
  });
  const scale = type === "CR1" ? nClusters / (nClusters - 1) : 1;
  const standardError = Math.sqrt(scale * sum(squares)) / n;
  const half = tCritical(confidence, nClusters - 1) * standardError;
  return {
    estimate,
    standardError,
    lower: estimate - half,
    upper: estimate + half,
    n,
    nClusters,
    confidence,
    method,
    reason: null,
  };
}
