import { InputError } from "../../../src/lib/errors.js";
import type { RunRow } from "../../groups/run-row.js";
import type { Engine } from "../../warehouse/engine.js";
import { runQueries } from "../../warehouse/sql-files.js";

/** What two pools have in common, in items. */
export interface SharedItems {
  /** Items with the same question, options and reference answer in both: only these are compared. */
  readonly common: number;
  /** Items with the same id in both, of which something changed. */
  readonly changed: number;
  /** What changed: `question`, `options`, `gold` (the reference answer or key points), `variant`. */
  readonly changes: readonly string[];
  readonly only_first: number;
  readonly only_second: number;
}

/** Temporary table of the prompts that both pools contain unchanged; see `ScoreSelection.prompts`. */
export const samePrompts = "same_prompts";

/**
 * Finds the prompts that two pools have in common, by dataset, item and variant, and fills `same_prompts` with those that are the
 * same in both. A prompt with another question, other options or another reference answer is left out: the same answer
 * may be right in one pool and wrong in the other, and the difference would be the pools', not the systems'. Call
 * `preparePlace` for the first run before.
 *
 * @throws InputError if no item is the same in both
 */
export async function findSharedItems(engine: Engine, first: RunRow, second: RunRow): Promise<SharedItems> {
  const parameters = Object.fromEntries(
    (["benchmark", "pool", "track"] as const).flatMap((column) => [
      [`first_${column}`, first[column]],
      [`second_${column}`, second[column]],
    ]),
  );
  await runQueries(engine, new URL("shared-prompts.sql", import.meta.url), parameters);
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE ${samePrompts} AS SELECT * EXCLUDE (change) FROM shared_prompts WHERE change IS NULL`,
  );
  const counts = await engine.row<Omit<SharedItems, "changes"> & { n_first: number; n_second: number }>(
    `WITH own AS (SELECT dataset, item_id, bool_or(side = 0) AS in_first, bool_or(side = 1) AS in_second FROM pool_items GROUP BY ALL),
          same AS (SELECT DISTINCT dataset, item_id FROM ${samePrompts})
     SELECT count(*) FILTER (same.item_id IS NOT NULL) AS common,
            count(*) FILTER (same.item_id IS NULL AND in_first AND in_second) AS changed,
            count(*) FILTER (NOT in_second) AS only_first, count(*) FILTER (NOT in_first) AS only_second
     FROM own LEFT JOIN same USING (dataset, item_id)`,
  );
  const { common, changed, only_first, only_second } = counts;
  const found = await engine.rows<{ change: string }>(
    `SELECT DISTINCT change FROM shared_prompts
     WHERE change IS NOT NULL AND (dataset, item_id) NOT IN (SELECT (dataset, item_id) FROM ${samePrompts}) ORDER BY change`,
  );
  const changes = changed > 0 && found.length === 0 ? ["variant"] : found.map(({ change }) => change);
  const shared = { common, changed, changes, only_first, only_second };
  if (common > 0) return shared;
  throw new InputError(
    `compare: runs ${first.run_id} and ${second.run_id} have no item in common: ${describeShared(shared)}`,
    {
      hint: "Items are the same if dataset, item id, variant, question, options and reference answer are. Compare runs of one pool, or pools that share items.",
    },
  );
}

const names: Readonly<Record<string, string>> = {
  question: "question",
  options: "options",
  gold: "reference answer",
  variant: "variants",
};

/** The counts in words. */
export function describeShared({ common, changed, changes, only_first, only_second }: SharedItems): string {
  const items = (n: number) => `${n} ${n === 1 ? "item" : "items"}`;
  const what = changes.map((change) => names[change] ?? change).join(" or ");
  return [
    `${items(common)} in both pools`,
    changed > 0 ? `${items(changed)} left out because of another ${what}` : "",
    only_first > 0 ? `${items(only_first)} only in the first` : "",
    only_second > 0 ? `${items(only_second)} only in the second` : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}
