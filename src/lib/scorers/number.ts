import { z } from "zod";
import { readNumericGold, scoreNumeric } from "../metrics/numeric-answer.js";
import { fromItemScore } from "./component-score.js";
import { answerScorer } from "./scorer.js";

export const number = answerScorer({
  name: "number",
  label: { en: "Number", zh: "数值" },
  summary: "One number, correct if it is within the item's tolerance.",
  version: "2",
  options: z.strictObject({}),
  pooling: "mean",
  reads: "text",
  example: { text: "肌酐清除率约为 62.5 mL/min", gold: { value: 62.4, lower: 61, upper: 63 } },
  checkGold({ gold }) {
    readNumericGold(gold);
    return gold;
  },
  score({ text, gold }) {
    return fromItemScore(scoreNumeric(text, gold), {
      text,
      readBy: "number",
      show: (parsed) => JSON.stringify(parsed),
    });
  },
});
