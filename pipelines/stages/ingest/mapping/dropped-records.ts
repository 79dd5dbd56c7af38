import type { Engine } from "../../../warehouse/engine.js";
import { identifier } from "../../../warehouse/sql.js";
import type { InputView } from "./input-view.js";
import {
  aliasOf,
  conjunctsOf,
  hasUnnest,
  inlineCtes,
  leavesOf,
  type Node,
  nodesOf,
  parse,
  withoutSelection,
  write,
} from "./row-sources.js";

/** A record of an input that a join or an unnest in `from` drops. */
export interface DroppedRecord {
  readonly input: string;
  /** Number of the record in its file. */
  readonly row: number;
  readonly filename: string;
  readonly why: "join" | "unnest";
  /** The input is the first one of its FROM. */
  readonly isFirst: boolean;
}

/** With more, a query selects on purpose. */
export const mostDroppedListed = 1000;

/**
 * Finds the records of inputs from which no row of a mapping's `from` comes, because a join has no partner for them or the
 * list in `unnest` has no element. The records are numbered, the query's own joins are run over the numbers, and those that are
 * missing afterwards were dropped. What the query selects on purpose is not listed: conditions on one input in WHERE,
 * SEMI and ANTI joins, the optional side of outer joins, LIMIT, DISTINCT and GROUP BY.
 *
 * @throws Error of the engine where a part of the query cannot be run over the numbers
 */
export async function droppedRecords(
  engine: Engine,
  from: string,
  inputs: readonly InputView[],
): Promise<DroppedRecord[]> {
  const tree = inlineCtes(await parse(engine, from));
  const search = new Search(engine, tree["cte_map"]);
  const found: DroppedRecord[] = [];
  for (const input of inputs) found.push(...(await search.dropped(tree, input)));
  return found;
}

const number = "medbench record";
const numbered = "medbench numbered";

class Search {
  readonly #engine: Engine;
  readonly #ctes: unknown;
  #lost = new Map<number, Omit<DroppedRecord, "input" | "row" | "filename">>();
  #kept = new Set<number>();

  constructor(engine: Engine, ctes: unknown) {
    this.#engine = engine;
    this.#ctes = ctes;
  }

  async dropped(tree: Node, { name, pathColumn }: InputView): Promise<DroppedRecord[]> {
    this.#lost = new Map();
    this.#kept = new Set();
    const path = identifier(pathColumn);
    await this.#engine.run(
      `CREATE OR REPLACE TEMP VIEW ${identifier(numbered)} AS SELECT *, row_number() OVER () AS ${identifier(number)} FROM ${identifier(name)}`,
    );
    await this.#keep(await this.#visit(tree, name.toLowerCase()));
    const lost = [...this.#lost.keys()].filter((row) => !this.#kept.has(row));
    if (lost.length === 0) return [];
    const places = await this.#engine.rows<{ number: number; filename: string; row: number }>(
      `SELECT number, filename, row FROM (
         SELECT ${identifier(number)} AS number, ${path} AS filename, row_number() OVER (PARTITION BY ${path} ORDER BY ${identifier(number)}) AS row
         FROM ${identifier(numbered)}
       ) WHERE number IN (SELECT unnest(CAST([${lost.join(", ")}] AS BIGINT[]))) ORDER BY number`,
    );
    return places.map(({ number: at, filename, row }) => ({
      input: name,
      row: Number(row),
      filename,
      ...(this.#lost.get(Number(at)) as Omit<DroppedRecord, "input" | "row" | "filename">),
    }));
  }

