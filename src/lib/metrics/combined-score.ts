import { InputError } from "../errors.js";
import { sum } from "../util/sum.js";

/** One part of a combined score. */
export interface ScorePart {
  /** Name of the metric, such as `recall`, `judge`, `accuracy`. */
  readonly name: string;
  /** In [0, 1]; null if the part has no score. */
  readonly score: number | null;
  /** Non-negative. Default 1. */
  readonly weight?: number;
}

/** A score combined from weighted parts. */
export interface CombinedScore {
  readonly score: number | null;
  /** Share of each part that was used, summing to 1. */
  readonly weights: Readonly<Record<string, number>>;
  readonly absent: readonly string[];
  readonly reason?: string;
}

/**
 * Weighted mean of the parts of a score. `refuse` gives null if any part is absent; `mean-of-present` distributes its
 * weight over the others (MedOutcome, MedRxCheck, MedReportQC) and lists the absent parts.
 *
 * @throws InputError for a negative weight or a score outside [0, 1]
 */
export function combineScores(
  parts: readonly ScorePart[],
  whenAbsent: "refuse" | "mean-of-present" = "refuse",
): CombinedScore {
  for (const { name, score, weight = 1 } of parts) {
    if (!(weight >= 0))
      throw new InputError(`combineScores: weight of "${name}" must be >= 0; got ${weight}`);
    if (score !== null && !(score >= 0 && score <= 1)) {
      throw new InputError(`combineScores: score of "${name}" must be in [0, 1]; got ${score}`);
    }
  }
  const absent = parts.filter(({ score }) => score === null).map(({ name }) => name);
  if (absent.length > 0 && whenAbsent === "refuse") {
    return { score: null, weights: {}, absent, reason: `no score for ${absent.join(", ")}` };
  }
  const present = parts.flatMap(({ name, score, weight = 1 }) =>
    score === null ? [] : [{ name, score, weight }],
  );
  const total = sum(present.map(({ weight }) => weight));
  if (total === 0) return { score: null, weights: {}, absent, reason: "no part with a positive weight" };
  return {
    score: sum(present.map(({ score, weight }) => (weight / total) * score)),
    weights: Object.fromEntries(present.map(({ name, weight }) => [name, weight / total])),
    absent,
  };
}

/**
 * MedBench's MR+J: recall of key points and judge score, combined with weight w on recall.
 *
 * @param recallWeight in [0, 1]. Default 0.5
 * @example combineRecallAndJudge(0.75, 0.8).score // 0.775
 */
export function combineRecallAndJudge(
  recall: number | null,
  judge: number | null,
  recallWeight = 0.5,
): CombinedScore {
  if (!(recallWeight >= 0 && recallWeight <= 1)) {
    throw new InputError(`combineRecallAndJudge: recallWeight must be in [0, 1]; got ${recallWeight}`);
  }
  return combineScores([
    { name: "recall", score: recall, weight: recallWeight },
    { name: "judge", score: judge, weight: 1 - recallWeight },
  ]);
}
