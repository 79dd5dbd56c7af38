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
 * @param sizes rows of each cluster; clusters of size 0 are left out
 * @throws InputError if lengths differ or a count is out of range
 * @see Korn & Graubard (1998), Survey Methodology 24:193-201, for the effective size and its degrees of freedom
 * @see Franco, Little, Louis & Slud (2019), doi:10.1093/jssam/smy019, for Wilson on it
 * @example clusteredWilson([1, 1, 0, 1], [1, 1, 1, 1]).lower // 0.3006418426
 */
export function clusteredWilson(
  successes: readonly number[],
  sizes: readonly number[],
  { confidence = 0.95 }: ConfidenceOptions = {},
): ClusteredProportion {
  const odd = successes.findIndex(
    (count, i) => !(Number.isInteger(count) && count >= 0 && count <= (sizes[i] ?? 0)),
  );
  if (odd >= 0) {
    throw new InputError(
      `clusteredWilson: successes[${odd}] must be an integer in [0, ${sizes[odd] ?? 0}]; got ${successes[odd]}`,
      { hint: "Give each cluster's number of rows and how many of them succeeded." },
    );
  }
  checkConfidence("clusteredWilson", confidence);
  const { estimate, standardError, nClusters, n } = clusterMean(successes, sizes, { confidence });
  const method = "wilson on the effective sample size";
  if (estimate === null) {
    return { ...undefinedInterval(method, 0, confidence, "no rows"), nClusters, nEffective: null };
  }
  if (n === nClusters) {
    return { ...wilsonInterval(sum(successes), n, { confidence }), nClusters, nEffective: n };
  }
  const nEffective = effectiveSize(estimate, standardError, n, nClusters, confidence);
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
  nClusters: number,
  confidence: number,
): number {
  const variance = (estimate * (1 - estimate)) / n;
  if (standardError === null || variance === 0) return nClusters;
  const designEffect = Math.max(1, standardError ** 2 / variance);
  return (n / designEffect) * (normalCritical(confidence) / tCritical(confidence, nClusters - 1)) ** 2;
}
