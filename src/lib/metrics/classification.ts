import { InputError } from "../errors.js";
import { add, at, cell, column } from "../util/indexing.js";
import { dot, mean, sum } from "../util/sum.js";

/** Precision, recall and F1. */
export interface PrecisionRecallF1 {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Precision, recall and F1 of one class, with its counts. */
export interface ClassScores extends PrecisionRecallF1 {
  /** Items whose gold label is this one. */
  readonly support: number;
}

/** Result of `classificationMetrics`. */
export interface ClassificationMetrics {
  readonly n: number;
  /** Items without a prediction; they count as wrong. */
  readonly nUnanswered: number;
  readonly accuracy: number | null;
  /** Mean recall over labels that occur in gold. */
  readonly balancedAccuracy: number | null;
  /** Gorodkin's R_K, in [-1, 1]; 0 where a denominator factor is 0. */
  readonly mcc: number | null;
  readonly perClass: ReadonlyMap<string, ClassScores>;
  /** Over all declared labels, unweighted. */
  readonly macro: PrecisionRecallF1 | null;
  /** Over all declared labels, weighted by support. */
  readonly weighted: PrecisionRecallF1 | null;
  /** Over pooled counts: precision is correct / answered, recall correct / n. */
  readonly micro: PrecisionRecallF1 | null;
  /** Rows are gold labels, columns predicted labels, in the order of `labels`; unanswered items are in no column. */
  readonly confusion: readonly (readonly number[])[];
  /** Why the averages are null. */
  readonly reason?: string;
}

/** Precision, recall and F1 of counts, each 0 where its denominator is 0. */
export function precisionRecallF1(tp: number, predicted: number, actual: number): PrecisionRecallF1 {
  const precision = predicted === 0 ? 0 : tp / predicted;
  const recall = actual === 0 ? 0 : tp / actual;
  return { precision, recall, f1: predicted + actual === 0 ? 0 : (2 * tp) / (predicted + actual) };
}

/**
 * Accuracy, F1 averages, balanced accuracy and Matthews correlation of single-label predictions. Precision, recall and
 * F1 are 0 where their denominator is 0; without items every average is null with a reason.
 *
 * @param gold one label per item
 * @param predicted one label per item; null for no answer, which counts against recall but is in no column
 * @param labels the declared labels in the order of the report; default: labels seen, sorted. Macro averages are over
 *   all of them, including those that never occur
 * @throws InputError for unequal lengths or a label that is not declared
 * @see Gorodkin (2004), doi:10.1016/j.compbiolchem.2004.09.006
 * @see oracle: scikit-learn `precision_recall_fscore_support(zero_division=0)`, oracles: 05-classification.json
 * @example classificationMetrics(["a", "a", "b"], ["a", "b", "b"]).macro?.f1 // 0.6666666667
 */
export function classificationMetrics(
  gold: readonly string[],
  predicted: readonly (string | null)[],
  labels: readonly string[] = seenLabels(gold, predicted),
): ClassificationMetrics {
  const confusion = confusionMatrix(gold, predicted, labels);
  const n = gold.length;
  const nUnanswered = predicted.filter((label) => label === null).length;
  const support = labels.map((label) => gold.filter((value) => value === label).length);
  const called = labels.map((_, i) => sum(column(confusion, i)));
  const hits = labels.map((_, i) => cell(confusion, i, i));
  const perClass = labels.map((_, i) => {
    const counts = [at(hits, i), at(called, i), at(support, i)] as const;
    return { ...precisionRecallF1(...counts), support: counts[2] };
  });
  const byLabel = new Map(labels.map((label, i) => [label, perClass[i] as ClassScores]));
  if (n === 0) {
    const none = {
      accuracy: null,
      balancedAccuracy: null,
      mcc: null,
      macro: null,
      weighted: null,
      micro: null,
    };
    return { n, nUnanswered, ...none, perClass: byLabel, confusion, reason: "no items" };
  }
  const right = sum(hits);
  return {
    n,
    nUnanswered,
    accuracy: right / n,
    balancedAccuracy: mean(perClass.filter((scores) => scores.support > 0).map((scores) => scores.recall)),
    mcc: gorodkin(right, n, called, support),
    perClass: byLabel,
    macro: average(perClass, () => 1),
    weighted: average(perClass, (scores) => scores.support),
    micro: precisionRecallF1(right, n - nUnanswered, n),
    confusion,
  };
}

/** Mean precision, recall and F1 with the given weights; zeros where the weights sum to 0. */
export function average<S extends PrecisionRecallF1>(
  scores: readonly S[],
  weight: (score: S) => number,
): PrecisionRecallF1 {
  const total = sum(scores.map(weight));
  const of = (value: (score: S) => number) =>
    total === 0 ? 0 : sum(scores.map((score) => weight(score) * value(score))) / total;
  return { precision: of((s) => s.precision), recall: of((s) => s.recall), f1: of((s) => s.f1) };
}

function seenLabels(gold: readonly string[], predicted: readonly (string | null)[]): string[] {
  return [...new Set([...gold, ...predicted.filter((label) => label !== null)])].sort();
}

function confusionMatrix(
  gold: readonly string[],
  predicted: readonly (string | null)[],
  labels: readonly string[],
): number[][] {
  if (gold.length !== predicted.length) {
    throw new InputError(
      `classificationMetrics: ${gold.length} gold labels but ${predicted.length} predictions`,
      {
        hint: "Pass one prediction per item; use null where there is no answer.",
      },
    );
  }
  const index = new Map(labels.map((label, i) => [label, i]));
  const placeOf = (label: string, item: number) => {
    const i = index.get(label);
    if (i !== undefined) return i;
    throw new InputError(`classificationMetrics: item ${item} has label "${label}", which is not declared`, {
      hint: `Declared: ${labels.join(", ")}. Normalize labels first, or declare it.`,
    });
  };
  const matrix = labels.map(() => labels.map(() => 0));
  gold.forEach((label, item) => {
    const row = at(matrix, placeOf(label, item));
    const answer = predicted[item] as string | null;
    if (answer !== null) add(row, placeOf(answer, item), 1);
  });
  return matrix;
}

/** R_K from margins: an unanswered item is in no column, so `called` may sum to less than n. */
function gorodkin(right: number, n: number, called: readonly number[], support: readonly number[]): number {
  const unanswered = n - sum(called);
  const spreadCalled = n * n - dot(called, called) - unanswered * unanswered;
  const spreadSupport = n * n - dot(support, support);
  const product = spreadCalled * spreadSupport;
  return product === 0 ? 0 : (right * n - dot(called, support)) / Math.sqrt(product);
}
