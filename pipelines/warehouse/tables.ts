/**
 * The warehouse's tables: grain, key, columns with meaning and unit, and the laws each row obeys. This is the one place
 * that says so; the writer checks every table against it, the data dictionary and the docs are printed from it.
 *
 * Conventions: shares and scores are 0 to 1; undefined is NULL, never 0; `score_1e9` columns hold scores as integers
 * (times 10^9) because sums of integers do not depend on the order in which threads add them.
 */

export type ColumnType = "VARCHAR" | "INTEGER" | "BIGINT" | "DOUBLE" | "BOOLEAN" | "DATE" | "TIMESTAMP";

export interface Column {
  readonly type: ColumnType;
  readonly required: boolean;
  readonly meaning: string;
  /** Values outside the list break the table's law. */
  readonly oneOf?: readonly string[];
  /** Inclusive bounds of a number. */
  readonly between?: readonly [number, number];
}

export interface Table {
  readonly grain: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
  /** SQL conditions that hold on every row, by what they state. */
  readonly laws?: Readonly<Record<string, string>>;
  /** Raw text, gold, people: must never be joined into anything under `release`. */
  readonly confidential?: boolean;
}

const text = (meaning: string, oneOf?: readonly string[]): Column => ({
  type: "VARCHAR",
  required: true,
  meaning,
  ...(oneOf ? { oneOf } : {}),
});
const integer = (meaning: string): Column => ({ type: "INTEGER", required: true, meaning });
const count = (meaning: string): Column => ({ type: "BIGINT", required: true, meaning });
const share = (meaning: string): Column => ({ type: "DOUBLE", required: true, meaning, between: [0, 1] });
const number = (meaning: string): Column => ({ type: "DOUBLE", required: true, meaning });
const flag = (meaning: string): Column => ({ type: "BOOLEAN", required: true, meaning });
const optional = (column: Column): Column => ({ ...column, required: false });

export const boards = ["upload", "api"] as const;

/** What can become of an expected response. Exactly one holds. */
export const outcomes = [
  "scored",
  "refused",
  "empty",
  "unparsed",
  "truncated",
  "judge_failed",
  "errored",
  "missing",
  "awaiting_gold",
  "awaiting_judgment",
  "excluded",
] as const;

const itemKey = {
  benchmark: text("benchmark, as its catalogue file names it"),
  dataset: text("dataset id in the catalogue"),
  pool: text("dated rotation of items; scores of different pools are not comparable"),
  item_id: text("item, unique inside benchmark, dataset and pool; files of one dataset prefix it (SCQ/12)"),
  variant: integer("option order or wording of the item, from 1"),
};

const responseKey = {
  run_id: text("run: one system on one pool through one board"),
  benchmark: itemKey.benchmark,
  dataset: itemKey.dataset,
  pool: itemKey.pool,
  item_id: itemKey.item_id,
  variant: itemKey.variant,
  condition: text("stressor, perturbation or language of the prompt; `base` where there is none"),
  repeat: integer("repetition of the same prompt by the same system, from 1"),
};
const responseKeyNames = [
  "run_id",
  "benchmark",
  "dataset",
  "pool",
  "item_id",
  "variant",
  "condition",
  "repeat",
];

const identity = {
  identity: text("hash of everything that must be equal for two scores to be compared"),
  metric_version: text("metric of the dataset and the day from which it is valid"),
  judge: optional(text("judge model, where a judge took part")),
  judge_prompt: optional(text("hash of rubric and prompt, where a judge took part")),
  gold_version: text("hash of the gold answers used"),
  settings: text("decoding settings of the run, as JSON with sorted keys"),
};

const runColumns = {
  run_id: responseKey.run_id,
  system: text("system id"),
  benchmark: itemKey.benchmark,
  pool: itemKey.pool,
  board: text("how the answers arrived; upload and api use different items and are never mixed", boards),
  track: text("track of the benchmark"),
};

