import { InputError } from "../../../src/lib/errors.js";
import type { Engine } from "../../warehouse/engine.js";
import { hashFile } from "../../warehouse/hash.js";
import { literal } from "../../warehouse/sql.js";

/** Columns of an anchor list, with the default of those that a list may leave out. */
const columns = {
  run_id: null,
  benchmark: null,
  dataset: null,
  pool: null,
  item_id: null,
  variant: "1",
  condition: "base",
  repeat: "1",
} as const;

/** Short hash of an anchor list: two calibrations with the same hash looked at the same answers. */
export function anchorHash(file: string): string {
  try {
    return hashFile(file).sha256.slice(0, 16);
  } catch (cause) {
    throw new InputError(`anchor list ${file} cannot be read`, { hint: "Check the path.", cause });
  }
}

/**
 * Reads a list of answers (CSV with a header, or JSON Lines) into the table `anchor`.
 *
 * @returns the number of distinct answers on the list
 * @throws InputError where a column of the response key is missing or the list names no judged answer
 */
export async function readAnchors(engine: Engine, file: string): Promise<number> {
  const source = /\.jsonl?$/i.test(file)
    ? engine.files.read("read_json", file, { format: "'newline_delimited'" })
    : engine.files.read("read_csv", file, { header: "true", all_varchar: "true" });
  const found = await engine.rows<{ column_name: string }>(`DESCRIBE FROM ${source}`).catch((cause) => {
    throw new InputError(`anchor list ${file} is neither CSV with a header nor JSON Lines`, { cause });
  });
  const given = new Set(found.map(({ column_name }) => column_name));
  const missing = Object.entries(columns).flatMap(([name, usual]) =>
    given.has(name) || usual !== null ? [] : [name],
  );
  if (missing.length > 0)
    throw new InputError(`anchor list ${file} lacks ${missing.join(", ")}`, {
      hint: `One answer a line: ${Object.keys(columns).join(", ")}; variant, condition and repeat may be left out.`,
    });
  const select = Object.entries(columns).map(([name, usual]) => {
    const type = usual === "1" ? "INTEGER" : "VARCHAR";
    return given.has(name)
      ? `CAST(${name} AS ${type}) AS ${name}`
      : `CAST(${literal(usual)} AS ${type}) AS ${name}`;
  });
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE anchor AS SELECT DISTINCT ${select.join(", ")} FROM ${source}`,
  );
  const { n, judged } = await engine.row<{ n: number; judged: number }>(
    `SELECT count(*) AS n, count(*) FILTER ((${Object.keys(columns).join(", ")}) IN (SELECT (${Object.keys(columns).join(", ")}) FROM judgments)) AS judged FROM anchor`,
  );
  if (judged === 0)
    throw new InputError(`anchor list ${file}: none of its ${n} answers was judged`, {
      hint: 'Its keys must be those of the warehouse: medbench sql "select * from judgments limit 1".',
    });
  return n;
}
