import { metricVersionOf } from "../../src/lib/catalogue/metric-version.js";
import type { Catalogue, MetricVersion } from "../../src/lib/catalogue/schema.js";
import type { Engine } from "../warehouse/engine.js";
import { runScript } from "../warehouse/queries.js";
import { literal } from "../warehouse/sql.js";
import type { RunRow } from "./run-row.js";

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
export async function preparePlace(engine: Engine, { benchmark, pool, track }: RunRow): Promise<void> {
  await runScript(engine, "place-groups", { benchmark, pool, track });
}

/**
 * Fills the temporary tables `kinds`, `repetition_groups`, `component_groups`, `task_groups` and `group_cells` for one run:
 * the only touch of its score rows. Everything after works on groups or on moments of groups. `preparePlace` comes first.
 *
 * @returns number of repetitions
 */
export async function groupScores(
  engine: Engine,
  run: RunRow,
  versions: ReadonlyMap<string, MetricVersion | undefined>,
): Promise<number> {
  await createKinds(engine, versions);
  await runScript(engine, "component-groups", { run_id: run.run_id });
  const { repeats } = await engine.row<{ repeats: number }>(
    "SELECT coalesce(max(repeat), 1) AS repeats FROM repetition_groups",
  );
  await runScript(engine, repeats === 1 ? "component-groups-once" : "component-groups-repeated");
  await runScript(engine, "task-groups");
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
