import { mapValue } from "@duckdb/node-api";
import { metricVersionOf } from "../../../src/lib/catalogue/metric-version.js";
import { outcomePolicies } from "../../../src/lib/catalogue/outcome-policy.js";
import type { Catalogue } from "../../../src/lib/catalogue/schema.js";
import { InputError } from "../../../src/lib/errors.js";
import { DEFAULT_LETTERS } from "../../../src/lib/metrics/choice-reader.js";
import { outcomes, type Row, type TableName } from "../../../src/lib/records/tables.js";
import { scorerNames, scorerOf } from "../../../src/lib/scorers/index.js";
import { describeGroups } from "../../groups/item-groups.js";
import { numberGroups } from "../../groups/place-groups.js";
import { type RunLabel, runLabelColumns } from "../../groups/run-row.js";
import { catalogueOf } from "../../warehouse/catalogue.js";
import type { Engine } from "../../warehouse/engine.js";
import { literal } from "../../warehouse/sql.js";
import { readQuery, runQueries } from "../../warehouse/sql-files.js";
import { defineVerdictKind } from "../../warehouse/verdict-kind.js";
import { type WriteOptions, writeTable } from "../../warehouse/writer.js";
import { runStage, type StageOutcome, type StageTools } from "../stage.js";
import { answersSelect } from "./choice-answers.js";
import { scoreByReading } from "./read-responses.js";

export interface ScoreOptions {
  readonly workspace: string;
  readonly force?: boolean;
  /** Judge whose verdicts are used for scores. Default: the judge with the most verdicts, ties by name. */
  readonly judge?: string;
  /** Month of the metric versions to score with. Default: those in force now. */
  readonly asOf?: string;
}

/** Gives every expected response its outcome and every component of its dataset's metric a score. */
export function runScore({ workspace, force = false, judge, asOf }: ScoreOptions): Promise<StageOutcome> {
  return runStage(
    workspace,
    {
      name: "score",
      reads: ["catalogue", "items", "items_private", "runs", "responses", "judgments"],
      writes: ["outcomes", "outcome_counts", "scores", "readings", "reading_accuracy"],
      parameters: { judge: judge ?? null, asOf: asOf ?? null },
      work: (tools) => scoreRuns(tools, judge, asOf),
    },
    { force },
  );
}

async function scoreRuns(
  { engine, draft, base, startProgress }: StageTools,
  judge: string | undefined,
  asOf: string | undefined,
) {
  const runs = await engine.table("runs", runLabelColumns, { orderBy: ["run_id"] });
  if (runs.length === 0) {
    throw new InputError("score: the warehouse contains no runs", {
      hint: "Run `medbench ingest PATH` on answers first.",
    });
  }
  const chosenJudge = judge ?? (await mostUsedJudge(engine));
  const counts: Record<string, number> = Object.fromEntries(outcomes.map((outcome) => [outcome, 0]));
  await describeGroups(engine);
  const progress = startProgress("runs", runs.length);
  for (const [index, run] of runs.entries()) {
    const catalogue = await catalogueOf(base, run.benchmark);
    await prepareRun(engine, run, catalogue, { judge: chosenJudge, asOf });
    const part = `${String(index).padStart(4, "0")}.parquet`;
    await writeRun(engine, run, catalogue, (table) => draft.path(table, part));
    for (const { outcome, n } of await engine.rows<Row<"outcomes", "outcome"> & { n: number }>(
      "SELECT outcome, count(*) AS n FROM ledger GROUP BY outcome",
    )) {
      counts[outcome] = (counts[outcome] ?? 0) + n;
    }
    progress.step(index + 1);
  }
  return {
    runs: runs.length,
    judge: chosenJudge,
    expected: Object.values(counts).reduce((a, b) => a + b, 0),
    ...counts,
  };
}

async function mostUsedJudge(engine: Engine): Promise<string | null> {
  const [first] = await engine.rows<{ judge: string }>(
    "SELECT judge FROM judgments GROUP BY judge ORDER BY count(*) DESC, judge LIMIT 1",
  );
  return first?.judge ?? null;
}