  /** Compares the records before and after each FROM. @returns queries that give the numbers of records with their rows */
  async #visit(node: Node, input: string): Promise<Node[]> {
    if (node["type"] !== "SELECT_NODE") {
      const operands = [node["left"], node["right"], ...((node["children"] as unknown[] | undefined) ?? [])];
      const queries: Node[] = [];
      for (const operand of operands)
        if (operand !== undefined && operand !== null)
          queries.push(...(await this.#visit(operand as Node, input)));
      await this.#keep(queries);
      return [];
    }
    const numberedQueries: Node[] = [];
    const whole = node["from_table"] as Node;
    for (const leaf of leavesOf(whole)) {
      for (const source of await this.#numberedSources(leaf, input)) {
        const query = await this.#compare(node, leaf, source);
        if (query !== null) numberedQueries.push(query);
      }
    }
    return numberedQueries;
  }

  /** A record that one part of the query drops may be in the rows of another. */
  async #keep(queries: readonly Node[]): Promise<void> {
    if (this.#lost.size === 0) return;
    for (const query of queries) for (const row of await this.#numbers(query)) this.#kept.add(row);
  }

  /** A leaf of a FROM with a column for the numbers of the input's records. */
  async #numberedSources(leaf: Node, input: string): Promise<Node[]> {
    if (leaf["type"] === "BASE_TABLE" && String(leaf["table_name"]).toLowerCase() === input)
      return [{ ...leaf, alias: leaf["alias"] || leaf["table_name"], table_name: numbered }];
    if (leaf["type"] !== "SUBQUERY") return [];
    const subquery = leaf["subquery"] as { node: Node };
    const names = leaf["column_name_alias"] as string[];
    return (await this.#visit(subquery.node, input)).map((node) => ({
      ...leaf,
      alias: leaf["alias"] || "medbench query",
      subquery: { ...subquery, node },
      column_name_alias: names.length > 0 ? [number, ...names] : names,
    }));
  }

  async #compare(select: Node, leaf: Node, source: Node): Promise<Node | null> {
    const { ref, optional } = withoutSelection(select["from_table"] as Node);
    const leaves = leavesOf(ref);
    if (!leaves.includes(leaf) || optional.has(leaf)) return null;
    const isUnnested = hasUnnest(select["select_list"]);
    const ownNumber = await this.#column(aliasOf(source));
    const isGrouped = (select["group_expressions"] as unknown[]).length > 0;
    if (leaves.length > 1 || (isUnnested && !isGrouped)) {
      const bare = {
        ...select,
        modifiers: [],
        qualify: null,
        having: null,
        sample: null,
        select_list: [ownNumber],
      };
      const { own, joining } = await this.#conditions(select, leaves, leaf);
      const before = await this.#numbers({ ...bare, from_table: source, where_clause: allOf(own) });
      const joined = { ...bare, from_table: replaced(ref, leaf, source), where_clause: allOf(joining) };
      const after = leaves.length > 1 ? await this.#numbers(joined) : before;
      const list = [ownNumber, ...(select["select_list"] as Node[])];
      const unnested =
        isUnnested && !isGrouped ? await this.#numbers({ ...joined, select_list: list }) : after;
      const isFirst = leaves[0] === leaf;
      for (const row of before)
        if (!unnested.has(row))
          this.#lost.set(row, { why: after.has(row) && isUnnested ? "unnest" : "join", isFirst });
    }
    const isDistinct = (select["modifiers"] as Node[]).some(({ type }) => type === "DISTINCT_MODIFIER");
    if (isGrouped || isDistinct) return null;
    const numberedSelect = {
      ...select,
      from_table: replaced(select["from_table"] as Node, leaf, source),
      select_list: [ownNumber, ...(select["select_list"] as Node[])],
    };
    // An aggregate without GROUP BY makes one row of all records.
    return this.#numbers(numberedSelect, 0).then(
      () => numberedSelect,
      () => null,
    );
  }

  async #numbers(node: Node, limit?: number): Promise<Set<number>> {
    const sql = await write(this.#engine, { ...node, cte_map: node["cte_map"] ?? this.#ctes });
    const rows = await this.#engine.rows<{ n: number }>(
      `SELECT DISTINCT ${identifier(number)} AS n FROM (${sql}) WHERE ${identifier(number)} IS NOT NULL ${limit === undefined ? "" : `LIMIT ${limit}`}`,
    );
    return new Set(rows.map(({ n }) => Number(n)));
  }

  async #column(alias: string): Promise<Node> {
    const parsed = await parse(
      this.#engine,
      `SELECT ${identifier(alias)}.${identifier(number)} AS ${identifier(number)}`,
    );
    return (parsed["select_list"] as [Node])[0];
  }

  /** The conditions in WHERE on one leaf alone, and those that compare several. */
  async #conditions(select: Node, leaves: readonly Node[], leaf: Node) {
    const conditions = conjunctsOf(select["where_clause"]);
    const own: Node[] = [];
    const joining: Node[] = [];
    if (conditions.length === 0) return { own, joining };
    const columns = new Map<Node, ReadonlySet<string>>();
    for (const one of leaves) columns.set(one, await this.#columnsOf(select, one));
    for (const condition of conditions) {
      const nodes = [...nodesOf(condition)];
      const used = new Set<Node | undefined>();
      for (const { class: kind, column_names: names } of nodes) {
        if (kind !== "COLUMN_REF") continue;
        const [first = ""] = (names as string[]).map((name) => name.toLowerCase());
        used.add(
          leaves.find((one) => aliasOf(one) === first) ?? leaves.find((one) => columns.get(one)?.has(first)),
        );
      }
      const hasQuery = nodes.some(({ class: kind }) => kind === "SUBQUERY");
      if (used.size === 1 && used.has(leaf)) own.push(condition);
      else if (used.size > 1 && !used.has(undefined) && !hasQuery) joining.push(condition);
    }
    return { own, joining };
  }

  async #columnsOf(select: Node, leaf: Node): Promise<ReadonlySet<string>> {
    const given = leaf["column_name_alias"] as string[] | undefined;
    if (leaf["type"] === "TABLE_FUNCTION")
      return new Set([...(given ?? []), aliasOf(leaf)].map((name) => name.toLowerCase()));
    const { select_list: all } = await parse(this.#engine, "SELECT *");
    const sql = await write(this.#engine, {
      ...select,
      select_list: all,
      from_table: leaf,
      where_clause: null,
      modifiers: [],
      group_expressions: [],
      group_sets: [],
      having: null,
      qualify: null,
    });
    const rows = await this.#engine.rows<{ column_name: string }>(`DESCRIBE ${sql}`).catch(() => []);
    return new Set(rows.map(({ column_name }) => column_name.toLowerCase()));
  }
}

function replaced(ref: Node, leaf: Node, source: Node): Node {
  if (ref === leaf) return source;
  if (ref["type"] !== "JOIN") return ref;
  return {
    ...ref,
    left: replaced(ref["left"] as Node, leaf, source),
    right: replaced(ref["right"] as Node, leaf, source),
  };
}

function allOf(conditions: readonly Node[]): Node | null {
  if (conditions.length < 2) return conditions[0] ?? null;
  return {
    class: "CONJUNCTION",
    type: "CONJUNCTION_AND",
    alias: "",
    query_location: 0,
    children: conditions,
  };
}
