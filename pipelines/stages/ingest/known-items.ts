import { existsSync } from "node:fs";
import { literal } from "../../warehouse/sql.js";
import { type IngestContext, scratchFile } from "./context.js";
import { nameOf } from "./source-files.js";

/**
 * Items of a pool as a Parquet file that every engine can read: dataset, item_id, variant, prompt (the engine's 64-bit
 * hash of the question text), nth (which of the item's variants with that prompt), n_variants, and number, a running
 * number over all rows.
 */
export async function knownItemsFile(
  { benchmark, pool }: { readonly benchmark: string; readonly pool: string },
  context: IngestContext,
): Promise<string> {
  // Items are only ever added, so their count identifies the state.
  const file = scratchFile(context, `known-${nameOf(benchmark, pool)}-${context.book.size}.parquet`);
  if (existsSync(file)) return file;
  const rows = `SELECT dataset, item_id, variant, prompt, row_number() OVER () AS number,
      row_number() OVER (PARTITION BY dataset, item_id, prompt ORDER BY variant) AS nth,
      count(*) OVER (PARTITION BY dataset, item_id) AS n_variants
    FROM (SELECT *, hash(coalesce(question, '')) AS prompt FROM item_rows) WHERE benchmark = ${literal(benchmark)} AND pool = ${literal(pool)}`;
  const { engine } = context;
  await engine.run(engine.files.write(rows, file, "FORMAT parquet"));
  return file;
}
