import { z } from "zod";
import { rubricOption } from "./rubric-option.js";
import { verdictScorer } from "./scorer.js";

export const keyPoints = verdictScorer({
  name: "key_points",
  label: { en: "Key points", zh: "要点" },
  summary:
    "Share of the item's key points that the judge found in the answer; a verdict on only some of them is no grade.",
  version: "2",
  options: z.strictObject(rubricOption),
  pooling: "mean",
  reads: "verdicts",
  verdicts: { kind: "key_point", defaultRubric: "key-points", hasTags: false },
});