const estimateColumns = {
  estimate: optional(share("mean score over groups' items, unrounded; NULL where incomplete")),
  lower: optional(share("lower end of the 95 % interval")),
  upper: optional(share("upper end of the 95 % interval")),
  standard_error: optional(number("standard error over groups")),
  interval_method: optional(text("how the interval was made")),
  board_value: optional({
    type: "DOUBLE",
    required: true,
    meaning: "0 to 100, rounded half up at each level as the board does",
    between: [0, 100],
  } as Column),
  worst: optional(share("estimate if everything not scored were wrong")),
  best: optional(share("estimate if everything not scored were right")),
};

const correctedColumns = {
  corrected: optional(
    share("estimate with the judge's grades moved by what physicians' ratings show; NULL without ratings"),
  ),
  corrected_lower: optional(share("lower end of its 95 % interval, which carries the judge's error")),
  corrected_upper: optional(share("upper end of that interval")),
};

const countColumns = {
  n_items: count("items of the cell"),
  n_groups: count("independent groups of the cell (all variants of an item are one)"),
  n_expected: count("expected responses"),
  n_scored: count("responses that were scored from an answer (outcome scored)"),
};

const outcomeCounts = Object.fromEntries(
  outcomes
    .filter((outcome) => outcome !== "scored")
    .map((outcome) => [`n_${outcome}`, count(`expected responses with outcome ${outcome}`)]),
);

const judgeVersion = {
  benchmark: itemKey.benchmark,
  judge: text("judge model"),
  rubric_version: text("rubric and its version"),
  prompt_hash: text("hash of rubric and prompt; '' where the source has none"),
};
const judgeVersionNames = ["benchmark", "judge", "rubric_version", "prompt_hash"];
const criterionSlice = {
  criterion: text("criterion of the rubric; `all` = the graded criteria together"),
  slice_kind: text("kind of slice; period = pool of items", [
    "overall",
    "dataset",
    "specialty",
    "family",
    "language",
    "period",
  ]),
  slice: text("slice; '' for overall and for items without a specialty"),
};

