import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { CheckError } from "../../src/lib/errors.js";
import { type Column, type Table, type TableName, tables } from "../../src/lib/records/tables.js";
import type { Engine } from "./engine.js";
import { identifier, literal } from "./sql.js";
import { type BoundValues, valuesIn } from "./sql-files.js";

export interface WriteOptions {
  /** zstd level: 1 for intermediate data, 3 (DuckDB's default) for final tables. */
  readonly compressionLevel?: number;
  /** Skip the checks that read the written file again (uniqueness of the key); the caller has made them. */
  readonly trustKey?: boolean;
  /** Values bound in the query. */
  readonly values?: BoundValues;
}

/** How tables are written: zstd at its default level or another, and small row groups, which halve memory and time. */
export const parquetFormat = (compressionLevel = 3) =>
  `FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL ${compressionLevel}, ROW_GROUP_SIZE 20480`;

/**
 * Writes a query's rows as one Parquet file of a warehouse table and checks it against the table's definition: column
 * names and types, required values, allowed values, bounds, laws, and that the key is unique.
 *
 * @returns number of rows written
 * @throws CheckError naming the table, the law and an offending row
 */
export async function writeTable(
  engine: Engine,
  name: TableName,
  select: string,
  file: string,
  options: WriteOptions = {},
): Promise<number> {
  const table: Table = tables[name];
  await mkdir(dirname(file), { recursive: true });
  const columns = Object.entries(table.columns)
    .map(([column, { type }]) => `CAST(${identifier(column)} AS ${type}) AS ${identifier(column)}`)
    .join(", ");
  await engine.run(
    engine.files.write(`SELECT ${columns} FROM (${select})`, file, parquetFormat(options.compressionLevel)),
    valuesIn(select, options.values ?? {}),
  );
  return checkTable(engine, name, [file], options);
}

/** Checks files of a table against its definition; see `writeTable`. */
export async function checkTable(
  engine: Engine,
  name: TableName,
  files: readonly string[],
  { trustKey = false }: WriteOptions = {},
): Promise<number> {
  const table: Table = tables[name];
  const source = engine.files.read("read_parquet", files);
  const conditions = lawsOf(table);
  const counted = conditions.map(
    ([, condition], index) => `count(*) FILTER (NOT coalesce((${condition}), TRUE)) AS broken_${index}`,
  );
  const checked = await engine.row<Record<string, number>>(
    `SELECT count(*) AS n${counted.map((text) => `, ${text}`).join("")} FROM ${source}`,
  );
  for (const [index, [law, condition]] of conditions.entries()) {
    const broken = checked[`broken_${index}`] as number;
    if (broken === 0) continue;
    const example = await engine.row(
      `SELECT ${table.key.map(identifier).join(", ")} FROM ${source} WHERE NOT coalesce((${condition}), TRUE) LIMIT 1`,
    );
    throw new CheckError(
      `table ${name}: ${broken} of ${checked["n"]} rows break "${law}", first ${JSON.stringify(example)}`,
      {
        hint: "Either the input or the stage that writes this table is wrong; nothing was published.",
      },
    );
  }
  if (!trustKey) await checkKey(engine, name, table, source);
  return checked["n"] as number;
}

function lawsOf(table: Table): [string, string][] {
  const laws: [string, string][] = [];
  for (const [name, column] of Object.entries(table.columns)) laws.push(...columnLaws(name, column));
  return [...laws, ...Object.entries(table.laws ?? {})];
}

function columnLaws(name: string, column: Column): [string, string][] {
  const quoted = identifier(name);
  const laws: [string, string][] = [];
  if (column.required) laws.push([`${name} is there`, `${quoted} IS NOT NULL`]);
  if (column.oneOf)
    laws.push([
      `${name} is one of ${column.oneOf.join(", ")}`,
      `${quoted} IN (${column.oneOf.map(literal).join(", ")})`,
    ]);
  if (column.between)
    laws.push([
      `${name} is in [${column.between.join(", ")}]`,
      `${quoted} BETWEEN ${column.between[0]} AND ${column.between[1]}`,
    ]);
  if (column.type === "DOUBLE") laws.push([`${name} is finite`, `isfinite(${quoted})`]);
  return laws;
}

async function checkKey(engine: Engine, name: TableName, table: Table, source: string): Promise<void> {
  const key = table.key.map(identifier).join(", ");
  // 64 bits per row instead of all key texts: a table may have many millions of rows.
  const { n } = await engine.row<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT hash(${key}) AS key_hash FROM ${source} GROUP BY key_hash HAVING count(*) > 1)`,
  );
  if (n === 0) return;
  const repeated = await engine.rows(
    `SELECT ${key}, count(*) AS n FROM ${source} GROUP BY ${key} HAVING count(*) > 1 LIMIT 1`,
  );
  if (repeated.length > 0) {
    throw new CheckError(`table ${name}: the key is not unique, first ${JSON.stringify(repeated[0])}`, {
      hint: `The grain is ${table.grain}; look for a source that was ingested twice.`,
    });
  }
}
