import { metricVersionOf } from "../../src/lib/catalogue/metric-version.js";
import type { Catalogue, MetricVersion } from "../../src/lib/catalogue/schema.js";
import type { Engine } from "../warehouse/engine.js";
import { runScript } from "../warehouse/queries.js";
import { literal } from "../warehouse/sql.js";
import type { RunRow } from "./run-row.js";
import { type ScoreFile, selectRunScores } from "./run-scores.js";

/** Metric version of each dataset of a track: those of a month, or those in force. */
export function versionsOf(
  catalogue: Catalogue,
  track: string,
  asOf: string | null,
): ReadonlyMap<string, MetricVersion | undefined> {
  const datasets = catalogue.datasets.filter((dataset) => dataset.track === track);
  return new Map(
    datasets.map((dataset) => [dataset.id, metricVersionOf(dataset.scoring, asOf ?? undefined)]),
  );
}

/** How a scorer's values pool into a task; all others are means. */
const pooling: Readonly<Record<string, string>> = { choice: "all_right", fields: "fields", label_set: "f1" };

/** Numbers the groups of the run's benchmark, pool and track; runs of the same place share them. */
export async function preparePlace(
  engine: Engine,
  { benchmark, pool, track }: RunRow,
  versions: ReadonlyMap<string, MetricVersion | undefined>,
): Promise<void> {
  await runScript(engine, "place-groups", { benchmark, pool, track });
  await createKinds(engine, versions);
}

export interface GroupScoresOptions {
  readonly files: readonly ScoreFile[];
  /**
   * Places with at most this many groups keep one unit per group, in the order of `group_no`; above it, groups with equal
   * sums are counted together wherever a group is one sum. Default: always one unit per group.
   */
  readonly unitsUpTo?: number;
}

/**
 * Fills the temporary tables `repetition_units`, `component_units`, `task_units` and `group_cells` for one run: the only touch
 * of its score rows. A unit stands for `k` groups of equal values; everything after works on units or on moments of groups.
 * `preparePlace` comes first.
 *
 * @returns number of repetitions
 */
export async function groupScores(
  engine: Engine,
  run: RunRow,
  { files, unitsUpTo = Number.POSITIVE_INFINITY }: GroupScoresOptions,
): Promise<number> {
  const { isSimple } = await selectRunScores(engine, run, files);
  await runScript(engine, "component-groups");
  const { n } = await engine.row<{ n: number }>("SELECT sum(n_groups)::BIGINT AS n FROM place_mixes");
  await runScript(engine, isSimple && n > unitsUpTo ? "units-of-values" : "units-of-groups");
  await runScript(engine, "component-units");
  await runScript(engine, "task-units");
  const { repeats } = await engine.row<{ repeats: number }>(
    "SELECT coalesce(max(repeat), 1) AS repeats FROM repetition_units",
  );
  return repeats;
}

async function createKinds(
  engine: Engine,
  versions: ReadonlyMap<string, MetricVersion | undefined>,
): Promise<void> {
  await engine.run(
    "CREATE OR REPLACE TEMP TABLE kinds (dataset VARCHAR, component INTEGER, kind VARCHAR, stratum VARCHAR, weight DOUBLE, alone BOOLEAN)",
  );
  const rows = [...versions].flatMap(([dataset, version]) => {
    const components = version?.components ?? [];
    return components.map(({ scorer, part, weight }, index) => {
      const alone = components.filter((other) => other.part === part).length === 1;
      return `(${literal(dataset)}, ${index}, ${literal(pooling[scorer] ?? "mean")}, ${literal(part ?? "")}, ${weight}, ${alone})`;
    });
  });
  if (rows.length > 0) await engine.run(`INSERT INTO kinds VALUES ${rows.join(", ")}`);
}
