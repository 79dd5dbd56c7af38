import { InputError } from "../../../src/lib/errors.js";
import type { Row, TableName } from "../../../src/lib/records/tables.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { lookUp } from "../../../src/lib/util/indexing.js";
import { fileConstants } from "../../groups/file-constants.js";
import { groupValuesOf } from "../../groups/group-values.js";
import { identities } from "../../groups/identities.js";
import { describeGroups } from "../../groups/item-groups.js";
import { scoredJudges } from "../../groups/judge-of-record.js";
import { placeKey, type RunRow, runRowColumns } from "../../groups/run-row.js";
import { watchedScoreColumns } from "../../groups/run-scores.js";
import { taskCells } from "../../groups/task-cells.js";
import { groupScores, type Place, preparePlace, versionsOf } from "../../groups/task-groups.js";
import { cataloguesOf } from "../../warehouse/catalogue.js";
import { readQuery } from "../../warehouse/sql-files.js";
import { recordOf } from "../../warehouse/stage-record.js";
import { tableFiles } from "../../warehouse/views.js";
import { writeRows } from "../../warehouse/write-rows.js";
import { writeTable } from "../../warehouse/writer.js";
import { runStage, type StageOutcome, type StageTools } from "../stage.js";
import { companionRows } from "./companions.js";
import { compositesOf, type RunScores } from "./composites.js";
import { conditionRows, conditionsOf } from "./conditions.js";
import { ratedGroupsOf } from "./judge-corrections.js";
import { ledgersOf } from "./ledgers.js";
import {
  pooledSpecialties,
  type SharedPart,
  type SpecialtyScore,
  sharedDifficultyParts,
} from "./pooled-specialties.js";
import { type RankedRun, type RankTables, rankTables } from "./ranks.js";
import { ratingsByRun } from "./run-ratings.js";
import { specialtyRows } from "./specialties.js";
import { taskRows } from "./tasks.js";

export interface AggregateOptions {
  readonly workspace: string;
  readonly force?: boolean;
  readonly seed?: number;
  readonly replicates?: number;
  readonly confidence?: number;
}

/** Above this many groups in a place, runs are not kept group by group: their bootstrap would equal the analytic interval and cost minutes. */
const bootstrapGroupLimit = 20_000;

/** As in `calibrate`, whose parameter decides where it has run. */
const defaultMinimumRated = 10;

/** Units kept in memory at a time: about 80 bytes each. */
const unitLimit = 1_500_000;

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
        "outcome_counts",
        "scored_verdicts",
        "corrected_scores",
        "rated_answers",
      ],
      writes: [
        "task_scores",
        "dimension_scores",
        "overall_scores",
        "condition_scores",
        "specialty_scores",
        "specialty_coverage",
        "score_distributions",
        "ranks",
        "comparisons",
      ],
      parameters: { seed, replicates, confidence, bootstrapGroupLimit },
      // There are nearly as many groups as rows: each thread would hold all of them, and merging them would cost what the threads save.
      engine: { threads: 1 },
      work: (tools) => aggregateRuns(tools, { seed, replicates, confidence }),
    },
    { force },
  );
}

