import { InputError } from "../src/lib/errors.js";
import { compositesOf, type RunScores } from "./aggregate/composites.js";
import { identities } from "./aggregate/identities.js";
import { rectifiersOf } from "./aggregate/judge-error.js";
import { type RunRow, runLabel } from "./aggregate/run-row.js";
import { scoreFiles } from "./aggregate/run-scores.js";
import { type SpecialtyRow, specialtyRows } from "./aggregate/specialties.js";
import { groupScores, preparePlace, versionsOf } from "./aggregate/task-groups.js";
import { ledgersOf, taskCells, taskRows } from "./aggregate/tasks.js";
import { catalogueOf } from "./catalogue.js";
import { runStage, type StageOutcome, type StageRecord, type StageTools } from "./stage.js";
import { startProgress } from "./terminal/progress.js";
import { query } from "./warehouse/queries.js";
import { tableFiles } from "./warehouse/views.js";
import { writeRows } from "./warehouse/write-rows.js";
import { writeTable } from "./warehouse/writer.js";

export interface AggregateOptions {
  readonly workspace: string;
  readonly force?: boolean;
  readonly seed?: number;
  readonly replicates?: number;
  readonly confidence?: number;
}

/** Groups above which the bootstrap of a run is left out: there it equals the analytic interval and costs minutes. */
const bootstrapGroupLimit = 20_000;

/** Rolls scores up to tasks, dimensions, overall and specialties, with intervals over groups. */
export function runAggregate({
  workspace,
  force = false,
  seed = 20240101,
  replicates = 1000,
  confidence = 0.95,
}: AggregateOptions): Promise<StageOutcome> {
  return runStage(
    workspace,
    {
      name: "aggregate",
      reads: [
        "catalogue",
        "items",
        "items_private",
        "runs",
        "responses",
        "scores",
        "outcomes",
        "judgments",
        "corrected_scores",
      ],
      writes: [
        "task_scores",
        "dimension_scores",
        "overall_scores",
        "specialty_scores",
        "specialty_coverage",
        "score_distributions",
      ],
      parameters: { seed, replicates, confidence, bootstrapGroupLimit },
      work: (tools) => aggregateRuns(tools, { seed, replicates, confidence }),
    },
    { force },
  );
}

async function aggregateRuns(
  tools: StageTools,
  statistics: { seed: number; replicates: number; confidence: number },
) {
  const { engine, draft, base } = tools;
  const runs = (await engine.rows(
    "SELECT * FROM runs ORDER BY benchmark, pool, track, run_id",
  )) as unknown as RunRow[];
  const scored = base?.manifest.stages["score"] as StageRecord | undefined;
  if (scored === undefined)
    throw new InputError("aggregate: nothing was scored yet", { hint: "Run `medbench score` first." });
  const facts = await identities(engine, scored);
  const ledgers = await ledgersOf(engine);
  const files = await scoreFiles(engine, tableFiles(base, "scores"));
  const all: RunScores[] = [];
  const specialties: SpecialtyRow[] = [];
  const progress = startProgress("aggregate", { unit: "runs", total: runs.length });
  let place = "";
  for (const [index, run] of runs.entries()) {
    const catalogue = await catalogueOf(base, run.benchmark);
    const versions = versionsOf(catalogue, run.track, scored.parameters["asOf"] as string | null);
    if (place !== placeOf(run)) await preparePlace(engine, run, versions);
    place = placeOf(run);
    const repeats = await groupScores(engine, run, { files, unitsUpTo: bootstrapGroupLimit });
    const cells = await taskCells(engine);
    const tasks = await taskRows(engine, { run, catalogue, versions, facts, ledgers, cells, ...statistics });
    const scores = await compositesOf(engine, {
      versions,
      rectifiers: await rectifiersOf(engine, run.run_id, facts.judge),
      run,
      catalogue,
      cells,
      tasks,
      limit: bootstrapGroupLimit,
      ...statistics,
    });
    all.push(scores);
    specialties.push(...(await specialtyRows(engine, run, scores, { repeats, ...statistics })));
    await engine.run(
      distributionOf(
        run,
        index === 0 ? "CREATE OR REPLACE TEMP TABLE distributions AS" : "INSERT INTO distributions",
      ),
    );
    progress.step(index + 1);
  }
  progress.end();
  await writeRows(
    engine,
    "task_scores",
    all.flatMap((scores) => scores.tasks),
    draft.path("task_scores", "0000.parquet"),
  );
  await writeRows(
    engine,
    "dimension_scores",
    all.flatMap((scores) => scores.dimensions),
    draft.path("dimension_scores", "0000.parquet"),
  );
  await writeRows(
    engine,
    "overall_scores",
    all.map((scores) => scores.overall),
    draft.path("overall_scores", "0000.parquet"),
  );
  await writeRows(engine, "specialty_scores", specialties, draft.path("specialty_scores", "0000.parquet"));
  await writeTable(
    engine,
    "score_distributions",
    "SELECT * FROM distributions ORDER BY run_id, dataset, group_score",
    draft.path("score_distributions", "0000.parquet"),
  );
  await writeTable(
    engine,
    "specialty_coverage",
    query("specialty-coverage"),
    draft.path("specialty_coverage", "0000.parquet"),
  );
  return {
    runs: runs.length,
    complete: all.filter((scores) => scores.overall.status === "complete").length,
    task_scores: all.reduce((total, scores) => total + scores.tasks.length, 0),
    specialty_scores: specialties.length,
  };
}

const placeOf = ({ benchmark, pool, track }: RunRow): string => JSON.stringify([benchmark, pool, track]);

/** How many groups of each dataset take which value, for one run. */
function distributionOf(run: RunRow, into: string): string {
  return `${into} SELECT ${runLabel(run)}, dataset, round(mean_1e9 / 1e9, 4) AS group_score, sum(k)::BIGINT AS n_groups
    FROM task_units GROUP BY dataset, group_score`;
}
