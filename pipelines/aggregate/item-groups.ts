import type { Engine } from "../warehouse/engine.js";
import { runScript } from "../warehouse/queries.js";

/**
 * Fills the temporary table `item_groups` with the groups of all items, place by place (benchmark, pool and track), because
 * these three names would double the cost of grouping. The only reading of all items.
 */
export async function describeGroups(engine: Engine): Promise<void> {
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE item_groups (benchmark VARCHAR, pool VARCHAR, track VARCHAR, dataset VARCHAR, group_id VARCHAR,
       n_items INTEGER, n_variants INTEGER, specialty_primary VARCHAR, specialty_secondary VARCHAR, is_uniform BOOLEAN)`,
  );
  const places = await engine.rows<{ benchmark: string; pool: string; track: string }>(
    "SELECT DISTINCT benchmark, pool, track FROM items ORDER BY benchmark, pool, track",
  );
  for (const place of places) await runScript(engine, "item-groups", { ...place });
}
