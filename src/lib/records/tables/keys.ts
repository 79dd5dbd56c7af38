import { integer, optional, text } from "./column.js";

export const boards = ["upload", "api"] as const;

/** The possible outcomes of an expected response; exactly one applies. */
export const outcomes = [
  "scored",
  "refused",
  "empty",
  "unparsed",
  "conflict",
  "truncated",
  "judge_failed",
  "errored",
  "missing",
  "awaiting_gold",
  "awaiting_judgment",
  "excluded",
] as const;

export const itemKey = {
  benchmark: text("benchmark, as its catalogue file names it"),
  dataset: text("dataset id in the catalogue"),
  pool: text("dated rotation of items; scores of different pools are not comparable"),
  item_id: text("item, unique inside benchmark, dataset and pool; files of one dataset prefix it (SCQ/12)"),
  variant: integer("option order or wording of the item, from 1"),
};

export const responseKey = {
  run_id: text("run: one system on one pool through one board"),
  benchmark: itemKey.benchmark,
  dataset: itemKey.dataset,
  pool: itemKey.pool,
  item_id: itemKey.item_id,
  variant: itemKey.variant,
  condition: text("stressor, perturbation or language of the prompt; `base` where there is none"),
  repeat: integer("repetition of the same prompt by the same system, from 1"),
};
export const responseKeyNames = [
  "run_id",
  "benchmark",
  "dataset",
  "pool",
  "item_id",
  "variant",
  "condition",
  "repeat",
];

export const identity = {
  identity: text("hash of everything that must be equal before two scores can be compared"),
  metric_version: text("metric of the dataset and the day from which it is valid"),
  judge: optional(text("judge model, where a judge took part")),
  judge_prompt: optional(text("hash of rubric and prompt, where a judge took part")),
  gold_version: text("hash of the gold answers used"),
  settings: text("decoding settings of the run, as JSON with sorted keys"),
};

export const runColumns = {
  run_id: responseKey.run_id,
  system: text("system id"),
  benchmark: itemKey.benchmark,
  pool: itemKey.pool,
  board: text("how the answers arrived; upload and api use different items and are never mixed", boards),
  track: text("track of the benchmark"),
};
