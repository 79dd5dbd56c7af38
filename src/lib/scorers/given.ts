import { z } from "zod";
import { sourceScorer } from "./scorer.js";

export const given = sourceScorer({
  name: "given",
  label: { en: "Given score", zh: "已有得分" },
  summary:
    "The score that the source gave to the response (`source_score`), as a share of its scale. A score outside the scale is not read.",
  version: "1",
  options: z
    .strictObject({
      min: z.number().default(0).describe("lowest score of the scale"),
      max: z.number().default(1).describe("highest score of the scale"),
    })
    .refine(({ min, max }) => min < max, { message: "min must be below max", path: ["min"] }),
  pooling: "mean",
  reads: "scores",
});
