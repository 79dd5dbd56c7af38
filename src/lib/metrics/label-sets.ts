import { mean } from "../util/sum.js";
import { type ItemScore, scored, unscored } from "./item-score.js";
import { findJsonObject } from "./json-answer.js";
import { withoutReasoning } from "./reasoning-marks.js";
import { missedBy, type SetOverlap, setOverlap } from "./set-overlap.js";
import { normalizeLabel, trimMarks } from "./text-normalization.js";

/** How labels are read from an answer. */
export interface LabelSetOptions {
  /** `separated`: labels between `separator`s; `json-keys`: the keys of the first JSON object. Default `separated`. */
  readonly format?: "separated" | "json-keys";
  /** Default `|`, half-width or full-width. */
  readonly separator?: RegExp;
  /** Answers that mean the empty set. Default `无问题`. Ignored if other labels are given too. */
  readonly none?: readonly string[];
  /** Other names of a label, both normalized by `normalizeLabel`. Default none. */
  readonly synonyms?: ReadonlyMap<string, string>;
}

/** Quotation marks and brackets around a label; models copy them from prompts that list labels in quotes. */
const quotes = new Set(" '\"“”‘’「」[]");

/** Distinct labels of an answer, or null where it cannot be read (no text, or no JSON object). */
export function parseLabels(text: string | null, options: LabelSetOptions = {}): readonly string[] | null {
  const { format = "separated", separator = /[|｜]/u, none = ["无问题"], synonyms = new Map() } = options;
  const answer = withoutReasoning(text ?? "").trim();
  if (answer === "") return null;
  const object = format === "json-keys" ? findJsonObject(answer) : null;
  if (format === "json-keys" && object === null) return null;
  const pieces = object ? Object.keys(object.value) : answer.split(separator);
  const labels = new Set(
    pieces.map((piece) => normalizeLabel(trimMarks(normalizeLabel(piece), quotes, quotes), { synonyms })),
  );
  for (const marker of ["", ...none.map((name) => normalizeLabel(name))]) labels.delete(marker);
  return [...labels];
}

/** Counts of labels found, missed and added. */
export interface ScoredLabels {
  readonly labels: readonly string[];
  readonly overlap: SetOverlap;
}

/**
 * One answer that is a set of labels (MedQC, MedReportQC). `score` is the example-based F1 (1 if both sets are empty);
 * `microF1` pools `parts` (tp, fp, fn), so that an item with both sets empty contributes nothing there. An answer that is
 * missing or cannot be read misses every gold label, and one if no label applies: silence is not the statement that nothing does.
 *
 * @param gold labels, or text in the answer's format
 */
export function scoreLabels(
  text: string | null,
  gold: string | readonly string[],
  options: LabelSetOptions = {},
): ItemScore<ScoredLabels, "tp" | "fp" | "fn"> {
  const wanted = typeof gold === "string" ? (parseLabels(gold, options) ?? []) : normalized(gold, options);
  const labels = parseLabels(text, options);
  if (labels === null) {
    const empty = (text ?? "").trim() === "";
    const parts = { tp: 0, fp: 0, fn: missedBy(new Set(wanted).size) };
    return unscored(empty ? "empty" : "invalid", empty ? "no answer" : "no JSON object in the answer", parts);
  }
  const overlap = setOverlap(wanted, labels);
  return scored(overlap.f1, { labels, overlap }, { tp: overlap.tp, fp: overlap.fp, fn: overlap.fn });
}

function normalized(gold: readonly string[], { none = ["无问题"], synonyms = new Map() }: LabelSetOptions) {
  const markers = new Set(["", ...none.map((name) => normalizeLabel(name))]);
  return gold.map((label) => normalizeLabel(label, { synonyms })).filter((label) => !markers.has(label));
}

/** Result of `microF1`. */
export interface MicroF1 {
  readonly f1: number;
  /** tp / (tp + fp); null when nothing was predicted. */
  readonly precision: number | null;
  /** tp / (tp + fn); null when no gold label exists. */
  readonly recall: number | null;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  /** True where `f1` is 1 only because the pool has neither gold nor predicted labels. */
  readonly byConvention: boolean;
}

/**
 * Micro-F1 of a pool of label sets: 2TP / (2TP + FP + FN) over summed counts (protocols P01.4-4). A pool without any
 * gold or predicted label has F1 = 1 by convention, flagged; other scorers return 0 there.
 *
 * @example microF1([{tp: 1, fp: 0, fn: 1}, {tp: 0, fp: 1, fn: 0}, {tp: 1, fp: 1, fn: 0}]).f1 // 0.5714285714
 */
export function microF1(
  items: Iterable<{ readonly tp: number; readonly fp: number; readonly fn: number }>,
): MicroF1 {
  let [tp, fp, fn] = [0, 0, 0];
  for (const item of items) {
    tp += item.tp;
    fp += item.fp;
    fn += item.fn;
  }
  const byConvention = tp + fp + fn === 0;
  return {
    f1: byConvention ? 1 : (2 * tp) / (2 * tp + fp + fn),
    precision: tp + fp === 0 ? null : tp / (tp + fp),
    recall: tp + fn === 0 ? null : tp / (tp + fn),
    tp,
    fp,
    fn,
    byConvention,
  };
}

/** Result of `labelSetMetrics`. */
export interface LabelSetMetrics {
  readonly micro: MicroF1;
  /** Unweighted mean F1 over labels seen in gold; null when there is none. */
  readonly macroF1: number | null;
  /** Share of items with equal sets; null without items, like `exampleF1`. */
  readonly subsetAccuracy: number | null;
  /** Mean of the items' F1; an item with both sets empty counts as 1. */
  readonly exampleF1: number | null;
  readonly n: number;
}

/** Multi-label metrics of protocols P14 over items of (gold, predicted) label sets; labels are compared as given. */
export function labelSetMetrics(
  items: readonly { readonly gold: readonly string[]; readonly predicted: readonly string[] }[],
): LabelSetMetrics {
  const overlaps = items.map(({ gold, predicted }) => setOverlap(gold, predicted));
  const counts = new Map<string, { tp: number; fp: number; fn: number }>();
  for (const label of items.flatMap(({ gold }) => gold)) counts.set(label, { tp: 0, fp: 0, fn: 0 });
  for (const item of items) {
    const [gold, predicted] = [new Set(item.gold), new Set(item.predicted)];
    for (const label of gold)
      (counts.get(label) as { tp: number; fn: number })[predicted.has(label) ? "tp" : "fn"] += 1;
    for (const label of predicted) {
      const count = gold.has(label) ? undefined : counts.get(label);
      if (count) count.fp += 1;
    }
  }
  const n = items.length;
  return {
    micro: microF1(overlaps),
    macroF1: counts.size === 0 ? null : mean([...counts.values()].map((count) => microF1([count]).f1)),
    subsetAccuracy: n === 0 ? null : overlaps.filter(({ exact }) => exact).length / n,
    exampleF1: n === 0 ? null : mean(overlaps.map(({ f1 }) => f1)),
    n,
  };
}
