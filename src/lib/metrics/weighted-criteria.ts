import { clamp } from "../util/clamp.js";
import { mean } from "../util/sum.js";

/** One criterion of a HealthBench-style rubric with the judge's verdict. */
export interface WeightedCriterion {
  /** Points if met; negative for something an answer must not do. */
  readonly points: number;
  /** Null if the judge could not decide: counted separately, scored as not met. */
  readonly met: boolean | null;
  readonly tags?: readonly string[];
}

/** Result of `weightedCriteria`. */
export interface WeightedCriteriaScore {
  /**
   * Points of the met criteria / all positive points: at most 1, below 0 if faults outweigh; null without positive
   * points.
   */
  readonly score: number | null;
  readonly pointsMet: number;
  readonly pointsPositive: number;
  readonly nUnknown: number;
  readonly reason?: string;
}

/**
 * Score of one answer on weighted criteria (protocols P09); not clipped to [0, 1] here, because the benchmark clips the
 * mean.
 *
 * @param tag limits the score to the criteria with this tag (theme, axis). Default: all
 * @example weightedCriteria([{points: 10, met: true}, {points: 5, met: false}, {points: -6, met: true}]).score // 0.2666666667
 */
export function weightedCriteria(
  criteria: readonly WeightedCriterion[],
  tag?: string,
): WeightedCriteriaScore {
  const counted = tag === undefined ? criteria : criteria.filter(({ tags = [] }) => tags.includes(tag));
  const total = (chosen: readonly WeightedCriterion[]) => chosen.reduce((sum, { points }) => sum + points, 0);
  const pointsMet = total(counted.filter(({ met }) => met === true));
  const pointsPositive = total(counted.filter(({ points }) => points > 0));
  const nUnknown = counted.filter(({ met }) => met === null).length;
  const sums = { pointsMet, pointsPositive, nUnknown };
  return pointsPositive > 0
    ? { score: pointsMet / pointsPositive, ...sums }
    : { score: null, ...sums, reason: "no criterion with positive points" };
}

/** Result of `weightedCriteriaPool`. */
export interface WeightedCriteriaPool {
  readonly estimate: number | null;
  readonly n: number;
  /** Answers without a score. */
  readonly nMissing: number;
}

/**
 * Mean over answers. `mean` clips the mean to [0, 1] (HealthBench), `item` clips each answer's score, `none` clips
 * nothing: the three differ if any answer is below 0, so the choice is part of the metric's version.
 *
 * @param clip default "mean"
 */
export function weightedCriteriaPool(
  scores: readonly WeightedCriteriaScore[],
  clip: "mean" | "item" | "none" = "mean",
): WeightedCriteriaPool {
  const known = scores.flatMap(({ score }) =>
    score === null ? [] : [clip === "item" ? clamp(score) : score],
  );
  const counts = { n: known.length, nMissing: scores.length - known.length };
  if (known.length === 0) return { estimate: null, ...counts };
  const average = mean(known);
  return { estimate: clip === "mean" ? clamp(average) : average, ...counts };
}
