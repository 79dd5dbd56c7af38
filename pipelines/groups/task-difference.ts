import {
  type CompositeDifference,
  compositeDifference,
  stratumCovariance,
  type WeightedCovariance,
} from "../../src/lib/ranking/composite-covariance.js";
import { groupMean } from "../../src/lib/stats/group-mean.js";
import { type GroupValues, stratumKey } from "./group-values.js";
import type { TaskCell } from "./task-cells.js";

/** The answers of one side of a comparison to the prompts of one dataset. */
export interface ComparedSide {
  readonly cells: readonly TaskCell[];
  readonly groups: GroupValues;
}

/** Scores of two sides on one dataset, in [0, 1], and the first minus the second. */
export interface TaskDifference extends CompositeDifference {
  readonly scores: readonly [first: number, second: number];
  /** The parts of the dataset; their weights sum to 1. */
  readonly strata: readonly WeightedCovariance[];
}

/**
 * The difference of two scores of one dataset, each pooled as `task_scores` pools it, with the error of the paired difference over
 * groups. Both sides must have answered the same prompts; see `ScoreSelection`.
 *
 * @returns null unless every part of the dataset has a score on both sides
 */
export function taskDifference(
  dataset: string,
  sides: readonly [ComparedSide, ComparedSide],
  { confidence }: { readonly confidence: number },
): TaskDifference | null {
  const [first, second] = sides.map(({ cells }) =>
    cells.length === 0 ? null : groupMean(cells, { confidence }).estimate,
  ) as [number | null, number | null];
  const [{ cells }, other] = sides;
  if (first === null || second === null || cells.length !== other.cells.length) return null;
  const total = cells.reduce((sum, { weight }) => sum + weight, 0);
  const strata = cells.map(({ stratum, weight }): WeightedCovariance => {
    const key = stratumKey(dataset, stratum);
    return { weight: weight / total, ...stratumCovariance(sides.map(({ groups }) => groups.get(key))) };
  });
  return {
    scores: [first, second],
    strata,
    ...compositeDifference([first, second], strata, 0, 1, { confidence }),
  };
}
