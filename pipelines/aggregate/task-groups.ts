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

/**
 * Fills the temporary tables `kinds`, `repetition_groups`, `component_groups`, `task_groups`, `group_items` and
 * `group_specialties` for one run: the only touch of its score rows. Everything after works on groups.
 */
export async function groupScores(
  engine: Engine,
  run: RunRow,
  versions: ReadonlyMap<string, MetricVersion | undefined>,
): Promise<void> {
  await engine.run(
    "CREATE OR REPLACE TEMP TABLE kinds (dataset VARCHAR, component INTEGER, kind VARCHAR, stratum VARCHAR, weight DOUBLE)",
  );
  const rows = [...versions].flatMap(([dataset, version]) =>
    (version?.components ?? []).map(
      ({ scorer, part, weight }, index) =>
        `(${literal(dataset)}, ${index}, ${literal(pooling[scorer] ?? "mean")}, ${literal(part ?? "")}, ${weight})`,
    ),
  );
  if (rows.length > 0) await engine.run(`INSERT INTO kinds VALUES ${rows.join(", ")}`);
  await runScript(engine, "component-groups", { run_id: run.run_id });
  await runScript(engine, "task-groups");
  await runScript(engine, "specialty-groups", { benchmark: run.benchmark, pool: run.pool, track: run.track });
}
