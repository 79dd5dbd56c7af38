import type { ReleasedName } from "../../../src/lib/records/released-tables.js";

/** How the rows of a released table are made from the warehouse. */
export interface ReleaseQuery {
  readonly select: string;
  /** Order of the rows; never by a value that the gate may withhold, which would reveal the ranking. */
  readonly order: string;
  /** What counts independent groups, where small cells are withheld: a column, or SQL over the columns. */
  readonly smallCells?: string;
}

function whole(name: ReleasedName, order: string, smallCells?: string): ReleaseQuery {
  return { select: `SELECT * FROM ${name}`, order, ...(smallCells ? { smallCells } : {}) };
}

const place = "benchmark, track, pool, board";
const judgeVersion = "benchmark, judge, rubric_version, prompt_hash";

export const releaseQueries: Readonly<Record<ReleasedName, ReleaseQuery>> = {
  overall_scores: whole("overall_scores", `${place}, system`),
  ranks: whole("ranks", `${place}, scope, name, basis, system, run_id`),
  comparisons: {
    // A pair would reveal a score that is withheld on either side: the gate looks at the first run, this at the other.
    select: `SELECT * FROM comparisons AS c
             WHERE NOT EXISTS (
               FROM gates AS g
               WHERE (g.run_id, g.scope, g.name) = (c.other_run_id, c.scope, c.name) AND g.decision = 'withhold')`,
    order: `${place}, scope, name, basis, system, other_system, run_id, other_run_id`,
  },
  dimension_scores: whole("dimension_scores", `${place}, system, dimension`),
  task_scores: whole("task_scores", `${place}, system, dataset, metric`),
  condition_scores: whole(
    "condition_scores",
    `${place}, system, dataset, condition`,
    // A drop over a few shared groups is as small a cell as a score over them.
    "CASE WHEN n_paired_groups > 0 THEN least(n_groups, n_paired_groups) ELSE n_groups END",
  ),
  specialty_scores: whole("specialty_scores", `${place}, system, level, specialty`, "n_groups"),
  gates: whole("gates", `${place}, system, scope, name`),
  specialty_coverage: whole("specialty_coverage", "benchmark, pool, level, specialty"),
  score_distributions: whole("score_distributions", `${place}, system, dataset, group_score`),
  reading_accuracy: whole("reading_accuracy", "benchmark, pool, system, dataset"),
  judge_versions: {
    // As in calibrate: a stub or a replay that is not of record is a trial.
    select: `SELECT * FROM judge_versions AS v
             WHERE judge_kind = 'model' OR EXISTS (
               FROM judge_versions AS o
               WHERE (o.benchmark, o.pool, o.judge) = (v.benchmark, v.pool, v.judge) AND o.of_record)`,
    order: "benchmark, pool, judge, rubric_version, prompt_hash",
  },
  agreement: whole("agreement", `${judgeVersion}, criterion, slice_kind, slice`, "n_groups"),
  judge_grades: whole("judge_grades", `${judgeVersion}, criterion, judge_value, people_value`),
  validity: whole("validity", `${judgeVersion}, criterion, slice_kind, slice`, "n_groups"),
  rating_study: whole("rating_study", "item"),
  drift: whole("drift", "benchmark, criterion, kind, baseline, period"),
  corrected_scores: whole("corrected_scores", `${judgeVersion}, track, board, pool, system, scope, name`),
  judge_effects: {
    select: "SELECT * FROM judge_bias WHERE effect <> 'alt_test_rater'",
    order: `${judgeVersion}, criterion, effect, subject, subject_parameters`,
  },
  systems: {
    select: "SELECT *, system_kind AS kind FROM runs",
    order: "benchmark, track, system, run_id",
  },
  outcome_counts: {
    select: `SELECT o.run_id, r.system, r.benchmark, r.track, r.pool, r.board, o.dataset, o.outcome, o.policy, sum(o.n)::BIGINT AS n
             FROM outcome_counts AS o JOIN runs AS r USING (run_id)
             GROUP BY ALL`,
    order: "ALL",
  },
  source_files: whole("source_files", "source, file"),
  quarantine_counts: {
    select: "SELECT source, file, reason, count(*) AS n FROM quarantine GROUP BY ALL",
    order: "ALL",
  },
};
