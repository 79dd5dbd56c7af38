import type { IntervalMethod } from "../messages/codes.js";
import { type ClusterMoments, compositeFromMoments } from "./cluster-moments.js";
import { wilsonInterval } from "./wilson.js";

/** Groups of one stratum of a task or slice. */
export interface GroupStratum {
  readonly moments: ClusterMoments;
  /** Relative weight of the stratum. */
  readonly weight: number;
  /** Whether every group scored exactly 0 or 1 and has the same weight: a binomial cell. */
  readonly isBinary: boolean;
}

/** A mean over independent groups with its interval. */
export interface GroupMean {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly standardError: number | null;
  readonly method: IntervalMethod;
}

/**
 * Mean over independent groups with a suitable interval: Wilson for a single stratum whose groups are entirely correct
 * or wrong, so that the interval does not collapse at 0 or 1; otherwise the cluster-robust t interval of
 * `compositeFromMoments`. The standard error of a binary stratum is that of a proportion, sqrt(p (1 - p) / G).
 *
 * @param strata at least one; for a binary stratum `sumS` counts the correct groups
 * @returns undefined parts are null; `method` names the method that would apply
 * @see `wilsonInterval`, `compositeFromMoments`
 * @example groupMean([{ weight: 1, isBinary: true, moments: { nClusters: 10, sumS: 8, sumN: 10, sumSS: 8, sumSN: 8, sumNN: 10 } }]).lower // 0.4901624715
 */
export function groupMean(
  strata: readonly GroupStratum[],
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): GroupMean {
  const [only] = strata;
  if (strata.length === 1 && only?.isBinary === true && only.moments.nClusters > 0) {
    const { sumS, nClusters } = only.moments;
    const { estimate, lower, upper } = wilsonInterval(Math.round(sumS), nClusters, { confidence });
    const standardError = estimate === null ? null : Math.sqrt((estimate * (1 - estimate)) / nClusters);
    return { estimate, lower, upper, standardError, method: "wilson-groups" };
  }
  const { estimate, lower, upper, standardError } = compositeFromMoments(strata, { confidence });
  const method = strata.length === 1 ? "cluster-robust" : "stratified-cluster-robust";
  return { estimate, lower, upper, standardError, method };
}
