import type { ReleasedRow } from "../lib/records/released-tables.js";

/** Columns that tell versions of a judge apart, in every table about judges. */
export type JudgeVersion = ReleasedRow<"agreement", "benchmark" | "judge" | "rubric_version" | "prompt_hash">;

/** One text for a judge version, for selectors and comparisons. */
export function versionKey({ benchmark, judge, rubric_version, prompt_hash }: JudgeVersion): string {
  return [benchmark, judge, rubric_version, prompt_hash].filter((part) => part !== "").join(" · ");
}
