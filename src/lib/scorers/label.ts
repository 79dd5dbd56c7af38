import { z } from "zod";
import { findJsonObject } from "../metrics/json-answer.js";
import { withoutReasoning } from "../metrics/reasoning-marks.js";
import { normalizeLabel } from "../metrics/text-normalization.js";
import { notUnderstood, readable } from "./component-score.js";
import { refusedGold, unwrapped } from "./gold.js";
import { answerScorer } from "./scorer.js";

export const label = answerScorer({
  name: "label",
  label: { en: "Label", zh: "标签" },
  summary: "One label, compared with the gold label after both are normalized.",
  version: "1",
  options: z.strictObject({
    jsonField: z
      .string()
      .optional()
      .describe(
        "field of a JSON answer that contains the label; without it, the label is the only line of the response",
      ),
  }),
  pooling: "mean",
  reads: "text",
  example: { text: "好转", gold: "好转" },
  checkGold: ({ gold }, { jsonField }) => goldLabel(gold, jsonField),
  score({ text, gold }, { jsonField }) {
    const wanted = goldLabel(gold, jsonField);
    const given = labelIn(text, jsonField);
    if (given === null) return notUnderstood(text, "no label");
    const isRight = normalizeLabel(given) === normalizeLabel(wanted);
    const readBy = jsonField === undefined ? "whole response" : "json field";
    return readable(isRight ? 1 : 0, { answer: given, readBy });
  },
});

function labelIn(text: string | null, jsonField: string | undefined): string | null {
  if (text === null) return null;
  const answer = withoutReasoning(text);
  if (jsonField !== undefined) {
    const value = findJsonObject(answer)?.value[jsonField];
    return typeof value === "string" && value.trim() !== "" ? value : null;
  }
  const lines = answer
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.length === 1 ? (lines[0] as string) : null;
}

function goldLabel(gold: unknown, jsonField: string | undefined): string {
  const list = unwrapped(gold, "[");
  const [only] = Array.isArray(list) && list.length === 1 ? list : [unwrapped(gold, "{")];
  const isObject = typeof only === "object" && only !== null && !Array.isArray(only);
  const value: unknown =
    isObject && jsonField !== undefined ? (only as Readonly<Record<string, unknown>>)[jsonField] : only;
  const label = typeof value === "boolean" || typeof value === "number" ? String(value) : value;
  if (typeof label === "string" && normalizeLabel(label) !== "") return label;
  const field = jsonField === undefined ? "" : `, or an object with the field ${JSON.stringify(jsonField)}`;
  throw refusedGold("label", gold, `expected one label as text${field}`);
}