async function aggregateRuns(
  tools: StageTools,
  statistics: { seed: number; replicates: number; confidence: number },
) {
  const { engine, draft, base, startProgress } = tools;
  const everyRun = await engine.table("runs", runRowColumns, {
    orderBy: ["benchmark", "pool", "track", "run_id"],
  });
  const scored = recordOf(base, "score");
  if (scored === undefined)
    throw new InputError("aggregate: nothing has been scored yet", { hint: "Run `medbench score` first." });
  const { catalogues } = await cataloguesOf(
    base,
    everyRun.map(({ benchmark }) => benchmark),
  );
  const runs = everyRun.filter(({ benchmark }) => catalogues.has(benchmark));
  const facts = await identities(engine, scoredJudges(scored));
  const ratings = await ratingsByRun(engine);
  const calibrated = recordOf(base, "calibrate")?.parameters["minimumRated"] as number | undefined;
  const minimumRated = calibrated ?? defaultMinimumRated;
  const ledgers = await ledgersOf(engine);
  const conditions = await conditionsOf(engine);
  await describeGroups(engine);
  const files = await fileConstants(engine, tableFiles(base, "scores"), watchedScoreColumns);
  const all: RunScores[] = [];
  const specialties: Row<"specialty_scores">[] = [];
  const conditioned: Row<"condition_scores">[] = [];
  const placed: RankTables[] = [];
  const progress = startProgress("runs", runs.length);
  await engine.run(
    `CREATE TEMP TABLE distributions (run_id VARCHAR, system VARCHAR, benchmark VARCHAR, pool VARCHAR, board VARCHAR, track VARCHAR,
       dataset VARCHAR, group_score DOUBLE, n_groups BIGINT)`,
  );
  for (const runsOfPlace of groupBy(runs, placeKey).values()) {
    const first = runsOfPlace[0] as RunRow;
    const { benchmark, track } = first;
    const catalogue = lookUp(catalogues, benchmark);
    const versions = versionsOf(catalogue, track, scored.parameters["asOf"] as string | null);
    const place = await preparePlace(engine, first, versions);
    const ratedGroups = await ratedGroupsOf(engine);
    const contenders: RankedRun[] = [];
    const slices: SpecialtyScore[] = [];
    const isKept = place.nGroups <= bootstrapGroupLimit;
    const shared: SharedPart[] = [];
    for (const batch of batchesOf(runsOfPlace, place)) {
      await groupScores(engine, place, batch, { files, unitsUpTo: bootstrapGroupLimit });
      const cells = await taskCells(engine, versions);
      const companions = await companionRows(engine, { runs: batch, versions, ...statistics });
      const scores: RunScores[] = [];
      for (const [runNo, run] of batch.entries()) {
        const shared = { run, catalogue, versions, cells: cells.get(runNo) ?? new Map(), ...statistics };
        const tasks = taskRows({
          ...shared,
          facts,
          ledgers,
          sizes: place.sizes,
          companions: companions[runNo] ?? new Map(),
        });
        const groups = isKept ? await groupValuesOf(engine, runNo) : null;
        const own = compositesOf({
          ...{ ...shared, groups, tasks, ratedGroups, minimumRated },
          ratings: ratings.get(run.run_id),
        });
        scores.push(own);
        contenders.push({ run, scores: own, groups });
        progress.step(all.length + scores.length);
      }
      slices.push(...(await specialtyRows(engine, batch, scores, statistics)));
      if (isKept) shared.push(...(await sharedDifficultyParts(engine)));
      await engine.run(readQuery(new URL("score-distributions.sql", import.meta.url)));
      conditioned.push(
        ...(await conditionRows(engine, batch, scores, {
          catalogue,
          place,
          versions,
          files,
          conditions,
          ...statistics,
        })),
      );
      all.push(...scores);
    }
    specialties.push(...pooledSpecialties(slices, isKept ? shared : null, statistics));
    placed.push(rankTables(contenders, statistics));
  }
  const write = <Name extends TableName>(name: Name, rows: readonly Row<Name>[]) =>
    writeRows(engine, name, rows, draft.path(name, "0000.parquet"));
  await write(
    "task_scores",
    all.flatMap((scores) => scores.tasks),
  );
  await write(
    "dimension_scores",
    all.flatMap((scores) => scores.dimensions),
  );
  await write(
    "overall_scores",
    all.map((scores) => scores.overall),
  );
  await write("condition_scores", conditioned);
  await write("specialty_scores", specialties);
  await write(
    "ranks",
    placed.flatMap(({ ranks }) => ranks),
  );
  await write(
    "comparisons",
    placed.flatMap(({ comparisons }) => comparisons),
  );
  await writeTable(
    engine,
    "score_distributions",
    "SELECT * FROM distributions ORDER BY run_id, dataset, group_score",
    draft.path("score_distributions", "0000.parquet"),
  );
  await writeTable(
    engine,
    "specialty_coverage",
    readQuery(new URL("specialty-coverage.sql", import.meta.url)),
    draft.path("specialty_coverage", "0000.parquet"),
  );
  return {
    runs: runs.length,
    complete: all.filter((scores) => scores.overall.status === "complete").length,
    task_scores: all.reduce((total, scores) => total + scores.tasks.length, 0),
    specialty_scores: specialties.length,
  };
}

/** How many runs fit at once with all of their units in memory. */
function batchesOf(runs: readonly RunRow[], { nGroups }: Place): (readonly RunRow[])[] {
  const size = Math.max(1, Math.floor(unitLimit / Math.max(1, nGroups)));
  return Array.from({ length: Math.ceil(runs.length / size) }, (_, batch) =>
    runs.slice(batch * size, (batch + 1) * size),
  );
}
