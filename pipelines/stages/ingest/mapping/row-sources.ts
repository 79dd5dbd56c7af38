import type { Engine } from "../../../warehouse/engine.js";

/** A node of DuckDB's parse tree; its fields depend on its type. */
export type Node = Record<string, unknown>;

/** The tree of one SELECT. */
export async function parse(engine: Engine, sql: string): Promise<Node> {
  const { tree } = await engine.row<{ tree: string }>(
    "SELECT CAST(json_serialize_sql($sql::VARCHAR) AS VARCHAR) AS tree",
    { sql },
  );
  // Places in the text are numbers of 64 bits, which JavaScript would change.
  const plain = (name: string, value: unknown): unknown => (name === "query_location" ? 0 : value);
  const [statement] = (JSON.parse(tree, plain) as { statements?: { node: Node }[] }).statements ?? [];
  return statement?.node ?? {};
}

/** The SQL of a tree. */
export async function write(engine: Engine, node: Node): Promise<string> {
  const { sql } = await engine.row<{ sql: string }>("SELECT json_deserialize_sql($tree::JSON) AS sql", {
    tree: JSON.stringify({ error: false, statements: [{ node, named_param_map: [] }] }),
  });
  return sql;
}

interface CteMap {
  readonly map: { key: string; value: { query: { node: Node }; aliases: string[] } }[];
}

/** Replaces the names of WITH tables in FROM by their queries, so that a query is one tree. Recursive tables stay names. */
export function inlineCtes(
  node: Node,
  outer: ReadonlyMap<string, CteMap["map"][number]["value"]> = new Map(),
): Node {
  const known = new Map(outer);
  for (const { key, value } of (node["cte_map"] as CteMap | undefined)?.map ?? []) {
    if (value.query.node["type"] === "RECURSIVE_CTE_NODE") {
      known.delete(key.toLowerCase());
      continue;
    }
    known.set(key.toLowerCase(), { ...value, query: { node: inlineCtes(value.query.node, known) } });
  }
  const inlined: Node = { ...node };
  for (const side of ["left", "right"])
    if (node["type"] === "SET_OPERATION_NODE" && node[side] !== undefined)
      inlined[side] = inlineCtes(node[side] as Node, known);
  // Newer versions of the tree list the operands of a set operation.
  if (Array.isArray(node["children"]))
    inlined["children"] = (node["children"] as Node[]).map((one) => inlineCtes(one, known));
  const source = (ref: Node): Node => {
    if (ref["type"] === "JOIN")
      return { ...ref, left: source(ref["left"] as Node), right: source(ref["right"] as Node) };
    if (ref["type"] === "SUBQUERY") {
      const subquery = ref["subquery"] as { node: Node };
      return { ...ref, subquery: { ...subquery, node: inlineCtes(subquery.node, known) } };
    }
    const table = known.get(String(ref["table_name"]).toLowerCase());
    if (ref["type"] !== "BASE_TABLE" || table === undefined) return ref;
    const aliases = ref["column_name_alias"] as string[];
    return {
      type: "SUBQUERY",
      alias: ref["alias"] || ref["table_name"],
      sample: ref["sample"],
      query_location: 0,
      subquery: { node: table.query.node, named_param_map: [] },
      column_name_alias: aliases.length > 0 ? aliases : table.aliases,
    };
  };
  if (node["from_table"] !== undefined) inlined["from_table"] = source(node["from_table"] as Node);
  return inlined;
}

/** All nodes of a tree, with those of the queries in its expressions. */
export function* nodesOf(value: unknown): Generator<Node> {
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (next === null || typeof next !== "object") continue;
    if (!Array.isArray(next)) yield next as Node;
    open.push(...Object.values(next));
  }
}

/** The tables, queries and functions that a FROM joins, from left to right. */
export function leavesOf(ref: Node): Node[] {
  if (ref["type"] !== "JOIN") return [ref];
  return [...leavesOf(ref["left"] as Node), ...leavesOf(ref["right"] as Node)];
}

/** The name by which a FROM's expressions call a table. */
export function aliasOf(ref: Node): string {
  const call = ref["function"] as { function_name?: string } | undefined;
  return String(ref["alias"] || ref["table_name"] || call?.function_name || "").toLowerCase();
}

/**
 * The joins of a FROM that may drop a record that should have had a partner; SEMI and ANTI joins select on purpose.
 *
 * @returns the FROM without joins that select, and the leaves that an outer join drops on purpose
 */
export function withoutSelection(ref: Node): { ref: Node; optional: ReadonlySet<Node> } {
  const optional = new Set<Node>();
  const visit = (node: Node): Node => {
    if (node["type"] !== "JOIN") return node;
    const left = visit(node["left"] as Node);
    if (node["join_type"] === "SEMI" || node["join_type"] === "ANTI") return left;
    const right = visit(node["right"] as Node);
    if (node["join_type"] === "LEFT") for (const leaf of leavesOf(right)) optional.add(leaf);
    if (node["join_type"] === "RIGHT") for (const leaf of leavesOf(left)) optional.add(leaf);
    return { ...node, left, right };
  };
  return { ref: visit(ref), optional };
}

/** The conditions of a WHERE that must all be true. */
export function conjunctsOf(where: unknown): Node[] {
  if (where === null || where === undefined) return [];
  const node = where as Node;
  return node["type"] === "CONJUNCTION_AND" ? (node["children"] as Node[]).flatMap(conjunctsOf) : [node];
}

export function hasUnnest(select: unknown): boolean {
  for (const node of nodesOf(select))
    if (
      node["class"] === "FUNCTION" &&
      ["unnest", "unlist"].includes(String(node["function_name"]).toLowerCase())
    )
      return true;
  return false;
}