async function prepareRun(
  engine: Engine,
  run: RunLabel,
  catalogue: Catalogue,
  { judge, asOf }: { judge: string | null; asOf: string | undefined },
) {
  const place = { benchmark: run.benchmark, pool: run.pool };
  await createJobs(engine, catalogue, run.track, asOf);
  await numberGroups(engine, run);
  await runQueries(engine, new URL("expected.sql", import.meta.url), {
    run_id: run.run_id,
    ...place,
    track: run.track,
  });
  await runQueries(engine, new URL("choice-letters.sql", import.meta.url), place);
  await engine.run(`CREATE OR REPLACE TEMP TABLE answers AS ${answersSelect()}`, { run_id: run.run_id });
  await defineVerdictKind(engine);
  await runQueries(engine, new URL("judged.sql", import.meta.url), { run_id: run.run_id, judge });
  await engine.run(`CREATE OR REPLACE TEMP TABLE component_scores (
    dataset VARCHAR, item_id VARCHAR, variant INTEGER, condition VARCHAR, repeat INTEGER, component INTEGER, metric VARCHAR,
    status VARCHAR, value DOUBLE, tp INTEGER, fp INTEGER, fn INTEGER, answer VARCHAR, read_by VARCHAR, detail VARCHAR)`);
  for (const scorer of scorerNames.filter((name) => scorerOf(name).reads !== "text"))
    await runQueries(engine, new URL(`score-${scorer.replaceAll("_", "-")}.sql`, import.meta.url), {
      ...place,
      scorer,
      default_letters: DEFAULT_LETTERS,
    });
  await scoreByReading(engine, { run_id: run.run_id, ...place });
  const { conflict } = outcomePolicies(catalogue, run.board);
  await runQueries(engine, new URL("ledger.sql", import.meta.url), { conflict });
}

/** One row per component of each dataset's metric: which scorer, on which part of the dataset. */
async function createJobs(engine: Engine, catalogue: Catalogue, track: string, asOf: string | undefined) {
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE jobs (dataset VARCHAR, part VARCHAR, component INTEGER, metric VARCHAR,
       scorer VARCHAR, reads VARCHAR, scorer_version VARCHAR, settings VARCHAR)`,
  );
  const rows = catalogue.datasets
    .filter((dataset) => dataset.track === track)
    .flatMap((dataset) =>
      (metricVersionOf(dataset.scoring, asOf)?.components ?? []).map((component, index) => {
        const { metric, scorer, part = "", options = {} } = component;
        const { reads, version } = scorerOf(scorer);
        const texts = [metric, scorer, reads, version, JSON.stringify(options)];
        return `(${literal(dataset.id)}, ${literal(part)}, ${index}, ${texts.map(literal).join(", ")})`;
      }),
    );
  if (rows.length > 0) await engine.run(`INSERT INTO jobs VALUES ${rows.join(", ")}`);
  await engine.run(
    "CREATE OR REPLACE TEMP TABLE choice_datasets AS SELECT DISTINCT dataset FROM jobs WHERE reads = 'letters'",
  );
}

async function writeRun(
  engine: Engine,
  run: RunLabel,
  catalogue: Catalogue,
  path: (table: string) => string,
) {
  const policies = Object.entries(outcomePolicies(catalogue, run.board));
  const values = { ...run, policies: mapValue(policies.map(([key, value]) => ({ key, value }))) };
  const write = (table: TableName, file: string, options: WriteOptions = {}) =>
    writeTable(engine, table, readQuery(new URL(file, import.meta.url)), path(table), { ...options, values });
  await write("outcomes", "outcomes.sql", { compressionLevel: 1 });
  await write("outcome_counts", "outcome-counts.sql");
  await write("scores", "scores.sql", { compressionLevel: 1 });
  await write("readings", "readings.sql");
  await write("reading_accuracy", "reading-accuracy.sql");
}
