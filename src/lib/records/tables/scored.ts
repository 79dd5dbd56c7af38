import { comparisonReasons, correctionReasons, intervalMethods } from "../../messages/codes.js";
import { raterPopulations } from "../rater-population.js";
import {
  type Column,
  count,
  flag,
  integer,
  number,
  optional,
  parametersOf,
  share,
  type Table,
  text,
} from "./column.js";
import { identity, itemKey, outcomes, responseKey, responseKeyNames, runColumns } from "./keys.js";

const intervalMethod = optional(
  text(
    "how the interval was computed: wilson-groups = Wilson on the effective number of groups; score-groups = score interval of a weighted mean, on the effective numbers of groups of its parts; wilson-rows = Wilson over rows, as if independent",
    intervalMethods,
  ),
);

const estimateColumns = {
  estimate: optional(share("mean score over groups' items, unrounded; NULL where incomplete")),
  lower: optional(share("lower end of the 95 % interval")),
  upper: optional(share("upper end of the 95 % interval")),
  standard_error: optional(number("standard error over groups")),
  interval_method: intervalMethod,
  board_value: optional(
    number(
      "0 to 100 as the board prints it, rounded half up: a task from its unrounded score, a dimension from its rounded tasks, the overall from its unrounded dimensions",
      [0, 100],
    ),
  ),
  worst: optional(share("estimate if everything not scored were wrong")),
  best: optional(share("estimate if everything not scored were right")),
};

const correctedColumns = {
  corrected: optional(
    share("estimate with the judge's grades corrected by physicians' ratings; NULL without ratings"),
  ),
  corrected_lower: optional(share("lower end of its 95 % interval, which accounts for the judge's error")),
  corrected_upper: optional(share("upper end of that interval")),
  corrected_raters: optional(
    text(
      "whose grades the corrected interval is about: raters like those who rated (three or more), or these raters only",
      raterPopulations,
    ),
  ),
  corrected_same_lower: optional(share("lower end of the interval for the grades of these raters only")),
  corrected_same_upper: optional(share("upper end of that interval")),
  corrected_unrated_share: optional(
    share(
      "share of the judged weight in datasets without a rated answer, where the judge is assumed to err as in the others",
    ),
  ),
  corrected_reason: optional(text("why the estimate could not be corrected", correctionReasons)),
  corrected_reason_parameters: parametersOf("corrected_reason"),
};

const countColumns = {
  n_items: count("items of the cell"),
  n_groups: count("independent groups of the cell (all variants of an item are one)"),
  effective_groups: optional(
    number(
      "number of groups of equal weight whose mean would be as precise as that of the groups with a score",
    ),
  ),
  few_groups: flag(
    "fewer than 5 effective groups: too few independent groups (or one with nearly half of the rows) for any interval to be trusted",
  ),
  n_expected: count("expected responses"),
  n_scored: count("responses that were scored from an answer (outcome scored)"),
};

const policies = ["answer", "wrong", "left out", "pending"] as const;

const taskStatuses = [
  "complete",
  "awaiting_gold",
  "awaiting_judgment",
  "not_submitted",
  "not_computed",
] as const;

type OutcomeCounts = {
  readonly [Outcome in Exclude<(typeof outcomes)[number], "scored"> as `n_${Outcome}`]: Column<
    "BIGINT",
    true
  >;
};
const outcomeCounts = Object.fromEntries(
  outcomes
    .filter((outcome) => outcome !== "scored")
    .map((outcome) => [`n_${outcome}`, count(`expected responses with outcome ${outcome}`)]),
) as OutcomeCounts;