export const tables = {
  items: {
    grain: "one row per variant of an item",
    key: ["benchmark", "dataset", "pool", "item_id", "variant"],
    columns: {
      ...itemKey,
      group_id: text("independent unit: all variants of one source item"),
      part: text("file of the dataset that holds the item ('' where the dataset has one file)"),
      track: text("track of the benchmark"),
      dimension: text("dimension of the track"),
      answer_type: text("answer type that decides how the response is read and scored"),
      language: text("language of the item (BCP 47)"),
      difficulty: optional(text("difficulty label of the benchmark's owner")),
      released_on: optional({
        type: "DATE",
        required: true,
        meaning: "day on which the item became public",
      } as Column),
      visibility: text("who may see the item text", ["public", "private"]),
      specialty_primary: optional(text("primary specialty codes from the crosswalk, `|` between several")),
      specialty_secondary: optional(
        text("secondary specialty codes from the crosswalk, `|` between several"),
      ),
      n_options: optional(integer("number of answer options, where the owner supplied them")),
      prompt_hash: text("first 16 hex digits of the SHA-256 of the question text"),
      has_gold: flag("a gold answer or key points are known"),
      excluded: optional(
        text("rule that keeps the item out of the scores (annulled, needs an image); NULL = counts"),
      ),
      origin: text("where the item came from: a question pack, a mapping, or the answers themselves", [
        "pack",
        "mapping",
        "answers",
      ]),
    },
  },
  items_private: {
    grain: "one row per variant of an item",
    key: ["benchmark", "dataset", "pool", "item_id", "variant"],
    confidential: true,
    columns: {
      ...itemKey,
      question: optional(text("question text as given to the system")),
      options: optional(text("answer options: JSON object, letter to text")),
      gold: optional(text("gold answer as JSON (string, list, object)")),
      key_points: optional(text("key points: JSON list of strings or {text, weight}")),
      media: optional(text("paths of images or documents: JSON list")),
    },
  },
  runs: {
    grain: "one row per run",
    key: ["run_id"],
    columns: {
      ...runColumns,
      system_kind: text("what kind of system ran", ["model", "agent", "human"]),
      family: optional(text("model family, for self-preference checks")),
      organisation: optional(text("who made the system")),
      access: optional(text("open weights, api or closed")),
      parameters: optional(number("model size in parameters")),
      temperature: optional(number("decoding temperature")),
      max_tokens: optional(integer("limit of generated tokens")),
      context: optional(integer("context length in tokens")),
      scaffold: optional(text("agent scaffold")),
      backbone: optional(text("model under an agent")),
      submitted_at: optional(text("submission time as given (ISO 8601)")),
      source: text("path of the source inside the ingest"),
      source_hash: text("SHA-256 of the source's bytes"),
    },
  },
  responses: {
    grain: "one row per response of a system to a variant",
    key: responseKeyNames,
    confidential: true,
    columns: {
      ...responseKey,
      raw: optional(text("model text exactly as received; NULL = not answered")),
      source_parsed: optional(text("answer that the source itself read from the text, where it says so")),
      finish_reason: optional(text("why generation ended, as the API said")),
      error: optional(text("error of the run for this item")),
      prompt_tokens: optional(count("tokens of the prompt")),
      completion_tokens: optional(count("tokens generated")),
      latency_s: optional(number("seconds to the full response")),
      cost_usd: optional(number("cost in US dollars")),
      confidence: optional(share("stated or derived confidence")),
      trajectory: optional(text("agent steps as JSON")),
      matched_by: text(
        "how the line found its item: id, text of the question, order of lines, or the mapping",
        ["id", "text", "order", "mapping"],
      ),
      source_file: text("file inside the source"),
      source_line: count("line in that file, from 1 (row number for tables)"),
    },
  },
  quarantine: {
    grain: "one row per line or file that was not taken",
    key: ["source", "file", "line", "reason"],
    columns: {
      source: text("source of the ingest"),
      file: text("file inside the source"),
      line: count("line from 1; 0 = the whole file"),
      byte_offset: count("offset of the line's first byte"),
      byte_length: count("length of the line in bytes"),
      reason: text("stable code of what was wrong"),
      detail: text("what was found and what would be right"),
      excerpt_hash: text("SHA-256 of the raw bytes"),
    },
  },
  source_files: {
    grain: "one row per file that was looked at",
    key: ["source", "file"],
    columns: {
      source: text("source of the ingest"),
      file: text("file inside the source"),
      role: text("what the file was taken for", [
        "questions",
        "answers",
        "gold",
        "crosswalk",
        "systems",
        "mapping",
        "ignored",
        "refused",
      ]),
      sha256: text("SHA-256 of the bytes"),
      bytes: count("size in bytes"),
      rows_in: count("lines or rows found, blank lines not counted"),
      rows_out: count("rows taken into tables"),
      rows_quarantined: count("rows in quarantine"),
      path: text("how it was read", ["fast", "line by line", "mapping", "none"]),
    },
    laws: { "rows in = rows out + quarantined": "rows_in = rows_out + rows_quarantined" },
  },
  judgments: {
    grain: "one verdict of a judge on one criterion of a response",
    key: [...responseKeyNames, "judge", "rubric_version", "criterion", "judge_repeat"],
    confidential: true,
    columns: {
      ...responseKey,
      judge: text("judge model"),
      rubric_version: text("rubric and its version"),
      criterion: text("criterion of the rubric, or key_point/<n>"),
      judge_repeat: integer("repetition by the same judge, from 1"),
      raw: optional(text("verdict text as received")),
      scale_min: number("lowest value of the scale"),
      scale_max: number("highest value of the scale"),
      value: optional(number("verdict on the scale; NULL unless status is ok")),
      rationale: optional(text("judge's reasons")),
      status: text("what became of the judgment", ["ok", "cannot_rate", "failed"]),
      prompt_hash: optional(text("hash of rubric and prompt")),
      request_hash: optional(text("hash of the whole request")),
      prompt_tokens: optional(count("tokens of the prompt")),
      completion_tokens: optional(count("tokens generated")),
    },
    laws: {
      "a value lies on its scale": "value IS NULL OR value BETWEEN scale_min AND scale_max",
      "a value is there exactly when the status is ok": "(value IS NOT NULL) = (status = 'ok')",
    },
  },
  ratings: {
    grain: "one rating of a person on one criterion of a response",
    key: [...responseKeyNames, "rater", "criterion"],
    confidential: true,
    columns: {
      ...responseKey,
      rater: text("pseudonym of the rater"),
      criterion: text("criterion of the rubric"),
      raw: optional(text("rating as received")),
      scale_min: number("lowest value of the scale"),
      scale_max: number("highest value of the scale"),
      value: optional(number("rating on the scale; NULL = could not rate")),
      role: optional(text("physician, expert, lay")),
      blinded: optional(flag("rater did not know the system")),
      batch: optional(text("rating round")),
      inclusion_probability: optional(
        share("chance with which the answer was drawn for rating, where the draw says so"),
      ),
      rated_at: optional(text("time of the rating (ISO 8601)")),
    },
    laws: { "a value lies on its scale": "value IS NULL OR value BETWEEN scale_min AND scale_max" },
  },
  outcomes: {
    grain: "one row per expected response",
    key: responseKeyNames,
    columns: {
      ...responseKey,
      group_id: text("independent unit of the item"),
      outcome: text("what became of the response", outcomes),
      detail: optional(text("why, in a stable code")),
      policy: text("how the outcome counts on this board", ["answer", "wrong", "left out", "pending"]),
    },
  },
  scores: {
    grain: "one value of one metric for one response",
    key: [...responseKeyNames, "metric", "node"],
    columns: {
      ...responseKey,
      group_id: text("independent unit of the item"),
      group_no: integer("number of the group inside benchmark, pool and track: the same for all runs"),
      metric: text("metric of the value"),
      node: text("reasoning stage or field; '' for the whole response"),
      value: share("score of the response"),
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
      source_accuracy: share("share right with the source's readings"),
      our_accuracy: share("share right with our readings"),
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
      status: text("whether the score is complete", [
        "complete",
        "awaiting_gold",
        "awaiting_judgment",
        "not_submitted",
      ]),
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
      bootstrap_lower: optional(share("lower end by stratified bootstrap over groups")),
      bootstrap_upper: optional(share("upper end by stratified bootstrap over groups")),
      ...correctedColumns,
      n_tasks: count("tasks of the dimension"),
      n_tasks_scored: count("tasks with a score"),
      ...countColumns,
      status: text("whether all tasks are there", ["complete", "incomplete"]),
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
      bootstrap_lower: optional(share("lower end by stratified bootstrap over groups")),
      bootstrap_upper: optional(share("upper end by stratified bootstrap over groups")),
      ...correctedColumns,
      n_dimensions: count("dimensions of the track"),
      n_tasks: count("tasks of the track"),
      n_tasks_scored: count("tasks with a score"),
      ...countColumns,
      status: text("whether all dimensions are there", ["complete", "incomplete"]),
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
      interval_method: optional(text("how the interval was made")),
      worst: optional(share("estimate if everything not scored were wrong")),
      best: optional(share("estimate if everything not scored were right")),
      ...countColumns,
      thin: flag("fewer than 30 items: read with care"),
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
      n_datasets: count("datasets in which they lie"),
    },
  },
  score_distributions: {
    grain: "one value that groups of a dataset take for a run",
    key: ["run_id", "dataset", "group_score"],
    columns: {
      ...runColumns,
      dataset: itemKey.dataset,
      group_score: share("mean score of the group's responses on the task metric, to 4 decimals"),
      n_groups: count("groups with that value"),
    },
  },
  agreement: {
    grain: "one judge version on one criterion in one slice of the rated answers",
    key: [...judgeVersionNames, "criterion", "slice_kind", "slice"],
    columns: {
      ...judgeVersion,
      ...criterionSlice,
      scale_min: number("lowest value of the scale"),
      scale_max: number("highest value of the scale"),
      n_ratings: count("pairs of a verdict and one physician's rating"),
      n_responses: count("rated answers"),
      n_groups: count("independent items; intervals rest on them"),
      n_raters: count("physicians"),
      n_blinded: count("pairs whose physician is recorded not to have known the system"),
      judge_mean: optional(number("mean verdict, on the scale")),
      people_mean: optional(number("mean rating, on the scale")),
      weighting: text("weights of kappa and AC", ["unweighted", "quadratic"]),
      raw_agreement: optional(share("share of pairs with the same value")),
      kappa: optional(number("Cohen's kappa of the judge with one physician")),
      kappa_lower: optional(number("lower end of its 95 % interval, cluster-robust")),
      kappa_upper: optional(number("upper end of its 95 % interval")),
      kappa_se: optional(number("standard error of kappa over items")),
      ac: optional(number("Gwet's AC1 (two values) or AC2: robust where one value prevails")),
      alpha: optional(number("Krippendorff's alpha of the pairs, nominal or ordinal")),
      icc: optional(number("ICC(2,1) of the judge with the mean of the physicians")),
      bias: optional(number("mean of judge less physicians' mean, on the scale")),
      bias_lower: optional(number("lower end of its 95 % interval, cluster-robust")),
      bias_upper: optional(number("upper end of its 95 % interval")),
      limit_lower: optional(number("lower Bland-Altman limit")),
      limit_upper: optional(number("upper Bland-Altman limit")),
      low_at_most: number("grades up to this count as low (unsafe, on the criterion safety)"),
      n_low: count("ratings by physicians that are low"),
      judge_low_share: optional(share("share of pairs in which the judge's grade is low")),
      people_low_share: optional(share("share of ratings that are low: the base rate")),
      sensitivity: optional(share("share of low ratings to which the judge gave a low grade")),
      sensitivity_lower: optional(share("lower end of its Wilson interval")),
      sensitivity_upper: optional(share("upper end of its Wilson interval")),
      specificity: optional(share("share of ratings that are not low to which the judge gave no low grade")),
      specificity_lower: optional(share("lower end of its Wilson interval")),
      specificity_upper: optional(share("upper end of its Wilson interval")),
      n_rater_pairs: count("pairs of two physicians on the same answer"),
      ceiling: optional(number("kappa of one physician with another on the same answers")),
      ceiling_lower: optional(number("lower end of its 95 % interval")),
      ceiling_upper: optional(number("upper end of its 95 % interval")),
      over_ceiling: optional(number("kappa of the judge less the ceiling")),
      over_ceiling_lower: optional(number("lower end of its 95 % interval, from the same items")),
      over_ceiling_upper: optional(number("upper end of its 95 % interval")),
      reason: optional(text("why kappa or its interval is undefined")),
    },
  },
  judge_grades: {
    grain: "one pair of values that a judge version and physicians gave the same answers",
    key: [...judgeVersionNames, "criterion", "judge_value", "people_value"],
    columns: {
      ...judgeVersion,
      criterion: criterionSlice.criterion,
      judge_value: number("the judge's grade"),
      people_value: number("a physician's grade of the same answer"),
      n_ratings: count("pairs with these two values"),
      n_groups: count("independent items among them"),
    },
  },
  validity: {
    grain: "one judge version on one criterion in one slice: may it stand in for physicians there?",
    key: [...judgeVersionNames, "criterion", "slice_kind", "slice"],
    columns: {
      ...judgeVersion,
      ...criterionSlice,
      status: text("validated on its own ratings, borrowed from the other slices, or neither", [
        "validated",
        "borrowed",
        "not validated",
      ]),
      action: text("recalibrate: kappa below the target; warning: its interval reaches below", [
        "none",
        "warning",
        "recalibrate",
      ]),
      reason: text("why the slice has its status"),
      n_groups: count("independent rated items of the slice"),
      kappa: optional(number("the slice's own kappa")),
      kappa_lower: optional(number("lower end of its 95 % interval")),
      kappa_upper: optional(number("upper end of its 95 % interval")),
      pooled: optional(number("kappa after partial pooling with the other slices")),
      pooled_lower: optional(number("lower end of its 95 % interval")),
      pooled_upper: optional(number("upper end of its 95 % interval")),
      borrowed: optional(share("share of the pooled kappa that comes from the other slices")),
      p_misses_target: optional(share("adjusted p-value of reaching the target: small = shown to miss it")),
      p_above_floor: optional(share("adjusted p-value of lying at most at the floor: small = above it")),
      target: number("kappa that a judge should reach"),
      floor: number("kappa below which a judge may not stand in for people"),
      minimum_groups: count("items below which a slice validates nothing by itself"),
      false_discovery_rate: share("share of false claims allowed over the slices"),
    },
  },
  drift: {
    grain: "one version or pool against the baseline on one criterion",
    key: ["benchmark", "criterion", "kind", "baseline", "period"],
    columns: {
      benchmark: itemKey.benchmark,
      criterion: criterionSlice.criterion,
      kind: text("version: same answers graded by two versions; pool: distance from people in two pools", [
        "version",
        "pool",
      ]),
      baseline: text("version or pool that is compared with"),
      period: text("version or pool that is looked at"),
      change: optional(number("mean change, on the scale")),
      standard_error: optional(number("its standard error over items")),
      control_limit: optional(number("change that chance alone would exceed at the false-alarm rate")),
      alarm: optional(flag("the change is beyond the limit")),
      n_answers: count("answers compared"),
      n_groups: count("independent items among them"),
      looks: count("comparisons over which the false-alarm rate is kept"),
      false_alarm_rate: share("chance of any alarm over the looks while nothing drifts"),
      reason: optional(text("why there is no limit")),
    },
  },
  judge_bias: {
    grain: "one effect on one subject, for one judge version on one criterion",
    key: [...judgeVersionNames, "criterion", "effect", "subject"],
    confidential: true,
    columns: {
      ...judgeVersion,
      criterion: criterionSlice.criterion,
      effect: text("what is measured", [
        "self_preference",
        "length",
        "position",
        "self_consistency",
        "panel",
        "alt_test",
        "alt_test_rater",
      ]),
      subject: text("on whom or per what; a rater's pseudonym for alt_test_rater"),
      estimate: optional(
        number(
          "grade points (self_preference, length, position), kappa (self_consistency), Kendall's tau-b (panel), winning rate (alt_test)",
        ),
      ),
      lower: optional(number("lower end of the 95 % interval")),
      upper: optional(number("upper end of the 95 % interval")),
      p_value: optional(share("p-value, Benjamini-Yekutieli over raters for alt_test_rater")),
      holds: optional(flag("the effect differs from none; for the alt-test: the judge may stand in")),
      n_answers: count("answers behind the estimate"),
      n_groups: count("independent items (panel: systems) behind it"),
      reason: optional(text("why there is no estimate")),
    },
  },
  corrected_scores: {
    grain: "one system in one scope: the judge's mean, and people's mean by prediction-powered inference",
    key: [...judgeVersionNames, "run_id", "scope", "name"],
    columns: {
      ...judgeVersion,
      ...runColumns,
      scope: text("judged answers that are averaged", ["overall", "dimension", "specialty"]),
      name: text("dimension or specialty code; '' for overall"),
      n_judged: count("answers graded by the judge"),
      n_rated: count("of these, rated by people"),
      n_rated_groups: count("independent items among the rated"),
      judge_estimate: optional(share("mean of the judge's grades, taken as truth")),
      judge_lower: optional(
        number("lower end of its 95 % interval: without the judge's error; may leave 0 to 1"),
      ),
      judge_upper: optional(number("upper end of that interval")),
      estimate: optional(number("mean that people would have given")),
      lower: optional(number("lower end of its 95 % interval: with judge error and the finite sample")),
      upper: optional(number("upper end of that interval")),
      standard_error: optional(number("its standard error over items")),
      judge_weight: optional(share("how much of the judge enters: 0 = people alone")),
      rectifier: optional(number("people less judge on the rated answers")),
      rectifier_se: optional(number("its standard error over items")),
      status: text("whether the score could be corrected", ["corrected", "refused"]),
      reason: optional(text("why not")),
    },
  },
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof tables;
export const tableNames = Object.keys(tables) as TableName[];
