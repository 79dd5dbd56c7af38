import { mapValue } from "@duckdb/node-api";
import { metricVersionOf } from "../../../src/lib/catalogue/metric-version.js";
import { outcomePolicies } from "../../../src/lib/catalogue/outcome-policy.js";
import type { Catalogue } from "../../../src/lib/catalogue/schema.js";
import { InputError } from "../../../src/lib/errors.js";
import { DEFAULT_LETTERS } from "../../../src/lib/metrics/choice-reader.js";
import { finishMeaning } from "../../../src/lib/metrics/finish-reason.js";
import type { JudgeWishes } from "../../../src/lib/publication/judge-of-record.js";
import { outcomes, type Row, type TableName } from "../../../src/lib/records/tables.js";
import { scorerNames, scorerOf } from "../../../src/lib/scorers/index.js";
import { lookUp } from "../../../src/lib/util/indexing.js";
import { describeGroups } from "../../groups/item-groups.js";
import { scoredJudges } from "../../groups/judge-of-record.js";
import { judgeWishes } from "../../groups/judge-wishes.js";
import { numberGroups } from "../../groups/place-groups.js";
import { runLabelColumns } from "../../groups/run-row.js";
import { defineRubricCriteria } from "../../judging/rubric-criteria.js";
import { cataloguesOf, leftOutNotes } from "../../warehouse/catalogue.js";
import type { Engine } from "../../warehouse/engine.js";
import { literal } from "../../warehouse/sql.js";
import { type BoundValues, readQuery, runQueries, withParts } from "../../warehouse/sql-files.js";
import { type WriteOptions, writeTable } from "../../warehouse/writer.js";
import { runStage, type StageOutcome, type StageTools } from "../stage.js";
import { batchesOf, type RunBatch, selectBatch } from "./batches.js";
import { answersSelect } from "./choice-answers.js";
import { findAskedOtherwise } from "./choice-questions.js";
import { chooseJudges, judgeNotes } from "./choose-judges.js";
import { scoreByReading } from "./read-responses.js";

export interface ScoreOptions {
  readonly workspace: string;
  readonly force?: boolean;
  /** Judge whose verdicts are used for scores. Default: see `judgesOfRecord`. */
  readonly judge?: string;
  /** Month of the metric versions to score with. Default: those in force now. */
  readonly asOf?: string;
}

/** Gives every expected response its outcome and every component of its dataset's metric a score. */
export async function runScore({
  workspace,
  force = false,
  judge,
  asOf,
}: ScoreOptions): Promise<StageOutcome> {
  if (asOf !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(asOf))
    throw new InputError(`score: --as-of is ${JSON.stringify(asOf)}, expected a month such as 2025-03`, {
      hint: "Metric versions are valid from a first to a last month, both included.",
    });
  const wishes = await judgeWishes(workspace, judge);
  // The judges are a parameter: a run that keeps those of the last one has nothing to do.
  const parameters = { judge: judge ?? null, asOf: asOf ?? null, ...wishes };
  const notes: string[] = [];
  const outcome = await runStage(
    workspace,
    {
      name: "score",
      reads: ["catalogue", "items", "items_private", "runs", "responses", "judgments"],
      writes: [
        ...(["scored_verdicts", "judge_versions"] as const),
        ...(["outcomes", "outcome_counts", "scores", "readings", "reading_accuracy"] as const),
      ],
      parameters,
      work: async (tools) => {
        const scored = await scoreRuns(tools, { workspace, wishes, asOf });
        parameters.before = scored.counts.judges;
        notes.push(...scored.notes);
        return scored.counts;
      },
    },
    { force },
  );
  return { ...outcome, notes: [...judgeNotes(wishes.before, scoredJudges(outcome)), ...notes] };
}

interface ScoreContext {
  readonly workspace: string;
  readonly wishes: JudgeWishes;
  readonly asOf: string | undefined;
}

