import type { Engine } from "../warehouse/engine.js";
import { runQueries } from "../warehouse/sql-files.js";
import type { RunRow } from "./run-row.js";

/**
 * Numbers the groups of a benchmark, pool and track, and fills the temporary tables `place_groups`, `place_mixes` and
 * `mix_specialties`. Call `describeGroups` once before.
 */
export async function numberGroups(
  engine: Engine,
  { benchmark, pool, track }: Pick<RunRow, "benchmark" | "pool" | "track">,
): Promise<void> {
  await runQueries(engine, new URL("place-groups.sql", import.meta.url), { benchmark, pool, track });
}
