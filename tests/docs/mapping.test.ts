import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ingest, query, temporaryFolder, writeFiles } from "../stages/ingest/workspace.js";

const page = readFileSync(resolve(import.meta.dirname, "..", "..", "docs", "mapping.md"), "utf8");

/** The table of expressions for gold and options. */
const examples = (/\| source has \| write \|\n.*\n((?:\|.*\n)+)/.exec(page)?.[1] ?? "")
  .trim()
  .split("\n")
  .map((row) => {
    const [, source = "", cell = ""] = row.split("|").map((text) => text.trim());
    return {
      source,
      sql: /`([^`]+)`/.exec(cell)?.[1] ?? "",
      column: /for `(\w+)`/.exec(cell)?.[1] ?? "gold",
    };
  });

/** What each expression gives for the two records. */
const expected: Readonly<Record<string, { records: readonly object[]; values: readonly (string | null)[] }>> =
  {
    "a position from 0, -1 where unknown": {
      records: [{ answer: 2 }, { answer: -1 }],
      values: ['"C"', null],
    },
    "a position from 1": { records: [{ answer: 3 }, { answer: 1 }], values: ['"C"', '"A"'] },
    "the text of the option": { records: [{ answer: "p" }, { answer: "none" }], values: ['"B"', null] },
    "several positions from 0": {
      records: [{ answers: [0, 3] }, { answers: [1] }],
      values: ['["A","D"]', '["B"]'],
    },
    "options in columns, or numbered": {
      records: [{}, { opd: null }],
      values: ['{"A":"o","B":"p","C":"q","D":"r"}', '{"A":"o","B":"p","C":"q"}'],
    },
  };

async function run(sql: string, column: string, records: readonly object[]) {
  const options = { opa: "o", opb: "p", opc: "q", opd: "r" };
  const folder = writeFiles(temporaryFolder(), {
    "a.jsonl": records.map((record, id) => `${JSON.stringify({ id, ...options, ...record })}\n`).join(""),
    "m.yaml": `schema: medbench-mapping/1
benchmark: tiny
pool: p
board: api
input: {name: raw, files: [a.jsonl]}
tables:
  items:
    from: raw
    columns:
      item_id: id
      dataset: "'d'"
      track: "'llm'"
      dimension: "'d'"
      answer_type: "'open'"
      language: "'en'"
      ${column}: ${JSON.stringify(sql)}
  responses:
    columns: {system: "'s'", dataset: "'d'", item_id: id, raw: "'A'"}
`,
  });
  const workspace = temporaryFolder();
  const { counts } = await ingest(workspace, [{ path: folder, mapping: join(folder, "m.yaml") }]);
  const rows = await query(workspace, `SELECT ${column} AS value FROM items_private ORDER BY item_id`);
  return {
    values: rows.map(({ value }) => value),
    notes: (counts["notes"] as unknown as string[]).join("\n"),
  };
}

describe("the expressions of docs/mapping.md", () => {
  test("are those that are tested here", () => {
    expect(examples.map(({ source }) => source)).toEqual(Object.keys(expected));
  });

  test.each(examples)(
    "give the gold or options of a source with $source",
    async ({ source, sql, column }) => {
      const { records = [], values = [] } = expected[source] ?? {};
      const outcome = await run(sql, column, records);
      expect(outcome.values).toEqual(values);
      const note = '1 of 2 items have no gold, although the mapping gives gold; the first is item "1"';
      expect(outcome.notes.includes(note)).toBe(values.includes(null));
    },
  );
});
