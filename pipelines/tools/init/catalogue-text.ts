import type { Plan } from "./planned.js";
import { flowScalar, scalar } from "./scalar.js";

export interface BenchmarkName {
  readonly id: string;
  readonly en: string | null;
  readonly zh: string | null;
}

const explained: readonly (readonly [outcome: string, meaning: string])[] = [
  ["refused", "the system declined"],
  ["empty", "no text"],
  ["unparsed", "no answer could be read from the text"],
  ["conflict", "letter and text of the answer contradict each other; `letter` would count the letter"],
  ["truncated", "cut off before an answer"],
  ["errored", "the request failed"],
  ["missing", "no response to this question"],
  ["judge_failed", "the judge gave no complete grade"],
  ["awaiting_gold", "no right answer yet"],
  ["awaiting_judgment", "no grade or score yet"],
  ["excluded", "the item does not count"],
];

/** Outcomes of blank cells and absent rows: an answer that is not there, or a score. */
export function blankOutcomes({
  hasOnlyScores,
  areScores,
  hasText,
}: Pick<Plan, "hasOnlyScores" | "areScores" | "hasText">): string[] {
  return [
    ...["empty", "missing"],
    // A score that is not there will not come; a grade for a text may.
    ...(hasOnlyScores || (areScores && !hasText) ? ["awaiting_judgment"] : []),
    ...(areScores && !hasOnlyScores ? ["judge_failed"] : []),
  ];
}

/** What each outcome counts as. */
function policyOf(outcome: string, board: "upload" | "api", plan: Plan): string {
  if (blankOutcomes(plan).includes(outcome)) return plan.blanks;
  // Questions that never had a right answer would keep the score of every run open.
  if (outcome === "awaiting_gold" && !plan.hasAllGold) return "left out";
  if (outcome === "judge_failed" || outcome === "excluded") return "left out";
  if (outcome === "awaiting_gold" || outcome === "awaiting_judgment") return "pending";
  return outcome === "errored" && board === "api" ? "left out" : "wrong";
}

/** The catalogue as a YAML file for people. */
export function catalogueText(plan: Plan, name: BenchmarkName): string {
  const { datasets } = plan;
  const names =
    name.en !== null && name.zh !== null
      ? `{en: ${flowScalar(name.en)}, zh: ${flowScalar(name.zh)}}`
      : flowScalar(name.en ?? name.zh ?? name.id);
  const policies = (board: "upload" | "api") =>
    explained.map(
      ([outcome, meaning]) =>
        `    ${`${outcome}: ${policyOf(outcome, board, plan)}`.padEnd(30)} # ${meaning}${blankOutcomes(plan).includes(outcome) ? "; also the rule for blanks" : ""}`,
    );
  const lines = [
    "# What the benchmark is: its datasets, how answers are scored, and what counts how much.",
    "# Written by medbench init; change what is not right. Format: docs/catalogue.md, scorers: docs/scorers.md",
    "schema: medbench-catalogue/1",
    `id: ${scalar(name.id)}`,
    "# Names are one text, or one for each language: {en: ..., zh: ...}. A language without a text shows the other's.",
    `name: ${names}`,
    "# The overall score is the mean of the dimensions, a dimension the mean of its datasets.",
    "composite: {rule: mean_of_means, boardDecimals: 1}",
    "# What a response without a score counts as: wrong (0), left out, or pending (the score of the run is open).",
    "outcomePolicy:",
    "  api:",
    ...policies("api"),
    "  upload:",
    ...policies("upload"),
    "tracks:",
    '  - {id: llm, name: {en: "Language models", zh: "大语言模型"}}',
    "dimensions:",
    `  - {id: all, track: llm, name: ${names}}`,
    "datasets:",
    ...datasets.flatMap((dataset) => [
      `  - id: ${scalar(dataset.id)}`,
      "    track: llm",
      "    dimension: all",
      `    answerType: ${dataset.answerType}`,
      `    language: ${dataset.language}`,
      `    # ${dataset.why}`,
      "    scoring:",
      `      - components: [{metric: ${dataset.metric}, scorer: ${dataset.scorer}${Object.keys(dataset.options).length > 0 ? `, options: ${inline(dataset.options)}` : ""}}]`,
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

function inline(options: Readonly<Record<string, unknown>>): string {
  return `{${Object.entries(options)
    .map(([key, value]) => `${key}: ${flowScalar(value as string | number)}`)
    .join(", ")}}`;
}
