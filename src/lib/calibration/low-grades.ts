import type { ValuePair } from "../agreement/clustered-kappa.js";
import { wilsonInterval } from "../stats/wilson.js";

/** A share with its Wilson interval; null without ratings to count. */
export interface DetectionRate {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Result of `lowGradeDetection`; shares are in [0, 1]. */
export interface LowGradeDetection {
  /** Ratings that are low. */
  readonly nLow: number;
  /** Share of pairs in which the judge's grade is low, and in which the physician's is; null without pairs. */
  readonly judgeShare: number | null;
  readonly peopleShare: number | null;
  /** Of the ratings that are low, the share that the judge grades low too. */
  readonly sensitivity: DetectionRate;
  /** Of the ratings that are not low, the share that the judge does not grade low either. */
  readonly specificity: DetectionRate;
}

/**
 * The highest grade that counts as low: the lowest grade plus a share of the scale's range.
 *
 * @param share of the range, in [0, 1]
 * @example lowGradeLimit({ min: 1, max: 5 }, 0.25) // 2
 */
export function lowGradeLimit(
  { min, max }: { readonly min: number; readonly max: number },
  share: number,
): number {
  return min + share * (max - min);
}

/**
 * Whether a judge detects what physicians rate as low (unsafe, on a safety criterion): its sensitivity and specificity
 * compared with single ratings, with Wilson intervals that treat the ratings as independent.
 *
 * @param pairs the judge's grade (`left`) and one physician's rating (`right`) of the same answer
 * @param low highest grade that counts as low, for both
 * @see Wilson (1927), doi:10.1080/01621459.1927.10502953
 * @example lowGradeDetection([{ left: 1, right: 2, cluster: "a" }, { left: 4, right: 2, cluster: "b" }], 2).sensitivity.estimate // 0.5
 */
export function lowGradeDetection(
  pairs: readonly ValuePair[],
  low: number,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): LowGradeDetection {
  const isLow = pairs.filter(({ right }) => right <= low);
  const isNotLow = pairs.filter(({ right }) => right > low);
  const count = (rows: readonly ValuePair[], isHit: (pair: ValuePair) => boolean) =>
    rows.filter(isHit).length;
  const gradedLow = ({ left }: ValuePair) => left <= low;
  const share = (n: number) => (pairs.length === 0 ? null : n / pairs.length);
  return {
    nLow: isLow.length,
    judgeShare: share(count(pairs, gradedLow)),
    peopleShare: share(isLow.length),
    sensitivity: rate(count(isLow, gradedLow), isLow.length, confidence),
    specificity: rate(
      count(isNotLow, ({ left }) => left > low),
      isNotLow.length,
      confidence,
    ),
  };
}

function rate(successes: number, n: number, confidence: number): DetectionRate {
  if (n === 0) return { estimate: null, lower: null, upper: null };
  const { estimate, lower, upper } = wilsonInterval(successes, n, { confidence });
  return { estimate, lower, upper };
}
