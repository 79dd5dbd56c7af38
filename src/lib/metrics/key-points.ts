import { isPresent } from "../util/indexing.js";
import { mean } from "../util/sum.js";
import { type ItemScore, type Rate, rate, scored, unscored } from "./item-score.js";

/** One gold point (or one predicted point) and whether the judge found it on the other side. */
export interface KeyPoint {
  readonly id: string;
  readonly matched: boolean;
  /** Importance, non-negative. Default 1. */
  readonly weight?: number;
}

/** Result of `scoreKeyPoints`. */
export interface KeyPointScores {
  readonly recall: number;
  /** Σ weight·matched / Σ weight; null when the weights sum to 0. */
  readonly weightedRecall: number | null;
  /** Matched over all predicted points; null when the predicted side was not judged or is empty. */
  readonly precision: number | null;
  /** Harmonic mean of recall and precision, which come from two different matchings; null without precision. */
  readonly f1: number | null;
}

/**
 * Key-point recall of one answer (protocols P08): matched gold points / gold points. Points with the same id count
 * once, as matched if any copy matched. Only the arithmetic: the judge does the matching.
 *
 * @param predicted the answer's own points, when that side was judged too
 * @returns status `excluded` for an item without gold points: it is listed, not averaged
 * @example scoreKeyPoints([{id: "a", matched: true}, {id: "b", matched: false}]).score // 0.5
 */
export function scoreKeyPoints(
  gold: readonly KeyPoint[],
  predicted: readonly KeyPoint[] | null = null,
): ItemScore<KeyPointScores, "matched" | "total" | "predictedMatched" | "predictedTotal"> {
  const points = collapse(gold);
  const own = collapse(predicted ?? []);
  const matched = points.filter((point) => point.matched).length;
  const predictedMatched = own.filter((point) => point.matched).length;
  const parts = { matched, total: points.length, predictedMatched, predictedTotal: own.length };
  if (points.length === 0) return unscored("excluded", "the item has no gold points", parts);

  const weightOf = ({ weight = 1 }: KeyPoint) => weight;
  const weights = points.map(weightOf).reduce((a, b) => a + b, 0);
  const found = points
    .filter((point) => point.matched)
    .map(weightOf)
    .reduce((a, b) => a + b, 0);
  const recall = matched / points.length;
  const precision = own.length === 0 ? null : predictedMatched / own.length;
  const f1 =
    precision === null
      ? null
      : precision + recall === 0
        ? 0
        : (2 * precision * recall) / (precision + recall);
  return scored(
    recall,
    { recall, weightedRecall: weights > 0 ? found / weights : null, precision, f1 },
    parts,
  );
}

function collapse(points: readonly KeyPoint[]): KeyPoint[] {
  const byId = new Map<string, KeyPoint>();
  for (const point of points) {
    const known = byId.get(point.id);
    byId.set(point.id, known ? { ...known, matched: known.matched || point.matched } : point);
  }
  return [...byId.values()];
}

/** Result of `keyPointPool`. */
export interface KeyPointPool {
  /** Mean of the items' recalls: MedBench's Macro-Recall. Null without scored items. */
  readonly macroRecall: number | null;
  /** All matched points / all gold points. */
  readonly microRecall: Rate;
  readonly n: number;
  readonly nExcluded: number;
}

/** Macro-Recall and micro recall of a pool; items that are not `ok` are left out of both and counted. */
export function keyPointPool(items: readonly ReturnType<typeof scoreKeyPoints>[]): KeyPointPool {
  const used = items.filter((item) => item.status === "ok");
  const matched = used.reduce((total, { parts }) => total + parts.matched, 0);
  const total = used.reduce((sum, { parts }) => sum + parts.total, 0);
  return {
    macroRecall: used.length === 0 ? null : mean(used.map((item) => item.score).filter(isPresent)),
    microRecall: rate(matched, total, "no gold points"),
    n: used.length,
    nExcluded: items.length - used.length,
  };
}

/** Result of `gradedInsights`. */
export interface GradedInsights {
  /** Mean over gold insights of the best match grade; null without gold insights. */
  readonly recall: number | null;
  /** Mean over predicted insights of the best match grade; null without predictions. */
  readonly precision: number | null;
  readonly f1: number | null;
  /** Share of predicted insights judged valid but matching no gold insight; null without predictions. */
  readonly novelty: number | null;
}

/**
 * Insight discovery with graded matches (MedInsightBench): for each side, the mean over its insights of their best
 * grade on the other side.
 *
 * @param grades one row per gold insight, one column per predicted insight, each in [0, 1]
 * @param valid whether each predicted insight was judged valid on its own
 */
export function gradedInsights(
  grades: readonly (readonly number[])[],
  valid: readonly boolean[],
): GradedInsights {
  const bestOfGold = grades.map((row) => Math.max(0, ...row));
  const bestOfPredicted = valid.map((_, column) => Math.max(0, ...grades.map((row) => row[column] ?? 0)));
  const recall = grades.length === 0 ? null : mean(bestOfGold);
  const precision = valid.length === 0 ? null : mean(bestOfPredicted);
  const novel = valid.filter((isValid, column) => isValid && bestOfPredicted[column] === 0).length;
  const defined = recall !== null && precision !== null;
  return {
    recall,
    precision,
    f1: !defined ? null : recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision),
    novelty: valid.length === 0 ? null : novel / valid.length,
  };
}
