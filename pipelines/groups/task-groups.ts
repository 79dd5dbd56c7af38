import { metricVersionOf } from "../../src/lib/catalogue/metric-version.js";
import type { Catalogue, MetricVersion } from "../../src/lib/catalogue/schema.js";
import { scorerOf } from "../../src/lib/scorers/index.js";
import { poolsCounts } from "../../src/lib/scorers/pooling.js";
import { leastCommonMultiple } from "../../src/lib/util/least-common-multiple.js";
import type { Engine } from "../warehouse/engine.js";
import { literal } from "../warehouse/sql.js";
import { readQuery, runQueries, withParts } from "../warehouse/sql-files.js";
import type { FileConstants } from "./file-constants.js";
import { numberGroups } from "./place-groups.js";
import { type RunRow, runColumnsOf } from "./run-row.js";
import { type ScoreSelection, scoreRows } from "./run-scores.js";

/** Metric version of each dataset of a track, for a month or current. */
export type Versions = ReadonlyMap<string, MetricVersion | undefined>;

export function versionsOf(catalogue: Catalogue, track: string, asOf: string | null): Versions {
  const datasets = catalogue.datasets.filter((dataset) => dataset.track === track);
  return new Map(
    datasets.map((dataset) => [dataset.id, metricVersionOf(dataset.scoring, asOf ?? undefined)]),
  );
}

/** A benchmark's pool and track: its runs have the same items to answer, so they share the numbering of groups. */
export interface Place {
  /** Whether any dataset pools counts of responses (tp, fp, fn). */
  readonly isPooled: boolean;
  readonly nGroups: number;
  /** Items and groups of each dataset that count. */
  readonly sizes: ReadonlyMap<string, { readonly n_items: number; readonly n_groups: number }>;
}

/**
 * Prepares a benchmark, pool and track: what `numberGroups` fills, and the temporary tables `kinds` and `mix_kinds`.
 * Call `describeGroups` once before.
 */
export async function preparePlace(engine: Engine, run: RunRow, versions: Versions): Promise<Place> {
  await numberGroups(engine, run);
  await createKinds(engine, versions);
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE mix_kinds AS
     SELECT p.mix, p.dataset, p.items_per_group AS n_items, k.component, k.kind, k.stratum, k.weight, k.alone
     FROM place_mixes AS p JOIN kinds AS k USING (dataset)`,
  );
  const rows = await engine.rows<{ dataset: string; n_items: number; n_groups: number; n_all: number }>(
    `SELECT dataset, coalesce(sum(n_items), 0)::BIGINT AS n_items, coalesce(sum(n_groups) FILTER (n_items > 0), 0)::BIGINT AS n_groups,
            sum(n_groups)::BIGINT AS n_all
     FROM place_mixes GROUP BY dataset ORDER BY dataset`,
  );
  return {
    isPooled: [...versions.values()].some((version) =>
      version?.components?.some(({ scorer }) => poolsCounts(scorerOf(scorer).pooling)),
    ),
    nGroups: rows.reduce((total, { n_all }) => total + n_all, 0),
    sizes: new Map(
      rows
        .filter(({ n_groups }) => n_groups > 0)
        .map(({ dataset, n_items, n_groups }) => [dataset, { n_items, n_groups }]),
    ),
  };
}

const pooledSums = ["tp", "fp", "fn"].map((count) => `sum(${count}::DOUBLE)::BIGINT AS ${count}`);

export interface GroupScoresOptions {
  readonly files: readonly FileConstants[];
  /**
   * Places with at most this many groups keep one unit per group, in the order of `group_no`; above it, groups with equal
   * sums are counted together wherever a group is one sum. Default: always one unit per group.
   */
  readonly unitsUpTo?: number;
  /** Which responses of each run enter, in the order of the runs. Default: those under `base`. */
  readonly selections?: readonly ScoreSelection[];
}

/**
 * Fills the temporary tables `batch_runs`, `repetition_units`, `component_units`, `task_units` and `group_cells` for some runs
 * of a place, numbered by `run_no` (their order in `runs`), in the only pass over their score rows. A unit represents `k`
 * groups with equal values; all later steps use units or moments of groups. `batch_runs.scale` is what a prompt of the run weighs:
 * more than 1 where only some prompts were repeated, and values and weights of all its groups are multiplied by it. Call
 * `preparePlace` before.
 */
export async function groupScores(
  engine: Engine,
  place: Place,
  runs: readonly RunRow[],
  { files, unitsUpTo = Number.POSITIVE_INFINITY, selections = [] }: GroupScoresOptions,
): Promise<void> {
  const sources = runs.map(({ run_id }, runNo) => scoreRows(engine, run_id, files, selections[runNo]));
  const scales: number[] = [];
  const isOfValues = place.nGroups > unitsUpTo && sources.every(({ isSimple }) => isSimple);
  const units = readQuery(
    new URL(isOfValues ? "units-of-values.sql" : "units-of-groups.sql", import.meta.url),
  );
  const groups = readQuery(new URL("component-groups.sql", import.meta.url));
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE repetition_units (
       run_no INTEGER, mix INTEGER, unit BIGINT, component INTEGER, attempt INTEGER, n BIGINT, total BIGINT, n_policy BIGINT,
       weight BIGINT, weighted BIGINT, policy_weight BIGINT, tp BIGINT, fp BIGINT, fn BIGINT, k BIGINT)`,
  );
  // Groups are numbered without gaps: up to a million of them are added up by index instead of by hash.
  await engine.run("SET perfect_ht_threshold = 20");
  for (const [runNo, { rows, component, attempt, nPolicy, isEven }] of sources.entries()) {
    const scale = isEven ? 1 : await weightScale(engine, rows);
    scales.push(scale);
    if (scale > 1) {
      await runQueries(engine, new URL("weighted-groups.sql", import.meta.url), { run_no: runNo, scale });
      continue;
    }
    const more_sums = [`${nPolicy} AS n_policy`, ...(place.isPooled ? pooledSums : [])].join(", ");
    const sums = withParts(groups, { rows, component, attempt, more_sums });
    await engine.run(withParts(units, { groups: `(${sums})` }), { run_no: runNo });
  }
  await engine.run("RESET perfect_ht_threshold");
  const isWeighted = scales.some((scale) => scale > 1);
  const values = withParts(readQuery(new URL("repetition-values.sql", import.meta.url)), {
    weight: isWeighted ? "coalesce(g.weight, g.n)" : "g.n",
    weighted: isWeighted ? "coalesce(g.weighted, g.total)" : "g.total",
    policy_weight: isWeighted ? "coalesce(g.policy_weight, g.n_policy)" : "g.n_policy",
  });
  await engine.run(values);
  await runQueries(
    engine,
    new URL(
      sources.every(({ isOnce }) => isOnce) ? "component-units-once.sql" : "component-units.sql",
      import.meta.url,
    ),
  );
  await runQueries(engine, new URL("task-units.sql", import.meta.url));
  await createBatchRuns(engine, runs, scales);
}

