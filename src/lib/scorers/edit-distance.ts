import { z } from "zod";
import { scoreTextFields } from "../metrics/edit-similarity.js";
import { fromItemScore } from "./component-score.js";
import { goldObject, refusedGold, shownGold } from "./gold.js";
import { answerScorer } from "./scorer.js";

export const editDistance = answerScorer({
  name: "edit_distance",
  label: { en: "Text similarity", zh: "文本相似度" },
  summary:
    "The texts of a JSON object: similarity by edit distance, averaged over the fields of the gold answer.",
  version: "1",
  options: z.strictObject({
    fields: z
      .array(z.string())
      .optional()
      .describe("fields of the answer; for information only: the gold answer determines which are compared"),
  }),
  pooling: "mean",
  reads: "text",
  example: { text: '{"影像诊断": "右肺上叶结节"}', gold: { 影像诊断: "右肺上叶结节" } },
  checkGold: ({ gold }) => goldTexts(gold),
  score({ text, gold }) {
    return fromItemScore(scoreTextFields(text, goldTexts(gold)), {
      text,
      readBy: "json",
      show: ({ answer }) => JSON.stringify(answer),
    });
  },
});

/** The texts of the fields; a list or an object inside a field has no one spelling to compare with. */
function goldTexts(gold: unknown): Record<string, string> {
  const fields = Object.entries(goldObject(gold, "edit_distance"));
  const nested = fields.find(([, value]) => typeof value === "object" && value !== null);
  if (nested !== undefined)
    throw refusedGold(
      "edit_distance",
      gold,
      `whose field ${nested[0]} is ${shownGold(nested[1])}, expected a text`,
    );
  return Object.fromEntries(fields.map(([name, value]) => [name, String(value ?? "")]));
}
