import { InputError } from "../errors.js";
import { normalCritical, tCritical } from "../util/special.js";
import { sum } from "../util/sum.js";
import { clusterMean } from "./cluster-mean.js";
import {
  type ConfidenceOptions,
  checkConfidence,
  type IntervalEstimate,
  undefinedInterval,
} from "./estimate.js";
import { wilsonInterval } from "./wilson.js";

/** Options of `clusteredWilson`. */
export interface ClusteredWilsonOptions extends ConfidenceOptions {
  /**
   * Rows of each cluster, where `successes` and `sizes` are totals of design weights (the inverse of each row's probability of being
   * rated) and need not be whole. Default: `sizes`.
   */
  readonly rows?: readonly number[];
}

/** Result of `clusteredWilson`. */
export interface ClusteredProportion extends IntervalEstimate {
  /** Clusters with at least one row. */
  readonly nClusters: number;
  /** Effective number of independent rows; null without rows. */
  readonly nEffective: number | null;
}

/**
 * Wilson interval for a proportion of rows that come in clusters (several edits of one answer): the score interval on
 * the effective sample size n / max(1, design effect), reduced by (z / t)² on G - 1 degrees of freedom because the
 * design effect is itself estimated. With one row in each cluster this is the plain Wilson interval.
 *
 * If all rows agree, or there is only one cluster, the design effect is undefined; rows of a cluster then count as
 * copies of each other, which makes the interval wider rather than narrower.
 *
 * @param successes integer count of each cluster, in [0, size]
 * @param sizes rows of each cluster; clusters of size 0 are left out. With `rows`, both are totals of weights
 * @throws InputError if lengths differ or a count is out of range
 * @see Korn & Graubard (1998), Survey Methodology 24:193-201, for the effective size and its degrees of freedom
 * @see Franco, Little, Louis & Slud (2019), doi:10.1093/jssam/smy019, for Wilson on it
 * @example clusteredWilson([1, 1, 0, 1], [1, 1, 1, 1]).lower // 0.3006418426
 */
export function clusteredWilson(
  successes: readonly number[],
  sizes: readonly number[],
  { confidence = 0.95, rows }: ClusteredWilsonOptions = {},
): ClusteredProportion {
  const allowed = (count: number) => (rows === undefined ? Number.isInteger(count) : count >= 0);
  const odd = successes.findIndex(
    // Totals of the same weights can differ in their last bits.
    (count, i) => !(allowed(count) && count >= 0 && count <= (sizes[i] ?? 0) * (1 + 1e-12)),
  );
  if (odd >= 0) {
    const kind = rows === undefined ? "an integer" : "a weight";
    throw new InputError(
      `clusteredWilson: successes[${odd}] must be ${kind} in [0, ${sizes[odd] ?? 0}]; got ${successes[odd]}`,
      { hint: "Give each cluster's number of rows and how many of them succeeded." },
    );
  }
  checkConfidence("clusteredWilson", confidence);
  const {
    estimate,
    standardError,
    nClusters,
    n: total,
  } = clusterMean(successes, sizes, {
    confidence,
    type: "CR1",
  });
  const method = "wilson on the effective sample size";
  if (estimate === null) {
    return { ...undefinedInterval(method, 0, confidence, "no rows"), nClusters, nEffective: null };
  }
  if (rows === undefined && total === nClusters) {
    return { ...wilsonInterval(sum(successes), total, { confidence }), nClusters, nEffective: total };
  }
  const n = rows === undefined ? total : sum(rows);
  const clusters = rows === undefined ? nClusters : sum(sizes) ** 2 / sum(sizes.map((size) => size ** 2));
  const nEffective = effectiveSize(estimate, standardError, n, clusters, confidence);
  const z2 = normalCritical(confidence) ** 2;
  const half = Math.sqrt(z2 * (nEffective * estimate * (1 - estimate) + z2 / 4));
  const center = nEffective * estimate + z2 / 2;
  return {
    estimate,
    // Exact at the ends, where rounding would give 1e-17 instead of 0.
    lower: estimate === 0 ? 0 : (center - half) / (nEffective + z2),
    upper: estimate === 1 ? 1 : (center + half) / (nEffective + z2),
    n,
    nClusters,
    nEffective,
    confidence,
    method,
    reason: null,
  };
}

function effectiveSize(
  estimate: number,
  standardError: number | null,
  n: number,
  /** With weights, the number of clusters of equal weight that would be as informative. */
  nClusters: number,
  confidence: number,
): number {
  const variance = (estimate * (1 - estimate)) / n;
  if (standardError === null || variance === 0) return nClusters;
  const designEffect = Math.max(1, standardError ** 2 / variance);
  return (
    (n / designEffect) * (normalCritical(confidence) / tCritical(confidence, Math.max(1, nClusters - 1))) ** 2
  );
}
