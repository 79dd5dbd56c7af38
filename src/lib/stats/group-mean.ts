import type { IntervalMethod } from "../messages/codes.js";
import { type ClusterMoments, compositeFromMoments } from "./cluster-moments.js";
import { wilsonInterval } from "./wilson.js";

/** Groups of one stratum of a task or slice. */
export interface GroupStratum {
  readonly moments: ClusterMoments;
  /** Relative weight of the stratum, >= 0. */
  readonly weight: number;
  /** Whether the stratum is a binomial cell; see `isBinomial`. */
  readonly isBinary: boolean;
}

/** A mean over independent groups with its interval. */
export interface GroupMean {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly standardError: number | null;
  /** Degrees of freedom of the t interval on the same groups; null where it has none. */
  readonly degreesOfFreedom: number | null;
  readonly method: IntervalMethod;
}

/**
 * Mean over independent groups with a suitable interval, for scores of one stratum and of several: the only rule for tasks,
 * dimensions, overall scores, specialties and conditions, so that a composite of one part has the interval of that part. Wilson for
 * a single stratum whose groups are entirely correct or wrong, so that the interval does not collapse at 0 or 1; otherwise
 * the cluster-robust t interval of `compositeFromMoments`. The standard error of a binary stratum is that of a proportion,
 * sqrt(p (1 - p) / G).
 *
 * @param strata at least one; those of weight 0 do not count
 * @returns undefined parts are null; `method` names the method that would apply
 * @see `wilsonInterval`, `compositeFromMoments`
 * @example groupMean([{ weight: 1, isBinary: true, moments: { nClusters: 10, sumS: 8, sumN: 10, sumSS: 8, sumSN: 8, sumNN: 10 } }]).lower // 0.4901624715
 */
export function groupMean(
  strata: readonly GroupStratum[],
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): GroupMean {
  const used = strata.filter(({ weight }) => weight > 0);
  const [only] = used;
  const { estimate, lower, upper, standardError, degreesOfFreedom } = compositeFromMoments(used, {
    confidence,
  });
  if (used.length === 1 && only?.isBinary === true && only.moments.nClusters > 0) {
    const { sumS, sumN, nClusters } = only.moments;
    const right = Math.round((sumS * nClusters) / sumN);
    const wilson = wilsonInterval(right, nClusters, { confidence });
    const share = right / nClusters;
    return {
      estimate: wilson.estimate,
      lower: wilson.lower,
      upper: wilson.upper,
      standardError: Math.sqrt((share * (1 - share)) / nClusters),
      degreesOfFreedom,
      method: "wilson-groups",
    };
  }
  const method = used.length === 1 ? "cluster-robust" : "stratified-cluster-robust";
  return { estimate, lower, upper, standardError, degreesOfFreedom, method };
}

/**
 * Whether groups are a binomial cell: each is entirely right or wrong, and all have the same weight.
 *
 * @param nBetween groups with a score other than 0 and 1
 * @example isBinomial({ nClusters: 2, sumS: 3, sumN: 6, sumSS: 9, sumSN: 9, sumNN: 18 }, 0) // true
 */
export function isBinomial({ nClusters, sumN, sumNN }: ClusterMoments, nBetween: number): boolean {
  if (nBetween > 0) return false;
  // Sums of squares are smallest where all sizes are equal; repeated prompts leave rounding errors.
  return Math.abs(nClusters * sumNN - sumN ** 2) <= 1e-9 * sumN ** 2;
}
