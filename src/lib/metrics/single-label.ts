import { compareTexts } from "../util/compare-texts.js";
import { type ClassificationMetrics, classificationMetrics } from "./classification.js";
import { type ItemScore, type Rate, rate, scored, unscored } from "./item-score.js";
import { withoutReasoning } from "./reasoning-marks.js";
import { type LabelNormalization, normalizeLabel } from "./text-normalization.js";

/**
 * Scores an answer that is a single label: correct if it equals the gold label after `normalizeLabel` and the synonym
 * table. The response must be the label and nothing else; labels inside prose are not read.
 *
 * @param gold one label, or several if any of them is correct
 */
export function scoreLabel(
  text: string | null,
  gold: string | readonly string[],
  options: LabelNormalization = {},
): ItemScore<string, "correct" | "total"> {
  const label = normalizeLabel(withoutReasoning(text ?? ""), options);
  if (label === "") return unscored("empty", "no answer", { correct: 0, total: 1 });
  const accepted = (typeof gold === "string" ? [gold] : gold).map((one) => normalizeLabel(one, options));
  const correct = accepted.includes(label) ? 1 : 0;
  return scored(correct, label, { correct, total: 1 });
}

/** Result of `diagnosisMetrics`. */
export interface DiagnosisMetrics {
  /** One row per predicted diagnosis, each with the item's gold label. The headline figure is `weighted.f1`. */
  readonly rows: ClassificationMetrics;
  /** Items without a predicted diagnosis: left out of F1, reported as a share. */
  readonly failed: Rate;
}

/** Several predicted diagnoses per item (3MDBench; protocols P14), labels compared as given. */
export function diagnosisMetrics(
  items: readonly { readonly gold: string; readonly predicted: readonly string[] }[],
): DiagnosisMetrics {
  const rows = items.flatMap(({ gold, predicted }) =>
    [...new Set(predicted)].map((label) => [gold, label] as const),
  );
  const failed = items.filter(({ predicted }) => predicted.length === 0).length;
  return {
    rows: classificationMetrics(
      rows.map(([gold]) => gold),
      rows.map(([, label]) => label),
    ),
    failed: rate(failed, items.length, "no items"),
  };
}

/** Result of `binaryFindings`. */
export interface BinaryFindingMetrics {
  readonly sensitivity: Rate;
  readonly specificity: Rate;
  /** F1 of the positive class; null when nothing is positive on either side. */
  readonly f1: number | null;
  readonly nUnanswered: number;
}

/**
 * Sensitivity, specificity and F1 of a yes/no finding.
 *
 * @param unanswered how a null answer counts: `negative` (as DeepTumorVQA does), `wrong`, or `excluded`. Default
 *   `negative`
 */
export function binaryFindings(
  items: readonly { readonly gold: boolean; readonly answer: boolean | null }[],
  unanswered: "negative" | "wrong" | "excluded" = "negative",
): BinaryFindingMetrics {
  const stand = { negative: () => false, wrong: (gold: boolean) => !gold, excluded: () => null }[unanswered];
  const used = items.flatMap(({ gold, answer }) => {
    const counted = answer ?? stand(gold);
    return counted === null ? [] : [{ gold, answer: counted }];
  });
  const count = (gold: boolean, answer: boolean) =>
    used.filter((one) => one.gold === gold && one.answer === answer).length;
  const [tp, fn, fp, tn] = [count(true, true), count(true, false), count(false, true), count(false, false)];
  return {
    sensitivity: rate(tp, tp + fn, "no positive case"),
    specificity: rate(tn, tn + fp, "no negative case"),
    f1: tp + fn + fp === 0 ? null : (2 * tp) / (2 * tp + fn + fp),
    nUnanswered: items.filter(({ answer }) => answer === null).length,
  };
}

/**
 * One text per record, for comparing sets of entities, relations or events: fields sorted by name, lists as sets, text
 * normalized like labels. Two records match if and only if all their attributes do.
 */
export function recordKey(record: Readonly<Record<string, string | readonly string[] | null>>): string {
  const text = (value: string | readonly string[] | null) =>
    value === null
      ? null
      : typeof value === "string"
        ? normalizeLabel(value)
        : [...new Set(value.map((v) => normalizeLabel(v)))].sort();
  const fields = Object.entries(record).map(([name, value]) => [name, text(value)] as const);
  return JSON.stringify(fields.sort(([a], [b]) => compareTexts(a, b)));
}
