import { z } from "zod";
import { rubricOption } from "./rubric-option.js";
import { verdictScorer } from "./scorer.js";

export const criteria = verdictScorer({
  name: "criteria",
  label: { en: "Weighted criteria", zh: "加权准则" },
  summary:
    "Points of the item's criteria that the judge found met (some are negative) / all positive points; for the answer and for each tag.",
  version: "2",
  options: z.strictObject({
    ...rubricOption,
    clip: z
      .enum(["mean", "item"], { error: 'expected "mean" or "item": tables hold means from 0 to 1' })
      .default("mean")
      .describe("whether values below 0 are clipped in the mean over items, or item by item"),
  }),
  pooling: "mean",
  reads: "verdicts",
  verdicts: { kind: "criterion", defaultRubric: "item-criteria", hasTags: true },
});
