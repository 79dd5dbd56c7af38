import { type ItemPoint, type Rubric, rubricCriteria } from "../../../src/lib/catalogue/rubric.js";
import { clamp } from "../../../src/lib/util/clamp.js";
import type { CriterionVerdict } from "../../judging/verdict.js";

/** Grades in [0, 1] of an answer before and after an edit; null if they cannot be compared. */
export interface GradePair {
  readonly before: number | null;
  readonly after: number | null;
}

/**
 * One number for each of two verdicts, over the criteria that both rate: the mean of the scale (0 at its lowest
 * value), the share of key points covered, or points gained divided by points to gain, clipped to [0, 1] (protocols P08, P09).
 */
export function gradePair(
  rubric: Rubric,
  points: readonly (string | ItemPoint)[],
  before: readonly CriterionVerdict[],
  after: readonly CriterionVerdict[],
): GradePair {
  let reachable = 0;
  let gained = 0;
  let gainedAfter = 0;
  rubricCriteria(rubric, points.length).forEach(({ criterion, min, max }, index) => {
    const valueIn = (verdicts: readonly CriterionVerdict[]) =>
      verdicts.find((verdict) => verdict.criterion === criterion)?.value ?? null;
    const [first, second] = [valueIn(before), valueIn(after)];
    if (first === null || second === null) return;
    const weight = rubric.kind === "points" ? pointsOf(points[index]) : 1;
    reachable += Math.max(0, weight);
    gained += (weight * (first - min)) / (max - min);
    gainedAfter += (weight * (second - min)) / (max - min);
  });
  if (reachable === 0) return { before: null, after: null };
  return { before: clamp(gained / reachable), after: clamp(gainedAfter / reachable) };
}

/** A criterion without points counts 1. */
export function pointsOf(point: string | ItemPoint | undefined): number {
  return typeof point === "object" ? (point.points ?? 1) : 1;
}
