import { groupBy } from "../../../src/lib/util/group-by.js";
import { placeKey, type RunLabel, runColumnsOf, runLabelColumns } from "../../groups/run-row.js";
import type { Engine } from "../../warehouse/engine.js";
import { literal } from "../../warehouse/sql.js";

/** Runs of one place and board that are scored together. Never empty. */
export interface RunBatch {
  readonly runs: readonly RunLabel[];
  /** The first run, for what all of them share: benchmark, pool, track and board. */
  readonly shared: RunLabel;
}

/**
 * Responses scored at a time, unless a single run has more. Preparing the statements for a batch takes longer than scoring a
 * few thousand responses, so small runs share it; the limit bounds the memory.
 */
const responseLimit = 20_000;

/** Runs in the order of their ids, as batches of runs that expect the same items under the same policies. */
export async function batchesOf(engine: Engine, runs: readonly RunLabel[]): Promise<RunBatch[]> {
  const answers = await countsBy(
    engine,
    "SELECT run_id AS key, count(*) AS n FROM responses GROUP BY run_id",
  );
  const items = await countsBy(
    engine,
    "SELECT concat_ws(chr(31), benchmark, pool, track) AS key, count(*) AS n FROM items GROUP BY ALL",
  );
  const sizeOf = ({ run_id, benchmark, pool, track }: RunLabel) =>
    Math.max(answers.get(run_id) ?? 0, items.get([benchmark, pool, track].join("\u001f")) ?? 0);
  const batches: RunBatch[] = [];
  for (const alike of groupBy(runs, (run) => `${placeKey(run)} ${run.board}`).values()) {
    let batch: RunLabel[] = [];
    let size = 0;
    for (const run of alike) {
      if (batch.length > 0 && size + sizeOf(run) > responseLimit) {
        batches.push(batchFrom(batch));
        batch = [];
        size = 0;
      }
      batch.push(run);
      size += sizeOf(run);
    }
    batches.push(batchFrom(batch));
  }
  return batches;
}

async function countsBy(engine: Engine, query: string): Promise<ReadonlyMap<string, number>> {
  const rows = await engine.rows<{ key: string; n: number }>(query);
  return new Map(rows.map(({ key, n }) => [key, n]));
}

const batchFrom = (runs: readonly RunLabel[]): RunBatch => ({ runs, shared: runs[0] as RunLabel });

/**
 * Fills the temporary table `batch_runs` (runs numbered by `run_no`, in their order) and defines the views
 * `batch_responses` and `batch_judgments`, which have `run_no` as a further column.
 */
export async function selectBatch(engine: Engine, { runs }: RunBatch, judge: string | null): Promise<void> {
  const rows = runs.map(
    (run, runNo) => `(${runNo}, ${Object.values(runColumnsOf(run)).map(literal).join(", ")})`,
  );
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE batch_runs AS
     SELECT run_no::INTEGER AS run_no, * EXCLUDE (run_no) FROM (VALUES ${rows.join(", ")}) AS r(run_no, ${runLabelColumns.join(", ")})`,
  );
  // Constants, because they let a scan skip the parts of a table that contain other runs.
  const isOwn = `run_id IN (${runs.map(({ run_id }) => literal(run_id)).join(", ")})`;
  const own = (table: string, condition: string) =>
    `SELECT b.run_no, t.* FROM (SELECT * FROM ${table} WHERE ${condition}) AS t JOIN batch_runs AS b USING (run_id)`;
  await engine.run(`CREATE OR REPLACE TEMP VIEW batch_responses AS ${own("responses", isOwn)}`);
  const verdicts = `${isOwn} AND judge ${judge === null ? "IS NULL" : `= ${literal(judge)}`}`;
  await engine.run(
    `CREATE OR REPLACE TEMP VIEW batch_judgments AS
     SELECT * FROM (${own("judgments", verdicts)}) AS j SEMI JOIN scored_verdicts AS s
     ON (s.run_id, s.dataset, s.kind, s.rubric_version, s.prompt_hash)
      = (j.run_id, j.dataset, verdict_kind(j.criterion), j.rubric_version, coalesce(j.prompt_hash, ''))`,
  );
}
