import { join } from "node:path";
import { type Table, type TableName, tableNames, tables } from "../../src/lib/records/tables.js";
import type { Engine } from "./engine.js";
import { identifier } from "./sql.js";
import type { Version } from "./versioned-folder.js";

/** Parquet files of a table in a version, in a fixed order. A table may have several parts. */
export function tableFiles(version: Version | null, table: TableName): string[] {
  return (version?.manifest.files ?? [])
    .filter(({ file }) => file.startsWith(`${table}/`) && file.endsWith(".parquet"))
    .map(({ file }) => join((version as Version).folder, ...file.split("/")));
}

/**
 * Makes the warehouse's tables queryable by name. A table that no stage has written yet is an empty view with the right
 * columns, so queries need not check which tables exist.
 */
export async function attachTables(
  engine: Engine,
  version: Version | null,
  names: readonly TableName[] = tableNames,
): Promise<void> {
  for (const name of names) {
    const files = tableFiles(version, name);
    const source =
      files.length > 0
        ? `SELECT * FROM ${engine.files.read("read_parquet", files)}`
        : emptySelect(tables[name]);
    await engine.run(`CREATE OR REPLACE VIEW ${identifier(name)} AS ${source}`);
  }
}

function emptySelect(table: Table): string {
  const columns = Object.entries(table.columns).map(
    ([name, { type }]) => `CAST(NULL AS ${type}) AS ${identifier(name)}`,
  );
  return `SELECT ${columns.join(", ")} WHERE FALSE`;
}
