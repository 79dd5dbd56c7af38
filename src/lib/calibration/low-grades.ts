import type { ValuePair } from "../agreement/clustered-kappa.js";
import { clusteredWilson } from "../stats/clustered-wilson.js";
import { groupBy } from "../util/group-by.js";
import { sum } from "../util/sum.js";

/** A share with its Wilson interval on the effective sample size; null without ratings to count. */
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
 * compared with single ratings. All ratings of an item, of any answer to it and by any physician, are one cluster of
 * `clusteredWilson`; shares and intervals use the pairs' design weights.
 *
 * @param pairs the judge's grade (`left`) and one physician's rating (`right`) of the same answer
 * @param low highest grade that counts as low, for both
 * @see Korn & Graubard (1998), Survey Methodology 24:193-201; Wilson (1927), doi:10.1080/01621459.1927.10502953
 * @example lowGradeDetection([{ left: 1, right: 2, cluster: "a" }, { left: 4, right: 2, cluster: "b" }], 2).sensitivity.estimate // 0.5
 */
export function lowGradeDetection(
  pairs: readonly ValuePair[],
  low: number,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): LowGradeDetection {
  const isLow = pairs.filter(({ right }) => right <= low);
  const isNotLow = pairs.filter(({ right }) => right > low);
  const gradedLow = ({ left }: ValuePair) => left <= low;
  const whole = weightOf(pairs);
  const share = (rows: readonly ValuePair[]) => (pairs.length === 0 ? null : weightOf(rows) / whole);
  return {
    nLow: isLow.length,
    judgeShare: share(pairs.filter(gradedLow)),
    peopleShare: share(isLow),
    sensitivity: rate(isLow, gradedLow, confidence),
    specificity: rate(isNotLow, (pair) => !gradedLow(pair), confidence),
  };
}

const weightOf = (rows: readonly ValuePair[]) => sum(rows.map(({ weight = 1 }) => weight));

function rate(
  rows: readonly ValuePair[],
  isHit: (pair: ValuePair) => boolean,
  confidence: number,
): DetectionRate {
  const clusters = [...groupBy(rows, ({ cluster }) => cluster).values()];
  const isWeighted = rows.some(({ weight = 1 }) => weight !== (rows[0]?.weight ?? 1));
  const { estimate, lower, upper } = clusteredWilson(
    clusters.map((own) => (isWeighted ? weightOf(own.filter(isHit)) : own.filter(isHit).length)),
    clusters.map((own) => (isWeighted ? weightOf(own) : own.length)),
    { confidence, ...(isWeighted ? { rows: clusters.map((own) => own.length) } : {}) },
  );
  return { estimate, lower, upper };
}
