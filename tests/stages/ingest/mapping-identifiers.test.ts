import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ingest, quarantine, query, temporaryFolder, writeFiles } from "./workspace.js";

const header =
  "schema: medbench-mapping/1\nbenchmark: tiny\npool: p\nboard: api\ninput: {name: raw, files: [a.jsonl]}\ntables:\n";
const items = `  items: {from: SELECT DISTINCT id FROM raw WHERE id <> '', columns: {item_id: id, dataset: "'d'", track: "'llm'", dimension: "'d'", answer_type: "'open'", language: "'en'"}}\n`;

async function map(rows: readonly object[], tables: string) {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), {
    "a.jsonl": rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
    "m.yaml": header + items + tables,
  });
  const { counts } = await ingest(workspace, [{ path: folder, mapping: join(folder, "m.yaml") }]);
  return { workspace, counts, refused: await quarantine(workspace) };
}

describe("a run that a mapping describes", () => {
  const ratings =
    "ratings: {columns: {run_id: model, dataset: \"'d'\", item_id: id, rater: \"'r'\", criterion: \"'c'\", scale_min: 1, scale_max: 5, value: 4}}";
  const rows = [
    { id: "1", model: "alpha", text: "x" },
    { id: "2", model: "beta", text: "y" },
  ];

  test("exists even if it has ratings but no responses", async () => {
    const { workspace, counts } = await map(
      rows,
      `  runs: {columns: {run_id: model, track: "'llm'", family: "'invented'"}}\n  ${ratings}\n`,
    );
    expect(counts).toMatchObject({ runs: 2, responses: 0, ratings: 2 });
    expect(
      await query(workspace, "SELECT run_id, system, pool, board, track, family FROM runs ORDER BY run_id"),
    ).toEqual([
      { run_id: "alpha", system: "alpha", pool: "p", board: "api", track: "llm", family: "invented" },
      { run_id: "beta", system: "beta", pool: "p", board: "api", track: "llm", family: "invented" },
    ]);
  });

  test("gets its track from its responses, and is refused if neither it nor they give one", async () => {
    const { workspace, refused } = await map(
      rows,
      `  runs: {columns: {run_id: model}}\n  responses: {from: SELECT * FROM raw WHERE model = 'alpha', columns: {run_id: model, dataset: "'d'", item_id: id, raw: text}}\n`,
    );
    expect(await query(workspace, "SELECT run_id, track FROM runs")).toEqual([
      { run_id: "alpha", track: "llm" },
    ]);
    expect(refused).toMatchObject([{ file: "m.yaml: runs", line: 2, reason: "missing_value" }]);
    expect(refused[0]?.detail).toContain("run beta");
  });
});

describe("a row whose identifier is blank", () => {
  const responses = "  responses: {columns: {system: model, dataset: dataset, item_id: id, raw: text}}\n";
  const good = { id: "1", model: "alpha", dataset: "d", text: "x" };

  test.each([
    ["system", { ...good, model: "" }, "missing_system", "system is blank"],
    ["system", { ...good, model: null }, "missing_system", "system is NULL"],
    ["system", { ...good, model: " \t\u3000\ufeff" }, "missing_system", "system is blank"],
    ["dataset", { ...good, dataset: "" }, "missing_dataset", "dataset is blank"],
    ["dataset", { ...good, dataset: null }, "missing_dataset", "dataset is NULL"],
    ["item", { ...good, id: "" }, "missing_id", "item_id is blank"],
    ["item", { ...good, id: null }, "missing_id", "item_id is NULL"],
  ])("(%s) is refused under its own reason: %j", async (_, bad, reason, detail) => {
    const { counts, refused } = await map([good, bad], responses);
    expect(counts).toMatchObject({ responses: 1, runs: 1 });
    expect(refused).toMatchObject([
      { file: "m.yaml: responses", line: 2, reason, detail: `${detail} (a.jsonl)` },
    ]);
  });

  test("does not become a duplicate of another such row", async () => {
    const blank = { ...good, model: "" };
    const { refused } = await map([good, blank, { ...blank, text: "y" }], responses);
    expect(refused.map(({ line, reason }) => [line, reason])).toEqual([
      [2, "missing_system"],
      [3, "missing_system"],
    ]);
  });
});

test("an answer that is a list or an object is refused, unless the mapping casts it", async () => {
  const rows = [
    { id: "1", text: "B" },
    { id: "2", text: ["B"] },
    { id: "3", text: { letter: "B" } },
    { id: "4", text: 5 },
    { id: "5", text: null },
  ];
  const responses = (raw: string) =>
    `  responses: {columns: {system: "'s'", dataset: "'d'", item_id: id, raw: "${raw}"}}\n`;
  const { workspace, refused } = await map(rows, responses("text"));
  expect(await query(workspace, "SELECT item_id, raw FROM responses ORDER BY item_id")).toEqual([
    { item_id: "1", raw: "B" },
    { item_id: "5", raw: null },
  ]);
  expect(refused.map(({ line, reason }) => [line, reason])).toEqual([
    [2, "wrong_type"],
    [3, "wrong_type"],
    [4, "wrong_type"],
  ]);
  const cast = await map(rows, responses("CAST(to_json(text) AS VARCHAR)"));
  expect(cast.refused).toEqual([]);
  expect(
    await query(cast.workspace, "SELECT raw FROM responses WHERE item_id IN ('2', '3') ORDER BY item_id"),
  ).toEqual([{ raw: '["B"]' }, { raw: '{"letter":"B"}' }]);
});

test("what was not found is named", async () => {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), {
    "a.jsonl": [
      { id: "7", dataset: "MedHC", text: "x" },
      { id: "1", dataset: "MedHCC", text: "x" },
      { id: "1", dataset: "MedHC", text: "x" },
      { id: "1", dataset: "MedHC", text: "again" },
    ]
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(""),
    "q/MedHC.jsonl": '{"question":"q","answer":"","other":{"id":1,"source":"MedHC_V4"}}\n',
    "m.yaml": `schema: medbench-mapping/1\ninput: {}\ntables: {responses: {columns: {system: "'s'", dataset: dataset, item_id: id, raw: text}}}\n`,
  });
  await ingest(workspace, [
    { path: join(folder, "q"), role: "questions" },
    { path: join(folder, "a.jsonl"), mapping: join(folder, "m.yaml") },
  ]);
  const refused = await quarantine(workspace);
  expect(refused.map(({ line, reason, detail }) => [line, reason, detail])).toMatchObject([
    [1, "unknown_item", expect.stringContaining("MedHC has no item 7 in pool default")],
    [2, "unknown_dataset", expect.stringContaining('the catalogue has no dataset "MedHCC"')],
    [4, "duplicate_item", expect.stringContaining("row 3 has the same")],
  ]);
});

test("an identifier that is a list or an object is refused, in a file of its own and among others", async () => {
  const responses = "  responses: {columns: {system: model, dataset: \"'d'\", item_id: key, raw: text}}\n";
  const good = { id: "1", key: "1", model: "alpha", text: "x" };
  for (const key of [{ "0": "q1", "1": "q2" }, ["1", "2"]]) {
    const { counts, refused } = await map([{ ...good, key }], responses);
    expect(counts).toMatchObject({ responses: 0 });
    expect(refused).toMatchObject([{ file: "m.yaml: responses", line: 1, reason: "wrong_type" }]);
    const mixed = await map([good, { ...good, id: "2", key }], responses);
    expect(mixed.counts).toMatchObject({ responses: 1 });
    expect(mixed.refused).toMatchObject([{ line: 2, reason: "wrong_type" }]);
  }
});
