import { InputError } from "../../../src/lib/errors.js";
import { type Column, type Table, type TableName, tables } from "../../../src/lib/records/tables.js";

/** A public table: what it selects from the warehouse and what its columns mean. */
export interface ReleasedTable {
  readonly name: string;
  readonly select: string;
  /** Order of the rows; never by a value that the gate may withhold, which would tell the ranking. */
  readonly order?: string;
  /** Column that counts independent groups, where small cells are withheld. */
  readonly smallCells?: string;
  /** Only for tables that the warehouse does not have under this name. */
  readonly grain?: string;
  readonly columns?: Readonly<Record<string, Pick<Column, "type" | "meaning">>>;
}

function whole(name: TableName, order: string, smallCells?: string): ReleasedTable {
  const table: Table = tables[name];
  if (table.confidential)
    throw new InputError(`release: table ${name} is confidential and cannot be released whole`);
  return { name, select: `SELECT * FROM ${name}`, order, ...(smallCells ? { smallCells } : {}) };
}

const { columns: run } = tables.runs;

export const releasedTables: readonly ReleasedTable[] = [
  whole("overall_scores", "benchmark, track, pool, board, system"),
  whole("ranks", "benchmark, track, pool, board, scope, name, basis, system, run_id"),
  // A pair would tell a score that is withheld on either side: the gate looks at the first run, this at the other.
  {
    ...whole(
      "comparisons",
      "benchmark, track, pool, board, scope, name, basis, system, other_system, run_id, other_run_id",
    ),
    select: `SELECT * FROM comparisons AS c
             WHERE NOT EXISTS (
               FROM gates AS g
               WHERE (g.run_id, g.scope, g.name) = (c.other_run_id, c.scope, c.name) AND g.decision = 'withhold')`,
  },
  whole("dimension_scores", "benchmark, track, pool, board, system, dimension"),
  whole("task_scores", "benchmark, track, pool, board, system, dataset, metric"),
  whole("specialty_scores", "benchmark, track, pool, board, system, level, specialty", "n_groups"),
  whole("gates", "benchmark, track, pool, board, system, scope, name"),
  whole("specialty_coverage", "benchmark, pool, level, specialty"),
  whole("score_distributions", "benchmark, track, pool, board, system, dataset, group_score"),
  whole("reading_accuracy", "benchmark, pool, system, dataset"),
  whole(
    "agreement",
    "benchmark, judge, rubric_version, prompt_hash, criterion, slice_kind, slice",
    "n_groups",
  ),
  whole(
    "judge_grades",
    "benchmark, judge, rubric_version, prompt_hash, criterion, judge_value, people_value",
  ),
  whole(
    "validity",
    "benchmark, judge, rubric_version, prompt_hash, criterion, slice_kind, slice",
    "n_groups",
  ),
  whole("rating_study", "item"),
  whole("drift", "benchmark, criterion, kind, baseline, period"),
  whole(
    "corrected_scores",
    "benchmark, judge, rubric_version, prompt_hash, track, board, pool, system, scope, name",
  ),
  {
    name: "judge_effects",
    grain:
      "one effect on one subject, for one judge version on one criterion; effects on single raters stay private",
    select: `SELECT * FROM judge_bias WHERE effect <> 'alt_test_rater'
             ORDER BY benchmark, judge, rubric_version, prompt_hash, criterion, effect, subject`,
    columns: tables.judge_bias.columns,
  },
  {
    name: "systems",
    grain: "one row per run: the system and how it ran",
    select: `SELECT run_id, system, system_kind AS kind, family, organisation, access, parameters, benchmark, track, board, pool,
               temperature, max_tokens, context, scaffold, backbone, submitted_at
             FROM runs ORDER BY benchmark, track, system, run_id`,
    columns: {
      run_id: run.run_id,
      system: run.system,
      kind: run.system_kind,
      family: run.family,
      organisation: run.organisation,
      access: run.access,
      parameters: run.parameters,
      benchmark: run.benchmark,
      track: run.track,
      board: run.board,
      pool: run.pool,
      temperature: run.temperature,
      max_tokens: run.max_tokens,
      context: run.context,
      scaffold: run.scaffold,
      backbone: run.backbone,
      submitted_at: run.submitted_at,
    },
  },
  {
    name: "outcome_counts",
    grain: "one outcome in one dataset for one run",
    select: `SELECT o.run_id, r.system, r.benchmark, r.track, r.pool, r.board, o.dataset, o.outcome, o.policy, sum(o.n)::BIGINT AS n
             FROM outcome_counts AS o JOIN runs AS r USING (run_id)
             GROUP BY ALL ORDER BY ALL`,
    columns: {
      run_id: run.run_id,
      system: run.system,
      benchmark: run.benchmark,
      track: run.track,
      pool: run.pool,
      board: run.board,
      dataset: tables.outcome_counts.columns.dataset,
      outcome: tables.outcome_counts.columns.outcome,
      policy: tables.outcome_counts.columns.policy,
      n: tables.outcome_counts.columns.n,
    },
  },
  {
    name: "source_files",
    grain: "one row per file that was looked at",
    select: "SELECT * FROM source_files ORDER BY source, file",
    columns: tables.source_files.columns,
  },
  {
    name: "quarantine_counts",
    grain: "one reason in one file",
    select: "SELECT source, file, reason, count(*) AS n FROM quarantine GROUP BY ALL ORDER BY ALL",
    columns: {
      source: tables.quarantine.columns.source,
      file: tables.quarantine.columns.file,
      reason: tables.quarantine.columns.reason,
      n: { type: "BIGINT", meaning: "lines or files in quarantine for this reason" },
    },
  },
];
