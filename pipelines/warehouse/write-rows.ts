import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Row, type Table, type TableName, tables } from "../../src/lib/records/tables.js";
import type { Engine, PlainRow } from "./engine.js";
import { identifier, literal } from "./sql.js";
import { writeTable } from "./writer.js";

/**
 * Writes plain records as a table: small aggregated tables only. NaN and undefined become NULL; a column that the table
 * does not know is a mistake of the caller and stops the write.
 */
export async function writeRows<Name extends TableName>(
  engine: Engine,
  name: Name,
  rows: readonly Row<Name>[],
  file: string,
): Promise<number> {
  const { columns }: Table = tables[name];
  for (const row of rows) {
    const unknown = Object.keys(row).find((column) => !(column in columns));
    if (unknown !== undefined) throw new Error(`table ${name} has no column ${unknown}`);
  }
  const folder = await mkdtemp(join(tmpdir(), "medbench-rows-"));
  try {
    const path = join(folder, "rows.jsonl");
    await writeFile(path, rows.map((row) => JSON.stringify(complete(row, Object.keys(columns)))).join("\n"));
    const types = Object.entries(columns).map(
      ([column, { type }]) => `${identifier(column)}: ${literal(type)}`,
    );
    const source = `SELECT * FROM ${engine.files.read("read_json", path, { format: "'newline_delimited'", columns: `{${types.join(", ")}}` })}`;
    const empty = `SELECT ${Object.entries(columns)
      .map(([column, { type }]) => `CAST(NULL AS ${type}) AS ${identifier(column)}`)
      .join(", ")} WHERE FALSE`;
    return await writeTable(engine, name, rows.length > 0 ? source : empty, file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function complete(row: object, columns: readonly string[]): PlainRow {
  const values: PlainRow = { ...row };
  return Object.fromEntries(columns.map((column) => [column, values[column] ?? null]));
}
