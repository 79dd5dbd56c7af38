import { StatementType } from "@duckdb/node-api";
import type { Engine } from "./engine.js";

/** A node of DuckDB's parse tree; its fields depend on its type. */
type Node = Readonly<Record<string, unknown>>;

/** Functions that make rows of their arguments alone. */
const harmlessTableFunctions = new Set([
  "unnest",
  "range",
  "generate_series",
  "repeat",
  "repeat_row",
  "json_each",
  "json_tree",
]);

/** Functions that tell about the machine or change the engine. */
const tellingFunctions = new Set(["current_setting", "getenv", "getvariable", "write_log"]);

/** Names of a time or a user that SQL writes without parentheses. A column of the data may have such a name. */
const changingNames = [
  "current_date",
  "current_time",
  "current_timestamp",
  "localtime",
  "localtimestamp",
  "current_user",
  "session_user",
  "user",
  "current_role",
  "current_catalog",
];

/**
 * What makes a query give other values for the same files (the clock, chance, the session), or null.
 *
 * @param columns names of the data's columns, in lower case
 */
export async function changingProblem(
  engine: Engine,
  query: string,
  columns: ReadonlySet<string>,
): Promise<string | null> {
  const parsed = await parse(engine, query);
  if (typeof parsed === "string") return null;
  const known = await engine.rows<{ name: string }>(
    "SELECT DISTINCT function_name AS name FROM duckdb_functions() WHERE stability IN ('VOLATILE', 'CONSISTENT_WITHIN_QUERY')",
  );
  // The engine's list has no stability of macros, and the parser's own words are not in it.
  const functions = new Set([
    ...known.map(({ name }) => name),
    ...changingNames,
    "ago",
    "pg_backend_pid",
    "version",
  ]);
  functions.delete("error");
  const why = "which has another value in each run: the same files would give other tables";
  for (const node of nodesOf(parsed)) {
    if (node["class"] === "FUNCTION") {
      const name = String(node["function_name"]).toLowerCase();
      const isAgeToday = name === "age" && (node["children"] as unknown[]).length === 1;
      if (functions.has(name) || isAgeToday) return `calls ${name}(), ${why}`;
    }
    if (node["class"] === "COLUMN_REF") {
      const [first = "", ...more] = (node["column_names"] as string[]).map((name) => name.toLowerCase());
      if (more.length === 0 && changingNames.includes(first) && !columns.has(first))
        return `uses ${first}, ${why}`;
    }
    if (node["sample"] !== null && typeof node["sample"] === "object") return `takes a sample, ${why}`;
  }
  return null;
}

/**
 * What is wrong with a query that comes with somebody's files, or null: it must be one SELECT that reads the allowed tables
 * only. Files are closed to the engine anyway (`Engine.confine`); this says what the query tried, before anything runs, and
 * keeps an engine from writing to the files that it may read.
 */
export async function queryProblem(
  engine: Engine,
  query: string,
  tables: readonly string[],
): Promise<string | null> {
  const parsed = await parse(engine, query);
  return typeof parsed === "string" ? parsed : readsProblem(parsed, tables);
}

/**
 * What is wrong with a query that its user typed, or null: it may use whatever the engine allows, but only read. Files that a
 * confined engine may read are closed to its statements that write.
 */
export async function readingProblem(engine: Engine, query: string): Promise<string | null> {
  const statements = await engine.connection.extractStatements(query);
  for (let index = 0; index < statements.count; index += 1) {
    const isLast = index === statements.count - 1;
    // DuckDB turns PIVOT into two statements: a type for its columns, then a SELECT that needs the type.
    if (!isLast && !/\bpivot/i.test(query)) return "is more than one statement";
    const prepared = await statements.prepare(index);
    const { statementType } = prepared;
    if (!isLast && statementType === StatementType.CREATE) await prepared.run();
    else if (statementType === StatementType.EXPLAIN) return explainedProblem(engine, query);
    else if (statementType !== StatementType.SELECT) return "does more than read";
  }
  return null;
}

/** EXPLAIN ANALYZE runs what it explains. */
async function explainedProblem(engine: Engine, query: string): Promise<string | null> {
  const explained = /^\s*explain\s*(?:\([^)]*\)|analyze\b)?(.*)$/is.exec(query)?.[1] ?? "";
  const parsed = await parse(engine, explained);
  return typeof parsed === "string" ? `explains what ${parsed}` : null;
}