/** What scoring and aggregation write: outcomes, scores and everything rolled up from them. */
export const scoredTables = {
  outcomes: {
    grain: "one row per expected response",
    key: responseKeyNames,
    columns: {
      ...responseKey,
      group_id: text("independent unit of the item"),
      outcome: text("outcome of the response", outcomes),
      detail: optional(text("why, in a stable code")),
      policy: text("how the outcome counts on this board", policies),
    },
  },
  outcome_counts: {
    grain: "one outcome in one dataset and condition for one run",
    key: ["run_id", "dataset", "condition", "outcome", "policy"],
    columns: {
      run_id: responseKey.run_id,
      dataset: responseKey.dataset,
      condition: responseKey.condition,
      outcome: text("outcome of the responses", outcomes),
      policy: text("how the outcome counts on this board", policies),
      n: count("expected responses with this outcome"),
      n_unsubmitted: count("those of them that are missing because the run answered nothing of the dataset"),
    },
    laws: {
      "what was not submitted is missing":
        "n_unsubmitted <= n AND (n_unsubmitted = 0 OR outcome = 'missing')",
    },
  },
  scores: {
    grain: "one value of one metric for one response",
    key: [...responseKeyNames, "metric", "node"],
    columns: {
      ...responseKey,
      attempt: integer(
        "place among the run's answers to this prompt under this condition, from 1; differs from repeat where only some prompts were repeated",
      ),
      n_attempts: integer(
        "answers to this prompt under this condition that count; their weights add up to one answer",
      ),
      group_id: text("independent unit of the item"),
      group_no: integer("number of the group inside benchmark, pool and track: the same for all runs"),
      metric: text("metric of the value"),
      node: text("tag of criteria (axis, theme) or reasoning stage; '' for the whole response"),
      value: number("score of the response; below 0 only where faults outweigh, on criteria with points"),
      score_1e9: count("value x 10^9 as an integer"),
      component: integer("which component of the dataset's metric, from 0"),
      by_policy: flag("value set by the outcome policy, not read from an answer"),
      tp: optional(integer("units right: fields, labels, key points, variants")),
      fp: optional(integer("units given that are not in the gold")),
      fn: optional(integer("units of the gold that were not given")),
      answer: optional(text("answer that was read from the response")),
      read_by: optional(text("rule that read it")),
      scorer_version: text("version of the scorer"),
    },
    laws: { "a score is at most 1": "value <= 1" },
  },
  readings: {
    grain: "one response whose answer the source and our reader read differently",
    key: responseKeyNames,
    columns: {
      ...responseKey,
      system: text("system id"),
      source_answer: optional(text("letter that the source took")),
      our_answer: optional(text("letter that our reader took; NULL = none")),
      read_by: text("rule that read it, or why nothing was read"),
      source_correct: optional(flag("the source's letter is the gold letter")),
      our_correct: optional(flag("our letter is the gold letter")),
    },
  },
  reading_accuracy: {
    grain: "one system in one dataset whose source published its own readings",
    key: ["run_id", "dataset"],
    columns: {
      ...runColumns,
      dataset: itemKey.dataset,
      n_responses: count("responses with gold and a choice to read"),
      n_differ: count("responses read differently"),
      source_accuracy: share("share correct with the source's readings"),
      our_accuracy: share("share correct with our readings"),
    },
  },
  task_scores: {
    grain: "one metric of one dataset for one run; metric `task` is the one that enters the composite",
    key: ["run_id", "dataset", "metric"],
    columns: {
      ...runColumns,
      dataset: itemKey.dataset,
      dimension: text("dimension of the dataset"),
      metric: text("`task` for the dataset's score on the board, else a component or companion metric"),
      ...estimateColumns,
      ...countColumns,
      ...outcomeCounts,
      status: text("whether the score is complete", taskStatuses),
      ...identity,
    },
  },
  dimension_scores: {
    grain: "one dimension for one run",
    key: ["run_id", "dimension"],
    columns: {
      ...runColumns,
      dimension: text("dimension of the track"),
      ...estimateColumns,
      mean_over_submitted: optional(share("mean over the tasks that have a score, where not all have")),
      bootstrap_lower: optional(
        share(
          "lower end by stratified bootstrap over groups, for comparison; NULL where groups do not vary, so that it shows nothing",
        ),
      ),
      bootstrap_upper: optional(
        share("upper end by stratified bootstrap over groups; NULL where groups do not vary"),
      ),
      ...correctedColumns,
      n_tasks: count("tasks of the dimension"),
      n_tasks_scored: count("tasks with a score"),
      ...countColumns,
      status: text("whether all tasks have a score", ["complete", "incomplete"]),
      identity: identity.identity,
    },
  },
  overall_scores: {
    grain: "one run",
    key: ["run_id"],
    columns: {
      ...runColumns,
      ...estimateColumns,
      mean_over_submitted: optional(share("mean over the tasks that have a score, where not all have")),
      bootstrap_lower: optional(
        share(
          "lower end by stratified bootstrap over groups, for comparison; NULL where groups do not vary, so that it shows nothing",
        ),
      ),
      bootstrap_upper: optional(
        share("upper end by stratified bootstrap over groups; NULL where groups do not vary"),
      ),
      ...correctedColumns,
      n_dimensions: count("dimensions of the track"),
      n_tasks: count("tasks of the track"),
      n_tasks_scored: count("tasks with a score"),
      ...countColumns,
      status: text("whether all dimensions have a score", ["complete", "incomplete"]),
      identity: identity.identity,
    },
  },
  condition_scores: {
    grain: "one dataset under one condition other than `base` for one run",
    key: ["run_id", "dataset", "condition"],
    columns: {
      ...runColumns,
      dataset: itemKey.dataset,
      dimension: text("dimension of the dataset"),
      condition: text("stressor, perturbation or language of the prompt"),
      estimate: optional(share("mean score under the condition, unrounded; NULL where incomplete")),
      lower: optional(share("lower end of the 95 % interval")),
      upper: optional(share("upper end of the 95 % interval")),
      standard_error: optional(number("standard error over groups")),
      interval_method: intervalMethod,
      ...countColumns,
      base_estimate: optional(share("mean score under `base` on the prompts that were answered under both")),
      drop: optional(
        number(
          "base minus condition on the prompts that were answered under both; above 0 if the condition hurts",
          [-1, 1],
        ),
      ),
      drop_lower: optional(number("lower end of the drop's 95 % interval, paired over groups")),
      drop_upper: optional(number("upper end of that interval")),
      drop_standard_error: optional(number("standard error of the paired difference over groups")),
      n_paired_groups: count("groups with a score under both"),
      reason: optional(text("why the drop has no interval", comparisonReasons)),
      reason_parameters: parametersOf("reason"),
      status: text("whether the score under the condition is complete", taskStatuses),
      identity: identity.identity,
    },
  },
  specialty_scores: {
    grain: "one specialty for one run",
    key: ["run_id", "level", "specialty"],
    columns: {
      ...runColumns,
      level: text("level of the taxonomy", ["primary", "secondary"]),
      specialty: text("specialty code"),
      estimate: optional(share("mean item score inside the specialty")),
      lower: optional(share("lower end of the 95 % interval")),
      upper: optional(share("upper end of the 95 % interval")),
      interval_method: intervalMethod,
      worst: optional(share("estimate if everything not scored were wrong")),
      best: optional(share("estimate if everything not scored were right")),
      ...countColumns,
      n_not_submitted: count(
        "items of the cell in datasets that the run never submitted; above 0 there is no estimate, only bounds",
      ),
      thin: flag("fewer than 30 items: interpret with caution"),
      pooled: optional(
        share(
          "the estimate partially pooled with the other specialties and runs, for reading next to the estimate, never instead of it; NULL without an estimate or with fewer than five specialties",
        ),
      ),
      pooled_lower: optional(share("lower end of its 95 % interval")),
      pooled_upper: optional(share("upper end of that interval")),
      prior_mean: optional(
        share(
          "score that the run's other specialties and the other runs on this specialty lead one to expect, before its own answers are seen",
        ),
      ),
      prior_sd: optional(share("standard deviation of that expectation")),
      shrinkage: optional(
        share(
          "variance of the pooled score over that of the expectation, in log-odds: near 1 the pooled score is mostly the expectation, near 0 mostly the estimate",
        ),
      ),
      n_pooled_runs: optional(
        count("runs that were pooled together: those of the same benchmark, pool, track and board"),
      ),
      identity: identity.identity,
    },
  },
  specialty_coverage: {
    grain: "one specialty of the taxonomy per benchmark and pool, and one row for items without any",
    key: ["benchmark", "pool", "level", "specialty"],
    columns: {
      benchmark: itemKey.benchmark,
      pool: itemKey.pool,
      level: text("level of the taxonomy", ["primary", "secondary"]),
      specialty: text("specialty code; '' = items without a specialty"),
      n_items: count("items"),
      n_groups: count("independent groups"),
      n_datasets: count("datasets that they belong to"),
    },
  },
  score_distributions: {
    grain: "one value that groups of a dataset take for a run",
    key: ["run_id", "dataset", "group_score"],
    columns: {
      ...runColumns,
      dataset: itemKey.dataset,
      group_score: number("mean score of the group's responses on the task metric, to 4 decimals"),
      n_groups: count("groups with that value"),
    },
    laws: { "a score is at most 1": "group_score <= 1" },
  },
} as const satisfies Record<string, Table>;
