import { z } from "zod";
import { scoreBoxes } from "../metrics/box-answer.js";
import { fromItemScore } from "./component-score.js";
import { answerScorer } from "./scorer.js";

export const boxes = answerScorer({
  name: "boxes",
  label: { en: "Boxes", zh: "边界框" },
  summary: "Boxes on an image, matched with the gold boxes: their mean overlap (IoU).",
  version: "1",
  options: z.strictObject({
    space: z
      .enum(["per1000", "unit"])
      .default("per1000")
      .describe("coordinates of the boxes: thousandths of the image's sides, or fractions of them"),
  }),
  pooling: "mean",
  reads: "text",
  example: {
    text: '[{"类别": ["肺癌"], "边界框": [420, 380, 510, 460]}]',
    gold: [{ 类别: ["肺癌"], 边界框: [420, 380, 510, 460] }],
  },
  score({ text, gold }, { space }) {
    return fromItemScore(scoreBoxes(text, gold, { space }), {
      text,
      readBy: "json",
      show: (parsed) => JSON.stringify(parsed),
    });
  },
});
