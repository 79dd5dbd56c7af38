import { z } from "zod";
import { scoreTextFields } from "../metrics/edit-similarity.js";
import { fromItemScore } from "./component-score.js";
import { goldObject } from "./gold.js";
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
  score({ text, gold }) {
    const wanted = Object.fromEntries(
      Object.entries(goldObject(gold, "edit_distance")).map(([name, value]) => [name, String(value ?? "")]),
    );
    return fromItemScore(scoreTextFields(text, wanted), {
      text,
      readBy: "json",
      show: ({ answer }) => JSON.stringify(answer),
    });
  },
});