/**
 * The weight that each prompt gets if some were asked more often than others: the smallest number that every count divides. 1 if all
 * were asked equally often. Fills `weighted_rows` otherwise.
 */
async function weightScale(engine: Engine, rows: string): Promise<number> {
  const { kinds } = await engine.row<{ kinds: number }>(
    `SELECT count(DISTINCT n_attempts) AS kinds FROM ${rows} AS s`,
  );
  if (kinds <= 1) return 1;
  await engine.run(withParts(readQuery(new URL("weighted-rows.sql", import.meta.url)), { rows }));
  const counts = await engine.rows<{ m: number }>("SELECT DISTINCT m FROM weighted_rows ORDER BY m");
  return leastCommonMultiple(counts.map(({ m }) => m));
}

async function createBatchRuns(
  engine: Engine,
  runs: readonly RunRow[],
  scales: readonly number[],
): Promise<void> {
  const rows = runs.map(
    (run, runNo) =>
      `(${runNo}, ${scales[runNo]}, ${Object.values(runColumnsOf(run)).map(literal).join(", ")})`,
  );
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE batch_runs AS
     SELECT r.*, coalesce(u.repeats, 1) AS repeats
     FROM (VALUES ${rows.join(", ")}) AS r(run_no, scale, ${Object.keys(runColumnsOf(runs[0] as RunRow)).join(", ")})
     LEFT JOIN (SELECT run_no, max(attempt) AS repeats FROM repetition_units GROUP BY run_no) AS u USING (run_no)`,
  );
}

async function createKinds(engine: Engine, versions: Versions): Promise<void> {
  await engine.run(
    "CREATE OR REPLACE TEMP TABLE kinds (dataset VARCHAR, component INTEGER, kind VARCHAR, stratum VARCHAR, weight DOUBLE, alone BOOLEAN)",
  );
  const rows = [...versions].flatMap(([dataset, version]) => {
    const components = version?.components ?? [];
    return components.map(({ scorer, part, weight }, index) => {
      const alone = components.filter((other) => other.part === part).length === 1;
      return `(${literal(dataset)}, ${index}, ${literal(scorerOf(scorer).pooling)}, ${literal(part ?? "")}, ${weight}, ${alone})`;
    });
  });
  if (rows.length > 0) await engine.run(`INSERT INTO kinds VALUES ${rows.join(", ")}`);
}
