import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ingest, quarantine, temporaryFolder, writeFiles } from "./workspace.js";

const lines = (...records: readonly unknown[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join("");

/** Three of the five records of `raw` have a partner in `q`, and two of the five have answers in their list. */
const files = {
  "q.csv": "qid,kind\n01,x\n02,x\n03,y\n09,x\n",
  "raw.jsonl": lines(
    { id: 1, qid: "01", a: "B", answers: ["B", "C"] },
    { id: 2, qid: "2", a: "B", answers: [] },
    { id: 3, qid: null, a: "D", answers: null },
    { id: 4, qid: "77", a: "D" },
    { id: 5, qid: "03", a: "C", answers: ["A"] },
  ),
};

async function dropped(from: string, items = "") {
  const folder = writeFiles(temporaryFolder(), {
    ...files,
    "m.yaml": `schema: medbench-mapping/1
pool: p
board: api
input:
  - {name: q, files: [q.csv]}
  - {name: raw, files: [raw.jsonl]}
tables:${items}
  responses:
    from: ${JSON.stringify(from)}
    columns: {system: "'s'", dataset: "'MedHC'", item_id: "id", raw: "a", repeat: "row_number() OVER ()"}
`,
  });
  const workspace = temporaryFolder();
  const { counts } = await ingest(workspace, [{ path: folder, mapping: join(folder, "m.yaml") }]);
  const found = (await quarantine(workspace)).filter(({ detail }) =>
    String(detail).includes("no row of `from`"),
  );
  return {
    places: found.map(({ line, detail }) => `${/\(([a-z]+)\./.exec(String(detail))?.[1]} ${line}`).sort(),
    notes: (counts["notes"] as unknown as string[]).join("\n"),
  };
}

const byNumber = ["q 4", "raw 3", "raw 4"];
const numberOf = (name: string) => `TRY_CAST(${name}.qid AS INTEGER)`;

describe("a record from which no row of `from` comes is in quarantine", () => {
  test.each([
    ["a cast in ON", `SELECT r.* FROM raw r JOIN q ON ${numberOf("q")} = ${numberOf("r")}`, byNumber],
    ["the other order", `SELECT r.* FROM q JOIN raw r ON ${numberOf("q")} = ${numberOf("r")}`, byNumber],
    ["a comma and WHERE", `SELECT r.* FROM raw r, q WHERE ${numberOf("q")} = ${numberOf("r")}`, byNumber],
    [
      "plain columns and a comma",
      "SELECT r.* FROM raw r, q WHERE r.qid = q.qid",
      ["q 2", "q 4", "raw 2", "raw 3", "raw 4"],
    ],
    [
      "columns without names of tables",
      "SELECT id, a FROM raw, (SELECT qid AS q FROM q) WHERE q = qid",
      ["q 2", "q 4", "raw 2", "raw 3", "raw 4"],
    ],
    [
      "several conditions",
      `SELECT r.* FROM raw r JOIN q ON r.qid = q.qid AND q.kind = 'x'`,
      ["q 2", "q 3", "q 4", "raw 2", "raw 3", "raw 4", "raw 5"],
    ],
    [
      "unnest in an expression",
      "SELECT id, lower(unnest(answers)) AS a FROM raw",
      ["raw 2", "raw 3", "raw 4"],
    ],
    ["unnest in FROM", "SELECT id, t.a FROM raw, unnest(raw.answers) AS t(a)", ["raw 2", "raw 3", "raw 4"]],
    [
      "unnest of a query's list",
      "SELECT id, unnest(l) AS a FROM (SELECT id, answers AS l FROM raw)",
      ["raw 2", "raw 3", "raw 4"],
    ],
    [
      "unnest of a WITH table",
      "WITH t AS (SELECT id, answers AS l FROM raw) SELECT id, unnest(l) AS a FROM t",
      ["raw 2", "raw 3", "raw 4"],
    ],
    [
      "unnest in both parts of a UNION",
      "SELECT id, unnest(answers) AS a FROM raw UNION ALL SELECT id, unnest(answers) AS a FROM raw",
      ["raw 2", "raw 3", "raw 4"],
    ],
    ["unnest next to a filter", "SELECT id, unnest(answers) AS a FROM raw WHERE id <> 4", ["raw 2", "raw 3"]],
  ])("%s: %s", async (_, from, places) => {
    expect((await dropped(from)).places).toEqual(places);
  });

  test.each([
    ["a filter", "SELECT * FROM raw WHERE a = 'B'"],
    ["LEFT JOIN", "SELECT r.* FROM raw r LEFT JOIN q USING (qid)"],
    ["SEMI JOIN", "SELECT * FROM raw SEMI JOIN q USING (qid)"],
    [
      "a list that is given an element",
      "SELECT id, unnest(CASE WHEN len(answers) > 0 THEN answers ELSE [NULL] END) AS a FROM raw",
    ],
    ["LEFT JOIN unnest", "SELECT id, t.a FROM raw LEFT JOIN unnest(raw.answers) AS t(a) ON TRUE"],
    ["LIMIT", "SELECT * FROM raw LIMIT 1"],
    ["GROUP BY", "SELECT min(id) AS id, a FROM raw GROUP BY a"],
    ["DISTINCT", "SELECT DISTINCT a, 1 AS id FROM raw"],
    ["a condition with a query", "SELECT * FROM raw WHERE qid IN (SELECT qid FROM q)"],
    ["another part of a UNION", "SELECT id, unnest(answers) AS a FROM raw UNION ALL SELECT id, a FROM raw"],
  ])("but not one that the query leaves out on purpose, by %s", async (_, from) => {
    const { places, notes } = await dropped(from);
    expect(places).toEqual([]);
    expect(notes).not.toContain("could not be looked for");
  });

  test("but records of an input that another table reads too are only counted", async () => {
    const items = `
  items: {from: q, columns: {item_id: qid, dataset: "'MedHC'", question: kind}}`;
    const { places, notes } = await dropped("SELECT r.* FROM raw r, q WHERE r.qid = q.qid", items);
    expect(places).toEqual(["raw 2", "raw 3", "raw 4"]);
    expect(notes).toContain(
      "2 records of input q in no row of `from`, since the join finds no partner; the first is row 2 of q.csv",
    );
  });
});
