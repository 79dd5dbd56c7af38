import { z } from "zod";
import { rubricOption } from "./rubric-option.js";
import { verdictScorer } from "./scorer.js";

export const judge = verdictScorer({
  name: "judge",
  label: { en: "Judge's grades", zh: "评审模型评分" },
  summary:
    "Mean of the judge's grades over the criteria of the rubric, as a share of the highest grade; a verdict on only some of them is no grade.",
  version: "2",
  options: z.strictObject(rubricOption),
  pooling: "mean",
  reads: "verdicts",
  verdicts: { kind: "scale", defaultRubric: "clinical-5", hasTags: false },
});