async function scoreRuns(
  { engine, draft, base, startProgress }: StageTools,
  { workspace, wishes, asOf }: ScoreContext,
) {
  const all = await engine.table("runs", runLabelColumns, { orderBy: ["run_id"] });
  if (all.length === 0) {
    throw new InputError("score: the warehouse contains no runs", {
      hint: "Run `medbench ingest PATH` on answers first.",
    });
  }
  const known = await cataloguesOf(
    base,
    all.map(({ benchmark }) => benchmark),
  );
  const { catalogues } = known;
  const runs = all.filter(({ benchmark }) => catalogues.has(benchmark));
  const { choices: judges, notes } = await chooseJudges(engine, draft, workspace, wishes);
  const judgeOf = ({ benchmark, pool }: Pick<RunBatch["shared"], "benchmark" | "pool">) =>
    judges.find((choice) => choice.benchmark === benchmark && choice.pool === pool)?.judge ?? null;
  const counts: Record<string, number> = Object.fromEntries(outcomes.map((outcome) => [outcome, 0]));
  await describeGroups(engine);
  await defineRubricCriteria(engine, [...catalogues.values()]);
  await engine.run(`CREATE OR REPLACE TEMP TABLE condition_items AS
    SELECT DISTINCT benchmark, pool, dataset, item_id, variant, condition FROM responses WHERE condition <> 'base'`);
  await defineFinishMeanings(engine);
  const batches = await batchesOf(engine, runs);
  const progress = startProgress("runs", runs.length);
  let done = 0;
  for (const [index, batch] of batches.entries()) {
    const catalogue = lookUp(catalogues, batch.shared.benchmark);
    await scoreBatch(engine, batch, catalogue, { judge: judgeOf(batch.shared), asOf });
    const part = `${String(index).padStart(4, "0")}.parquet`;
    await writeBatch(engine, batch, catalogue, (table) => draft.path(table, part));
    for (const { outcome, n } of await engine.rows<Row<"outcomes", "outcome"> & { n: number }>(
      "SELECT outcome, count(*) AS n FROM ledger GROUP BY outcome",
    )) {
      counts[outcome] = (counts[outcome] ?? 0) + n;
    }
    done += batch.runs.length;
    progress.step(done);
  }
  const said = {
    runs: runs.length,
    judge: [...new Set(judges.map(({ judge }) => judge))].join(", ") || null,
    judges,
    expected: Object.values(counts).reduce((a, b) => a + b, 0),
    ...counts,
  };
  return { counts: said, notes: [...notes, ...leftOutNotes(known)] };
}

/** Table `finish_meanings`: the finish reasons of the responses that are known. */
async function defineFinishMeanings(engine: Engine): Promise<void> {
  await engine.run("CREATE OR REPLACE TEMP TABLE finish_meanings (finish_reason VARCHAR, meaning VARCHAR)");
  const rows = await engine.rows<{ finish_reason: string }>(
    "SELECT DISTINCT finish_reason FROM responses WHERE finish_reason IS NOT NULL",
  );
  const known = rows.flatMap(({ finish_reason: reason }) => {
    const meaning = finishMeaning(reason);
    return meaning === null ? [] : [`(${literal(reason)}, ${literal(meaning)})`];
  });
  if (known.length > 0) await engine.run(`INSERT INTO finish_meanings VALUES ${known.join(", ")}`);
}

