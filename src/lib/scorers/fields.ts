import { z } from "zod";
import { scoreFields } from "../metrics/field-accuracy.js";
import { fromItemScore } from "./component-score.js";
import { goldObject } from "./gold.js";
import { answerScorer } from "./scorer.js";

export const fields = answerScorer({
  name: "fields",
  label: { en: "Fields", zh: "字段" },
  summary:
    "A JSON object, field by field: correct fields / expected fields, over all items together. Of several objects, the last with the most expected fields.",
  version: "2",
  options: z.strictObject({}),
  pooling: "parts_right",
  reads: "text",
  example: { text: '{"年龄": 56, "主诉": "胸痛"}', gold: { 年龄: 56, 主诉: "胸痛" } },
  checkGold: ({ gold }) => goldObject(gold, "fields"),
  score({ text, gold }) {
    const item = scoreFields(text, goldObject(gold, "fields"));
    const { correct, total } = item.parts;
    return fromItemScore(item, {
      text,
      readBy: "json",
      counts: { tp: correct, fp: 0, fn: total - correct },
      show: ({ answer }) => JSON.stringify(answer),
    });
  },
});
