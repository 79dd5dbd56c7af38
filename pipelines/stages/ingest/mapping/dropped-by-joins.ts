import type { Engine } from "../../../warehouse/engine.js";
import { identifier, literalList } from "../../../warehouse/sql.js";

/** A record of an input that an inner join in `from` drops, because the other input has no partner for it. */
export interface DroppedRecord {
  /** Number of the record in its file; 0 if the query changes the value, so that the record is not known. */
  readonly row: number;
  readonly filename: string;
  readonly detail: string;
}

/** With more, a join selects on purpose. */
export const mostDroppedListed = 1000;

type Node = Readonly<Record<string, unknown>>;

/**
 * Finds the records that inner joins in a mapping's `from` drop: those of the left side without a partner in the input on
 * the right, by USING or by one equality of columns. A mistyped code in a list of ratings is the usual case.
 *
 * @param inputs names of the mapping's inputs
 */
export async function droppedByJoins(
  engine: Engine,
  from: string,
  inputs: readonly string[],
): Promise<DroppedRecord[]> {
  if (!/\bjoin\b/i.test(from)) return [];
  const tree = await parse(engine, from);
  const found: DroppedRecord[] = [];
  for (const join of joinsOf(tree)) {
    const keys = keysOf(join, inputs);
    if (keys !== null) found.push(...(await dropped(engine, tree, join, keys, inputs)));
  }
  return found;
}

interface JoinKeys {
  readonly input: string;
  /** Columns of the left side, as SQL and by name, and of the input. */
  readonly columns: readonly { readonly sql: string; readonly left: string; readonly right: string }[];
}

async function parse(engine: Engine, sql: string): Promise<Node> {
  const { tree } = await engine.row<{ tree: string }>(
    "SELECT CAST(json_serialize_sql($sql::VARCHAR) AS VARCHAR) AS tree",
    { sql },
  );
  // Places in the text are numbers of 64 bits, which JavaScript would change.
  const plain = (name: string, value: unknown): unknown => (name === "query_location" ? 0 : value);
  const [statement] = (JSON.parse(tree, plain) as { statements?: { node: Node }[] }).statements ?? [];
  return statement?.node ?? {};
}

function joinsOf(tree: Node): Node[] {
  return nodesOf(tree, rowSources).filter(
    (node) => node["type"] === "JOIN" && node["join_type"] === "INNER" && node["ref_type"] === "REGULAR",
  );
}

/** Where the rows of a query come from; a join in a condition or a value drops no row. */
const rowSources = new Set([
  "from_table",
  "left",
  "right",
  "subquery",
  "node",
  "cte_map",
  "map",
  "value",
  "query",
]);

function nodesOf(value: unknown, followed: ReadonlySet<string> | null = null): Node[] {
  const nodes: Node[] = [];
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (next === null || typeof next !== "object") continue;
    if (Array.isArray(next)) open.push(...next);
    else {
      nodes.push(next as Node);
      for (const [name, inner] of Object.entries(next)) if (followed?.has(name) ?? true) open.push(inner);
    }
  }
  return nodes;
}

function keysOf(join: Node, inputs: readonly string[]): JoinKeys | null {
  const right = join["right"] as Node;
  const table = String(right["table_name"] ?? "").toLowerCase();
  const input = inputs.find((name) => name.toLowerCase() === table);
  if (right["type"] !== "BASE_TABLE" || input === undefined) return null;
  const using = join["using_columns"] as string[];
  if (using.length > 0)
    return { input, columns: using.map((name) => ({ sql: identifier(name), left: name, right: name })) };
  const { type, left, right: other } = (join["condition"] ?? {}) as Node;
  const sides = [left, other].map(
    (side) => (side as { column_names?: string[] } | undefined)?.column_names ?? [],
  );
  if (type !== "COMPARE_EQUAL" || sides.some(({ length }) => length !== 2)) return null;
  const alias = (String(right["alias"]) || table).toLowerCase();
  const own = sides.find(([name]) => name?.toLowerCase() === alias);
  const theirs = sides.find((side) => side !== own);
  if (own === undefined || theirs === undefined) return null;
  const [, ownColumn = ""] = own;
  const [, theirColumn = ""] = theirs;
  return { input, columns: [{ sql: theirs.map(identifier).join("."), left: theirColumn, right: ownColumn }] };
}

async function dropped(
  engine: Engine,
  tree: Node,
  join: Node,
  { input, columns }: JoinKeys,
  inputs: readonly string[],
): Promise<DroppedRecord[]> {
  const values = columns.map(({ sql }) => `CAST(${sql} AS VARCHAR)`).join(", ");
  const query = await parse(engine, `SELECT [${values}] AS key FROM x`);
  const anti = { ...query, cte_map: tree["cte_map"], from_table: { ...join, join_type: "ANTI" } };
  const { sql } = await engine.row<{ sql: string }>("SELECT json_deserialize_sql($tree::JSON) AS sql", {
    tree: JSON.stringify({ error: false, statements: [{ node: anti, named_param_map: [] }] }),
  });
  const lost = await engine.rows<{ key: string; n: number }>(
    `SELECT CAST(to_json(key) AS VARCHAR) AS key, count(*) AS n FROM (${sql}) AS lost(key) GROUP BY ALL ORDER BY ALL LIMIT ${mostDroppedListed}`,
  );
  if (lost.length === 0) return [];
  const names = columns.map(({ left }) => left).join(", ");
  const why = (key: string): string =>
    `${names} ${key.slice(1, -1).slice(0, 60)} is in no row of input ${input}, so the JOIN of \`from\` drops the record`;
  const records = await recordsOf(
    engine,
    join,
    columns,
    lost.map(({ key }) => key),
    inputs,
  );
  const known = new Set(records.map(({ key }) => key));
  return [
    ...records.map(({ key, row, filename }) => ({ row, filename, detail: why(key) })),
    ...lost
      .filter(({ key }) => !known.has(key))
      .map(({ key }) => ({ row: 0, filename: "", detail: why(key) })),
  ].slice(0, mostDroppedListed);
}

/** Where the lost values are: in the one input of the join's left side that has the columns. */
async function recordsOf(
  engine: Engine,
  join: Node,
  columns: JoinKeys["columns"],
  keys: readonly string[],
  inputs: readonly string[],
) {
  const left = nodesOf(join["left"])
    .filter(({ type }) => type === "BASE_TABLE")
    .map((node) => String(node["table_name"]).toLowerCase());
  const withColumns: string[] = [];
  for (const name of inputs.filter((candidate) => left.includes(candidate.toLowerCase()))) {
    const has = await engine.rows<{ column_name: string }>(`DESCRIBE FROM ${identifier(name)}`);
    if (columns.every((column) => has.some(({ column_name }) => column_name === column.left)))
      withColumns.push(name);
  }
  const [base, ...more] = withColumns;
  if (base === undefined || more.length > 0) return [];
  const values = columns.map(({ left: name }) => `CAST(${identifier(name)} AS VARCHAR)`).join(", ");
  return engine.rows<{ key: string; row: number; filename: string }>(`
    SELECT key, filename, row FROM (
      SELECT CAST(to_json([${values}]) AS VARCHAR) AS key, filename, row_number() OVER (PARTITION BY filename ORDER BY number) AS row
      FROM (SELECT *, row_number() OVER () AS number FROM ${identifier(base)})
    ) WHERE key IN (SELECT unnest(${literalList([...keys])})) ORDER BY filename, row`);
}