/** Fills the temporary tables `ledger`, `component_scores` and `node_scores` for the runs of a batch. */
async function scoreBatch(
  engine: Engine,
  batch: RunBatch,
  catalogue: Catalogue,
  { judge, asOf }: { judge: string | null; asOf: string | undefined },
) {
  const { benchmark, pool, track } = batch.shared;
  const run = (file: string, values: BoundValues = {}) =>
    runQueries(engine, new URL(file, import.meta.url), { benchmark, pool, track, ...values });
  await selectBatch(engine, batch, judge);
  await createJobs(engine, catalogue, track, asOf);
  await numberGroups(engine, batch.shared);
  await run("place-items.sql", { default_letters: DEFAULT_LETTERS });
  await findAskedOtherwise(engine, { benchmark, pool });
  await findExpected(engine, run);
  await engine.run(`CREATE OR REPLACE TEMP TABLE answers AS ${answersSelect()}`);
  await run("judged.sql", { judge });
  await engine.run(`CREATE OR REPLACE TEMP TABLE component_scores (
    run_no INTEGER, dataset VARCHAR, item_id VARCHAR, variant INTEGER, condition VARCHAR, repeat INTEGER, component INTEGER, metric VARCHAR,
    status VARCHAR, value DOUBLE, tp INTEGER, fp INTEGER, fn INTEGER, answer VARCHAR, read_by VARCHAR, detail VARCHAR)`);
  for (const scorer of scorerNames.filter((name) => scorerOf(name).reads !== "text"))
    await run(`score-${scorer.replaceAll("_", "-")}.sql`, { scorer });
  await scoreByReading(engine, { benchmark, pool });
  const { conflict } = outcomePolicies(catalogue, batch.shared.board);
  await run("ledger.sql", { conflict });
}

/** Fills `asked` and `expected`. Most batches have no repeats, and then every answer is its prompt's only attempt. */
async function findExpected(engine: Engine, run: (file: string) => Promise<void>): Promise<void> {
  const { repeated } = await engine.row<{ repeated: boolean }>(
    "SELECT coalesce(bool_or(repeat <> 1), FALSE) AS repeated FROM batch_responses",
  );
  const prompt = "PARTITION BY run_no, dataset, item_id, variant, condition";
  const asked = withParts(readQuery(new URL("asked.sql", import.meta.url)), {
    attempt: repeated ? `(row_number() OVER (${prompt} ORDER BY repeat))::INTEGER` : "1",
    n_attempts: repeated ? `(count(*) OVER (${prompt}))::INTEGER` : "1",
  });
  await engine.run(asked);
  await run("expected.sql");
  if (repeated) await run("partial-attempts.sql");
}

/** One row per component of each dataset's metric: which scorer, on which part of the dataset. */
async function createJobs(engine: Engine, catalogue: Catalogue, track: string, asOf: string | undefined) {
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE jobs (dataset VARCHAR, part VARCHAR, component INTEGER, metric VARCHAR,
       scorer VARCHAR, reads VARCHAR, pooling VARCHAR, scorer_version VARCHAR, settings VARCHAR)`,
  );
  const rows = catalogue.datasets
    .filter((dataset) => dataset.track === track)
    .flatMap((dataset) =>
      (metricVersionOf(dataset.scoring, asOf)?.components ?? []).map((component, index) => {
        const { metric, scorer, part = "", options = {} } = component;
        const { reads, pooling, version } = scorerOf(scorer);
        const texts = [metric, scorer, reads, pooling, version, JSON.stringify(options)];
        return `(${literal(dataset.id)}, ${literal(part)}, ${index}, ${texts.map(literal).join(", ")})`;
      }),
    );
  if (rows.length > 0) await engine.run(`INSERT INTO jobs VALUES ${rows.join(", ")}`);
  await engine.run(
    "CREATE OR REPLACE TEMP TABLE choice_datasets AS SELECT DISTINCT dataset FROM jobs WHERE reads = 'letters'",
  );
}

async function writeBatch(
  engine: Engine,
  { shared }: RunBatch,
  catalogue: Catalogue,
  path: (table: string) => string,
) {
  const policies = Object.entries(outcomePolicies(catalogue, shared.board));
  const values = { policies: mapValue(policies.map(([key, value]) => ({ key, value }))) };
  const write = (table: TableName, file: string, options: WriteOptions = {}) =>
    writeTable(engine, table, readQuery(new URL(file, import.meta.url)), path(table), { ...options, values });
  await write("outcomes", "outcomes.sql", { compressionLevel: 1 });
  await write("outcome_counts", "outcome-counts.sql");
  await write("scores", "scores.sql", { compressionLevel: 1 });
  await write("readings", "readings.sql");
  await write("reading_accuracy", "reading-accuracy.sql");
}