/** What is wrong with the expression of a column, or null: it must be one expression, whatever its subqueries read. */
export async function expressionProblem(
  engine: Engine,
  expression: string,
  tables: readonly string[],
): Promise<string | null> {
  // On lines of its own, because a comment may end the expression.
  const parsed = await parse(engine, `SELECT\n${expression}\n`);
  if (typeof parsed === "string") return parsed;
  const plain = (await parse(engine, "SELECT 1")) as Node;
  const { select_list: values = [], ...rest } = parsed;
  const { select_list: _, ...plainRest } = plain;
  const [only, ...more] = values as Node[];
  if (more.length > 0) return "is more than one expression";
  if (skeleton(rest) !== skeleton(plainRest))
    return "is more than an expression; a query needs parentheses: (SELECT ...)";
  if (only?.["type"] === "STAR" || (only?.["alias"] ?? "") !== "") return "is not the value of one column";
  return readsProblem(parsed, tables);
}

/** The tree of the only statement, or what is wrong with the text. */
async function parse(engine: Engine, sql: string): Promise<Node | string> {
  const { tree } = await engine.row<{ tree: string }>(
    "SELECT CAST(json_serialize_sql($sql::VARCHAR) AS VARCHAR) AS tree",
    { sql },
  );
  const result = JSON.parse(tree) as {
    error: boolean;
    error_type?: string;
    error_message?: string;
    statements?: { node: Node }[];
  };
  if (result.error)
    return result.error_type === "not implemented"
      ? "is not a SELECT"
      : `is not SQL that DuckDB can read: ${result.error_message?.replaceAll(/\s+/g, " ")}`;
  const [first, ...more] = result.statements ?? [];
  if (first === undefined) return "is empty";
  return more.length > 0 ? "is more than one statement" : first.node;
}

/** The tree without positions in the text. */
function skeleton(node: unknown): string {
  return JSON.stringify(node, (name, value: unknown) => (name === "query_location" ? undefined : value));
}

function readsProblem(tree: Node, tables: readonly string[]): string | null {
  const known = new Set(tables.map((name) => name.toLowerCase()));
  const nodes = [...nodesOf(tree)];
  for (const node of nodes) {
    // Keys of a CTE map are the names of the CTEs.
    const { cte_map } = node as { cte_map?: { map?: { key?: unknown }[] } };
    for (const { key } of cte_map?.map ?? []) known.add(String(key).toLowerCase());
  }
  for (const node of nodes) {
    const problem = nodeProblem(node, known);
    if (problem !== null) return problem;
  }
  return null;
}

function nodeProblem(node: Node, known: ReadonlySet<string>): string | null {
  const names = (...parts: unknown[]) => parts.filter((part) => typeof part === "string" && part !== "");
  if (node["type"] === "BASE_TABLE") {
    const path = names(node["catalog_name"], node["schema_name"], node["table_name"]);
    const name = String(node["table_name"]);
    return path.length === 1 && known.has(name.toLowerCase())
      ? null
      : `reads ${JSON.stringify(path.join("."))}, which is not one of its tables (${[...known].join(", ")})`;
  }
  if (node["type"] === "TABLE_FUNCTION") {
    const name = String((node["function"] as Node)["function_name"]).toLowerCase();
    return harmlessTableFunctions.has(name) ? null : `calls ${name}(), which reads more than its tables`;
  }
  if (node["type"] === "RECURSIVE_CTE_NODE")
    return "is recursive, and need not end; range() and unnest() count and repeat without WITH RECURSIVE";
  if (node["type"] === "SHOW_REF") return "describes tables of the engine";
  if (node["class"] === "PARAMETER") return "has a parameter, for which there is no value";
  if (node["class"] === "FUNCTION") {
    const name = String(node["function_name"]).toLowerCase();
    if (name === "error")
      return "calls error(), which would stop the whole table; write NULL where a value should be refused";
    return tellingFunctions.has(name) ? `calls ${name}(), which reads more than its tables` : null;
  }
  return null;
}

function* nodesOf(value: unknown): Generator<Node> {
  // A stack of its own: expressions may be nested deeply.
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (next === null || typeof next !== "object") continue;
    if (!Array.isArray(next)) yield next as Node;
    for (const inner of Object.values(next)) open.push(inner);
  }
}
