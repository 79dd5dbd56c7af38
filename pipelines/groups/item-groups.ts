import type { Engine } from "../warehouse/engine.js";
import { runQueries } from "../warehouse/sql-files.js";
import type { RunRow } from "./run-row.js";

const place = ["benchmark", "pool", "track"] as const;
type Place = Pick<RunRow, (typeof place)[number]>;

/**
 * Fills the temporary table `item_groups` with the groups of items, place by place, because the three names of a place would
 * double the cost of grouping.
 *
 * @param only one place (default: all)
 */
export async function describeGroups(engine: Engine, only?: Place): Promise<void> {
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE item_groups (benchmark VARCHAR, pool VARCHAR, track VARCHAR, dataset VARCHAR, group_id VARCHAR,
       n_items INTEGER, n_variants INTEGER, specialty_primary VARCHAR, specialty_secondary VARCHAR, is_uniform BOOLEAN)`,
  );
  const places = only ? [only] : await engine.table("items", place, { distinct: true, orderBy: place });
  for (const { benchmark, pool, track } of places)
    await runQueries(engine, new URL("item-groups.sql", import.meta.url), { benchmark, pool, track });
}
