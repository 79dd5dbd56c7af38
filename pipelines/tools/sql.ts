import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../../src/lib/errors.js";
import { type Table, tables } from "../../src/lib/records/tables.js";
import { printableLines } from "../terminal/printable.js";
import type { TableStyle } from "../terminal/table.js";
import { renameInto } from "../warehouse/disk.js";
import { type Engine, openEngine } from "../warehouse/engine.js";
import { literal } from "../warehouse/sql.js";
import { readingProblem } from "../warehouse/statement.js";
import { currentVersion } from "../warehouse/versioned-folder.js";
import { attachTables } from "../warehouse/views.js";
import { workspacePaths } from "../warehouse/workspace.js";
import { isLossy } from "./sql/exact-value.js";
import { filesHint, queryError } from "./sql/query-error.js";
import { csvText, jsonText, type QueryResult, tableText, verticalText } from "./sql/rows-text.js";
import { kindOf, type Statement, splitStatements } from "./sql/statements.js";

export type SqlOutput =
  | { readonly format: "table" | "vertical" | "json" | "csv" }
  | { readonly format: "parquet"; readonly file: string };

export interface SqlOptions {
  /** Let the query read and write any file, and change settings. Default: it reads the workspace's tables and nothing else. */
  readonly allowFiles?: boolean;
  /** Whether the text goes to a terminal, which would obey control characters in it. Default false. */
  readonly isScreen?: boolean;
  readonly style?: TableStyle;
}

/** Runs the statements of a text over the current warehouse and returns what to print. */
export async function queryWarehouse(
  workspace: string,
  query: string,
  output: SqlOutput,
  options: SqlOptions = {},
): Promise<string> {
  let text = "";
  for await (const piece of queryPieces(workspace, query, output, options)) text += piece;
  return text;
}

/** The text that `queryWarehouse` returns, in pieces, so that large results need not be one string. */
export async function* queryPieces(
  workspace: string,
  query: string,
  output: SqlOutput,
  options: SqlOptions = {},
): AsyncGenerator<string> {
  const { allowFiles = false } = options;
  const statements = statementsOf(query, output);
  const { warehouse } = workspacePaths(workspace);
  const version = await currentVersion(warehouse);
  if (version === null) {
    throw new InputError(`${warehouse}: there is no warehouse yet`, {
      hint: "Run `medbench ingest` or `npm start` first.",
    });
  }
  // Next to the target, so that the finished file can be renamed.
  const folder =
    output.format === "parquet"
      ? await mkdtemp(join(dirname(resolve(output.file)), ".medbench-sql-"))
      : await mkdtemp(join(tmpdir(), ".medbench-sql-"));
  const engine = await openEngine({ workspace });
  try {
    await attachTables(engine, version);
    if (!allowFiles) await engine.confine([folder]);
    for (const { text } of statements) if (!allowFiles) await requireReading(engine, text);
    for (const [index, { text }] of statements.entries()) {
      if (index > 0) yield "\n";
      yield* outputOf(engine, text, output, { folder, ...options });
    }
  } catch (error) {
    throw queryError(error, query);
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The statements, with empty lines before each, so that the engine's errors name the lines of the whole text. */
function statementsOf(query: string, { format }: SqlOutput): Statement[] {
  const statements = splitStatements(query);
  if (statements.length === 0)
    throw new InputError("sql: the query is empty", {
      hint: '`medbench sql` without a query lists the tables; `medbench sql "from runs"` shows one.',
    });
  if (statements.length > 1 && format !== "table" && format !== "vertical")
    throw new InputError(
      `sql: --${format} takes one statement, and there are ${statements.length}; the second is in line ${statements[1]?.line}`,
      { hint: "Run them one by one, or print tables (without the option, or with --vertical)." },
    );
  return statements.map(({ text, line }) => ({ line, text: `${"\n".repeat(line - 1)}${text}` }));
}

/** DuckDB lets an engine write to every file that it may read, so the kind of the statement decides. */
async function requireReading(engine: Engine, query: string): Promise<void> {
  const problem = await readingProblem(engine, query);
  if (problem !== null) throw new InputError(`sql: the query ${problem}`, { hint: filesHint });
}

async function* outputOf(
  engine: Engine,
  query: string,
  output: SqlOutput,
  { folder, isScreen = false, style = {} }: SqlOptions & { readonly folder: string },
): AsyncGenerator<string> {
  if (output.format === "parquet") {
    yield await writeParquet(engine, query, output.file, folder);
    return;
  }
  const result = await resultOf(engine, query);
  if (result.names.join() === "Success") yield output.format === "json" ? "[]\n" : "";
  else if (output.format === "json") yield* jsonText(result);
  else if (output.format === "csv") yield* csvText(result, isScreen ? printableLines : undefined);
  else if (output.format === "vertical") yield* verticalText(result);
  else yield* tableText(result, style);
}

async function resultOf(engine: Engine, query: string): Promise<QueryResult> {
  const result = await engine.result(query);
  const types = result.columnTypes();
  const names = { names: result.columnNames(), distinctNames: distinct(result.columnNames()) };
  if (!types.some(isLossy) || !isTable(query)) return { ...names, types, chunks: result };
  const columns = types.map((type, index) => `#${index + 1}${isLossy(type) ? "::VARCHAR" : ""}`);
  const exact = await engine.result(`SELECT ${columns.join(", ")} FROM (${query}\n)`);
  return { ...names, types: exact.columnTypes(), chunks: exact };
}

/** Names that differ, as the engine makes them where a subquery has equal ones: `a`, `a_1`, `a_2`. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let free = name;
    // A name that stands further on keeps it.
    for (let n = 1; taken.has(free) || (free !== name && names.includes(free)); n += 1) free = `${name}_${n}`;
    taken.add(free);
    return free;
  });
}

const isTable = (query: string) => /^(SELECT|FROM|WITH|VALUES|TABLE|PIVOT|UNPIVOT)$/.test(kindOf(query));

/** DESCRIBE, SHOW and SUMMARIZE are tables only in parentheses. */
const isTableInside = (query: string) => /^(DESCRIBE|DESC|SHOW|SUMMARIZE)$/.test(kindOf(query));

async function writeParquet(engine: Engine, query: string, file: string, folder: string): Promise<string> {
  if (kindOf(query) === "EXPLAIN")
    throw new InputError("sql: --parquet writes rows, and EXPLAIN gives a text", {
      hint: "Leave --parquet out.",
    });
  const rows = join(folder, "rows.parquet");
  const source = isTableInside(query) ? `FROM (${query}\n)` : `${query}\n`;
  const { Count } = await engine.row<{ Count: number }>(
    engine.files.write(source, rows, "FORMAT parquet, COMPRESSION zstd"),
  );
  await renameInto(rows, resolve(file));
  return `${Count} rows written to ${file}\n`;
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
