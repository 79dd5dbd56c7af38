import { checkConfidence } from "../stats/estimate.js";
import { tCritical, tTwoSided } from "../util/special.js";
import type { SystemEstimates } from "./system-covariance.js";

/** The difference between two systems on their shared items. */
export interface SystemDifference {
  readonly a: string;
  readonly b: string;
  /** Mean of a minus mean of b on the same items. */
  readonly difference: number;
  readonly standardError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Two-sided p-value of no difference; not adjusted for the number of pairs. */
  readonly p: number | null;
  readonly reason: string | null;
}

/**
 * All pairwise differences between systems that answered the same items, each with the error of the paired
 * difference: var(a) + var(b) - 2 cov(a, b). Student's t on Satterthwaite's degrees of freedom.
 *
 * Each interval is valid only on its own; for statements about an order use `rankSets`, which accounts for the number
 * of pairs.
 *
 * @returns equal scores on every cluster give a difference of 0 without a standard error
 * @example pairedDifferences(systemCovariance(["a", "b"], [[1, 0], [1, 1], [0, 1], [1, 0]], [1, 1, 1, 1]))[0]?.difference // 0.25
 */
export function pairedDifferences(
  { systems, estimates, covariance, degreesOfFreedom, reason }: SystemEstimates,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): SystemDifference[] {
  checkConfidence("pairedDifferences", confidence);
  return estimates.flatMap((left, i) =>
    estimates.slice(i + 1).map((right, offset): SystemDifference => {
      const j = i + 1 + offset;
      const difference = left - right;
      const pair = { a: systems[i] as string, b: systems[j] as string, difference };
      const nothing = { standardError: null, lower: null, upper: null, p: null };
      if (covariance === null || degreesOfFreedom === null) return { ...pair, ...nothing, reason };
      const standardError = differenceError(covariance, i, j);
      if (standardError === 0)
        return { ...pair, ...nothing, reason: "the difference is the same in every cluster" };
      const half = tCritical(confidence, degreesOfFreedom) * standardError;
      return {
        ...pair,
        standardError,
        lower: difference - half,
        upper: difference + half,
        p: tTwoSided(difference / standardError, degreesOfFreedom),
        reason: null,
      };
    }),
  );
}

/** Standard error of estimate i minus estimate j; exactly 0 if only rounding error is left. */
export function differenceError(covariance: readonly (readonly number[])[], i: number, j: number): number {
  const own = covariance[i]![i]! + covariance[j]![j]!;
  const variance = own - 2 * covariance[i]![j]!;
  return variance > 1e-12 * own ? Math.sqrt(variance) : 0;
}
