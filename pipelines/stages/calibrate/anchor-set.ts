import { InputError } from "../../../src/lib/errors.js";
import { readCsv } from "../../formats/csv/list.js";
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

const answerHint = `One answer a line: ${Object.keys(columns).join(", ")}; variant, condition and repeat may be left out.`;

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
  const source = /\.jsonl?$/i.test(file) ? fromLines(engine, file) : fromCsv(file);
  const names = Object.keys(columns);
  const lacking = names.map((name) => `count(*) FILTER (coalesce(${name}, '') = '') AS ${name}`);
  const empty = await engine
    .row<Record<keyof typeof columns, number>>(`SELECT ${lacking.join(", ")} FROM ${source}`)
    .catch((cause) => {
      if (cause instanceof InputError) throw cause;
      throw new InputError(`anchor list ${file} is neither CSV with a header nor JSON Lines`, {
        hint: answerHint,
        cause,
      });
    });
  const missing = Object.entries(columns).filter(
    ([name, usual]) => usual === null && empty[name as "pool"] > 0,
  );
  if (missing.length > 0)
    throw new InputError(`anchor list ${file} lacks ${missing.map(([name]) => name).join(", ")}`, {
      hint: answerHint,
    });
  const select = Object.entries(columns).map(([name, usual]) => {
    const value = usual === null ? name : `coalesce(nullif(${name}, ''), ${literal(usual)})`;
    return `CAST(${value} AS ${usual === "1" ? "INTEGER" : "VARCHAR"}) AS ${name}`;
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

/** Every value as the text that it is in the file: nothing is taken for a date or a number. */
function fromLines(engine: Engine, file: string): string {
  const texts = Object.keys(columns).map((name) => `${name}: 'VARCHAR'`);
  const settings = { format: "'newline_delimited'", columns: `{${texts.join(", ")}}` };
  return engine.files.read("read_json", file, settings);
}

function fromCsv(file: string): string {
  const rows = readCsv(file, []).records.map(({ values, problem, line }) => {
    if (problem !== null) throw new InputError(`anchor list ${file} line ${line}: ${problem}`);
    return `(${Object.keys(columns)
      .map((name) => literal(values[name] ?? null))
      .join(", ")})`;
  });
  if (rows.length === 0) throw new InputError(`anchor list ${file} has no rows`, { hint: answerHint });
  return `(VALUES ${rows.join(", ")}) AS list (${Object.keys(columns).join(", ")})`;
}
