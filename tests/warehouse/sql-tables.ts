import type { Engine } from "../../pipelines/warehouse/engine.js";
import { splitStatements } from "../../pipelines/warehouse/sql-files.js";

export interface Tables {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** The tables that the first two lines name. */
export function stated(text: string): Tables {
  const found = /^-- reads: (.+)\n-- writes: (.+)\n/.exec(text);
  if (found === null) throw new Error('an SQL file begins with "-- reads: ..." and "-- writes: ..."');
  const names = (list: string) => (list === "nothing" ? [] : list.split(", "));
  return { reads: names(found[1] as string), writes: names(found[2] as string) };
}

/** The tables that statements need before they run, and those that they fill. */
export async function touched(engine: Engine, text: string): Promise<Tables> {
  const reads = new Set<string>();
  const writes = new Set<string>();
  for (const statement of splitStatements(withoutComments(text))) {
    const { target, select } = parted(statement.trim());
    if (select !== null)
      for (const name of await tablesOf(engine, select)) if (!writes.has(name)) reads.add(name);
    if (target !== null) writes.add(target);
  }
  return { reads: sorted(reads), writes: sorted(writes) };
}

const sorted = (names: Iterable<string>) => [...names].sort((a, b) => (a < b ? -1 : 1));

const withoutComments = (sql: string) => sql.replace(/('(?:[^']|'')*')|--[^\n]*/g, (_, text) => text ?? "");

/** What a statement fills and the query that it fills it from. */
function parted(statement: string): { target: string | null; select: string | null } {
  const made = /^CREATE (?:OR REPLACE )?TEMP (?:TABLE|VIEW) (\w+)\s+(?:AS\s+(.+)|\(.+\)$)/s.exec(statement);
  if (made !== null) return { target: made[1] as string, select: made[2] ?? null };
  const filled = /^INSERT INTO (\w+)(?: BY NAME)?\s+(.+)/s.exec(statement);
  if (filled !== null) return { target: filled[1] as string, select: filled[2] as string };
  return { target: null, select: statement };
}

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** Tables of a query, as DuckDB's parser sees them: names of common table expressions do not count where they hold. */
async function tablesOf(engine: Engine, select: string): Promise<Set<string>> {
  // Where a part stands for a table or an expression, a name can stand as well.
  const plain = select.replace(/\{\{(\w+)\}\}/g, "part__$1");
  const { parsed } = await engine.row<{ parsed: string }>(
    "SELECT json_serialize_sql($1::VARCHAR) AS parsed",
    [plain],
  );
  const tree = JSON.parse(parsed) as { error: boolean; error_message?: string };
  if (tree.error)
    throw new Error(`the tables of a statement cannot be told: ${tree.error_message}\n${select}`);
  const names = new Set<string>();
  collect(tree as unknown as Json, new Set(), names);
  return new Set([...names].map((name) => name.replace(/^part__(\w+)$/, "{{$1}}")));
}

function collect(node: Json, defined: ReadonlySet<string>, names: Set<string>): void {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node)) {
    for (const child of node) collect(child, defined, names);
    return;
  }
  const { cte_map: ctes, ...rest } = node as { readonly [key: string]: Json };
  const here = new Set(defined);
  if (ctes !== undefined) {
    for (const { key, value } of (ctes as unknown as { map: { key: string; value: Json }[] }).map) {
      collect(value, here, names);
      here.add(key);
    }
  }
  const { type, table_name: name } = rest;
  if (type === "BASE_TABLE" && typeof name === "string" && name !== "" && !here.has(name)) names.add(name);
  for (const child of Object.values(rest)) collect(child, here, names);
}
