import { mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../../src/lib/errors.js";
import { type Table, tables } from "../../src/lib/records/tables.js";
import { formatTable } from "../terminal/table.js";
import { type Engine, withEngine } from "../warehouse/engine.js";
import { literal } from "../warehouse/sql.js";
import { currentVersion } from "../warehouse/versioned-folder.js";
import { attachTables } from "../warehouse/views.js";
import { workspacePaths } from "../warehouse/workspace.js";

export type SqlOutput =
  | { readonly format: "table" | "json" | "csv" }
  | { readonly format: "parquet"; readonly file: string };

/** Runs one query over the current warehouse and returns the text to print. */
export async function queryWarehouse(workspace: string, query: string, output: SqlOutput): Promise<string> {
  const { warehouse } = workspacePaths(workspace);
  const version = await currentVersion(warehouse);
  if (version === null) {
    throw new InputError(`${warehouse}: there is no warehouse yet`, {
      hint: "Run `medbench ingest` or `npm start` first.",
    });
  }
  return withEngine(async (engine) => {
    await attachTables(engine, version);
    try {
      return await print(engine, query, output);
    } catch (error) {
      if (!(error instanceof Error) || error instanceof InputError) throw error;
      throw new InputError(`sql: ${error.message.split("\n").slice(0, 4).join("\n  ")}`, {
        hint: '`medbench sql` without a query lists the tables; `medbench sql "describe responses"` shows columns.',
      });
    }
  });
}

async function print(engine: Engine, query: string, output: SqlOutput): Promise<string> {
  if (output.format === "parquet") {
    const target = resolve(output.file);
    const temporary = join(dirname(target), `.${process.pid}.tmp.parquet`);
    await engine.run(engine.files.write(query, temporary, "FORMAT parquet, COMPRESSION zstd"));
    await rename(temporary, target);
    const { n } = await engine.row<{ n: number }>(
      `SELECT count(*) AS n FROM ${engine.files.read("read_parquet", target)}`,
    );
    return `${n} rows written to ${output.file}\n`;
  }
  if (output.format === "csv") return copyAsCsv(engine, query);
  const rows = await engine.rows(query);
  return output.format === "json" ? `${JSON.stringify(rows, null, 1)}\n` : `${formatTable(rows)}\n`;
}

async function copyAsCsv(engine: Engine, query: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "medbench-sql-"));
  try {
    const file = join(folder, "rows.csv");
    await engine.run(engine.files.write(query, file, "FORMAT csv, HEADER"));
    return await readFile(file, "utf8");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A query that lists every table with its grain and rows. */
export function listTables(): string {
  return Object.entries(tables as Record<string, Table>)
    .map(
      ([name, { grain }]) =>
        `SELECT ${literal(name)} AS "table", (SELECT count(*) FROM ${name}) AS "rows", ${literal(grain)} AS grain`,
    )
    .join(" UNION ALL ");
}
