import { mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../../src/lib/errors.js";
import { type Table, tables } from "../../src/lib/records/tables.js";
import { formatTable } from "../terminal/table.js";
import { type Engine, withEngine } from "../warehouse/engine.js";
import { literal } from "../warehouse/sql.js";
import { readingProblem } from "../warehouse/statement.js";
import { isSystemError } from "../warehouse/system-error.js";
import { currentVersion } from "../warehouse/versioned-folder.js";
import { attachTables } from "../warehouse/views.js";
import { workspacePaths } from "../warehouse/workspace.js";

export type SqlOutput =
  | { readonly format: "table" | "json" | "csv" }
  | { readonly format: "parquet"; readonly file: string };

export interface SqlOptions {
  /** Let the query read and write any file, and change settings. Default: it reads the workspace's tables and nothing else. */
  readonly allowFiles?: boolean;
}

/** Runs one query over the current warehouse and returns the text to print. */
export async function queryWarehouse(
  workspace: string,
  query: string,
  output: SqlOutput,
  { allowFiles = false }: SqlOptions = {},
): Promise<string> {
  const { warehouse } = workspacePaths(workspace);
  const version = await currentVersion(warehouse);
  if (version === null) {
    throw new InputError(`${warehouse}: there is no warehouse yet`, {
      hint: "Run `medbench ingest` or `npm start` first.",
    });
  }
  const target = output.format === "parquet" ? resolve(output.file) : null;
  // Next to the target, so that the finished file can be renamed.
  const folder = await mkdtemp(join(target === null ? tmpdir() : dirname(target), ".medbench-sql-"));
  try {
    return await withEngine(
      async (engine) => {
        await attachTables(engine, version);
        if (!allowFiles) await engine.confine([folder]);
        try {
          if (!allowFiles) await requireReading(engine, query);
          return await print(engine, query, output, folder);
        } catch (error) {
          throw queryError(error);
        }
      },
      { workspace },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** DuckDB lets an engine write to every file that it may read, so the kind of the statement decides. */
async function requireReading(engine: Engine, query: string): Promise<void> {
  const problem = await readingProblem(engine, query);
  if (problem !== null) throw new InputError(`sql: the query ${problem}`, { hint: filesHint });
}

const filesHint =
  "medbench sql runs one query over the tables of the workspace; --allow-files also allows other statements, and reading and writing files.";

function queryError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof InputError || isSystemError(error)) return error;
  const isClosed = /^Permission Error|configuration has been locked/.test(error.message);
  return new InputError(`sql: ${error.message.split("\n").slice(0, 4).join("\n  ")}`, {
    hint: isClosed
      ? filesHint
      : '`medbench sql` without a query lists the tables; `medbench sql "describe responses"` shows columns.',
  });
}

async function print(engine: Engine, query: string, output: SqlOutput, folder: string): Promise<string> {
  if (output.format === "parquet") {
    const rows = join(folder, "rows.parquet");
    const { Count } = await engine.row<{ Count: number }>(
      engine.files.write(query, rows, "FORMAT parquet, COMPRESSION zstd"),
    );
    await rename(rows, resolve(output.file));
    return `${Count} rows written to ${output.file}\n`;
  }
  if (output.format === "csv") {
    const rows = join(folder, "rows.csv");
    await engine.run(engine.files.write(query, rows, "FORMAT csv, HEADER"));
    return readFile(rows, "utf8");
  }
  const rows = await engine.rows(query);
  return output.format === "json" ? `${JSON.stringify(rows, null, 1)}\n` : `${formatTable(rows)}\n`;
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
