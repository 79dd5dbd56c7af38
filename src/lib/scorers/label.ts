import { z } from "zod";
import { findJsonObject } from "../metrics/json-answer.js";
import { type LabelReading, readLabel } from "../metrics/label-answer.js";
import { type LabelVocabulary, labelVocabulary } from "../metrics/label-vocabulary.js";
import { withoutReasoning } from "../metrics/reasoning-marks.js";
import { normalizeLabel } from "../metrics/text-normalization.js";
import { notUnderstood, readable } from "./component-score.js";
import { refusedGold, unwrapped } from "./gold.js";
import { answerScorer } from "./scorer.js";

export const label = answerScorer({
  name: "label",
  label: { en: "Label", zh: "标签" },
  summary:
    'One label, compared with the gold label after both are normalized. It is read from the whole response, an announcement ("Answer: True"), or the last or first line; several labels or a denied one are not read.',
  version: "2",
  options: z.strictObject({
    jsonField: z.string().min(1).optional().describe("field of a JSON answer that contains the label"),
    labels: z
      .array(z.string().min(1))
      .min(2)
      .optional()
      .describe(
        "all labels that an answer can give; without it, those of the dataset's gold answers and their opposites, and any other short answer is a wrong label",
      ),
  }),
  pooling: "mean",
  reads: "text",
  usesLabels: true,
  example: { text: "好转", gold: "好转" },
  checkGold: ({ gold }, options) => goldLabel(gold, options),
  score({ text, gold, labels }, options) {
    const wanted = goldLabel(gold, options);
    const { jsonField } = options;
    const vocabulary = vocabularyOf(options.labels ?? labels ?? [wanted], options.labels !== undefined);
    const { label: given, readBy } =
      jsonField === undefined
        ? readLabel(text ?? "", vocabulary)
        : inField(text ?? "", jsonField, vocabulary);
    if (given === null) return notUnderstood(text, readBy === "none" ? "no label" : `no label: ${readBy}`);
    const isRight = normalizeLabel(given) === normalizeLabel(wanted);
    return readable(isRight ? 1 : 0, {
      answer: given,
      readBy: jsonField === undefined ? readBy : "json field",
    });
  },
});

const prepared = new WeakMap<readonly string[], LabelVocabulary>();

/** Prepared once for each list: the score stage passes the same one for all answers to a dataset. */
function vocabularyOf(labels: readonly string[], isClosed: boolean): LabelVocabulary {
  const known = prepared.get(labels) ?? labelVocabulary(labels, isClosed);
  prepared.set(labels, known);
  return known;
}

/** The label in a field, which may be text, a truth value, a number or a list with one of them. */
function inField(text: string, field: string, vocabulary: LabelVocabulary): LabelReading {
  const value = findJsonObject(withoutReasoning(text))?.value[field];
  const [only] = Array.isArray(value) && value.length === 1 ? value : [value];
  const given = typeof only === "boolean" || typeof only === "number" ? String(only) : only;
  if (typeof given !== "string" || given.trim() === "") return { label: null, readBy: "none" };
  const reading = readLabel(given, vocabulary);
  // What the field says is the label, even if no other item has it.
  return reading.readBy === "none" && !vocabulary.isClosed
    ? { label: given, readBy: "whole response" }
    : reading;
}

interface LabelOptions {
  readonly jsonField?: string | undefined;
  readonly labels?: readonly string[] | undefined;
}

function goldLabel(gold: unknown, { jsonField, labels }: LabelOptions): string {
  const list = unwrapped(gold, "[");
  const [only] = Array.isArray(list) && list.length === 1 ? list : [unwrapped(gold, "{")];
  const isObject = typeof only === "object" && only !== null && !Array.isArray(only);
  const value: unknown =
    isObject && jsonField !== undefined ? (only as Readonly<Record<string, unknown>>)[jsonField] : only;
  const label = typeof value === "boolean" || typeof value === "number" ? String(value) : value;
  if (typeof label === "string" && normalizeLabel(label) !== "") {
    const isListed = labels?.some((listed) => normalizeLabel(listed) === normalizeLabel(label)) ?? true;
    if (isListed) return label;
    throw refusedGold("label", gold, `which is none of the labels ${labels?.join(", ")}`);
  }
  const field = jsonField === undefined ? "" : `, or an object with the field ${JSON.stringify(jsonField)}`;
  throw refusedGold("label", gold, `expected one label as text${field}`);
}
