import { cpSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ingest, quarantine, query, temporaryFolder, writeFiles } from "./workspace.js";

const example = resolve(import.meta.dirname, "..", "..", "..", "examples", "mapping");

test("the worked example gives 3 items, 6 responses of 2 runs and 4 ratings", async () => {
  const workspace = temporaryFolder();
  const { counts } = await ingest(workspace, [{ path: example, mapping: join(example, "mapping.yaml") }]);
  expect(counts).toMatchObject({ items: 3, responses: 6, runs: 2, ratings: 4, quarantine: 0 });
  const rows = await query(
    workspace,
    `SELECT run_id, item_id, raw, latency_s, source_file, source_line, gold, options FROM responses
     JOIN items_private USING (benchmark, dataset, pool, item_id, variant) WHERE item_id = 't2' ORDER BY run_id`,
  );
  const options = '{"A":"The toy maker","B":"Cardiology","C":"Nobody"}';
  expect(rows).toMatchObject([
    { run_id: "alpha.llm.api.demo", raw: "The answer is A.", latency_s: 1.204, gold: '"A"', options },
    { run_id: "beta.llm.api.demo", raw: "", latency_s: 30, gold: '"A"', source_file: "runs/beta.jsonl" },
  ]);
});

const minimal = `
schema: medbench-mapping/1
input: {files: ["*.jsonl", "*.jsonl.gz"]}
tables:
  responses:
    columns: {system: "'s'", dataset: dataset, item_id: id, raw: text, confidence: confidence}
`;
const row = (id: number, more = {}) =>
  `${JSON.stringify({ dataset: "MedHC", id, text: "t", confidence: 0.5, ...more })}\n`;

async function map(files: Readonly<Record<string, string | Buffer>>, mapping = minimal) {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), { ...files, "mapping/m.yaml": mapping });
  const run = ingest(workspace, [{ path: folder, mapping: join(folder, "mapping", "m.yaml") }]);
  return { workspace, counts: (await run).counts };
}

describe("a row of a mapped table", () => {
  test.each([
    ["has a value that does not fit its column", row(2, { confidence: "high" }), "wrong_type"],
    ["has a value outside its bounds", row(2, { confidence: 1.5 }), "wrong_value"],
    ["has no item", row(2, { id: null }), "missing_id"],
    ["names a dataset that the catalogue does not have", row(2, { dataset: "Nothing" }), "unknown_dataset"],
    ["repeats a key", row(1, { text: "again" }), "duplicate_item"],
  ])("that %s is in quarantine, and the others stay", async (_, bad, reason) => {
    const { workspace, counts } = await map({ "a.jsonl": row(1) + bad + row(3) });
    expect(counts).toMatchObject({ responses: 2 });
    expect(await quarantine(workspace)).toMatchObject([{ file: "m.yaml: responses", line: 2, reason }]);
    expect(
      await query(
        workspace,
        "SELECT rows_in, rows_out, rows_quarantined FROM source_files WHERE file LIKE 'm.yaml%'",
      ),
    ).toEqual([{ rows_in: 3, rows_out: 2, rows_quarantined: 1 }]);
  });

  test("is in quarantine if the dataset's items are known and the row's item is not one of them", async () => {
    const workspace = temporaryFolder();
    const folder = writeFiles(temporaryFolder(), {
      "a.jsonl": row(1) + row(77),
      "m.yaml": minimal,
      "q/MedHC.jsonl": '{"question":"q","answer":"","other":{"id":1,"source":"MedHC_V4"}}\n',
    });
    await ingest(workspace, [
      { path: join(folder, "q"), role: "questions" },
      { path: join(folder, "a.jsonl"), mapping: join(folder, "m.yaml") },
    ]);
    expect(await quarantine(workspace)).toMatchObject([{ line: 2, reason: "unknown_item" }]);
  });

  test("is in quarantine if another source has already given it", async () => {
    const workspace = temporaryFolder();
    const folder = writeFiles(temporaryFolder(), {
      "a.jsonl": row(1),
      "b.jsonl": row(1) + row(2),
      "m.yaml": minimal,
    });
    const mapping = join(folder, "m.yaml");
    const { counts } = await ingest(workspace, [
      { path: join(folder, "a.jsonl"), mapping },
      { path: join(folder, "b.jsonl"), mapping },
    ]);
    expect(counts).toMatchObject({ responses: 2 });
    expect(await quarantine(workspace)).toMatchObject([
      { source: "b.jsonl", line: 1, reason: "duplicate_item" },
    ]);
  });
});

describe("a file of a mapping", () => {
  test("keeps its other lines if some are not JSON, and reports those with their position", async () => {
    const { workspace, counts } = await map({ "a.jsonl": `\ufeff${row(1)}{oops\n${row(2)}{"cut` });
    expect(counts).toMatchObject({ responses: 2 });
    expect(await quarantine(workspace)).toMatchObject([
      { file: "a.jsonl", line: 2, byte_offset: 3 + row(1).length, byte_length: 5, reason: "not_json" },
      { file: "a.jsonl", line: 4, reason: "truncated_line" },
    ]);
  });

  test("may be compressed with gzip", async () => {
    const { counts } = await map({ "a.jsonl.gz": gzipSync(row(1) + row(2)) });
    expect(counts).toMatchObject({ responses: 2 });
  });

  test("loses only the CSV records that do not fit the header", async () => {
    const mapping = minimal.replace('["*.jsonl", "*.jsonl.gz"]', '["*.csv"]');
    const content = "dataset,id,text,confidence\nMedHC,1,a,0.5\nMedHC,2,b,0.5,surplus\nMedHC,3,c,0.5\n";
    const { workspace, counts } = await map({ "a.csv": content }, mapping);
    expect(counts).toMatchObject({ responses: 2 });
    expect(await quarantine(workspace)).toMatchObject([{ file: "a.csv", line: 3, reason: "bad_csv_record" }]);
  });

  test("cannot inject SQL into the mapping", async () => {
    const evil = "'); DROP TABLE item_rows; --";
    const { workspace } = await map({ "a.jsonl": row(1, { text: evil }), "b'); --.jsonl": row(2) });
    expect(await query(workspace, "SELECT raw FROM responses ORDER BY item_id")).toEqual([
      { raw: evil },
      { raw: "t" },
    ]);
  });
});

describe("a mapping file with a mistake", () => {
  test.each([
    [
      "a glob that leaves the folder",
      minimal.replace('"*.jsonl"', '"../*.jsonl"'),
      /leaves its source folder/,
    ],
    [
      "a column that the table does not have",
      minimal.replace("raw:", "raw_text:"),
      /table responses has no column raw_text/,
    ],
    [
      "no expression for a required column",
      minimal.replace("item_id: id,", ""),
      /table responses lacks item_id/,
    ],
    [
      "an expression that does not fit the input",
      minimal.replace("item_id: id", "item_id: idd"),
      /table responses: .*idd/,
    ],
    ["an unknown field", minimal.replace("input:", "inputs:"), /input/],
    ["text that is not YAML", "a: [", /is not YAML/],
  ])("%s is an error that says where", async (_, mapping, message) => {
    await expect(map({ "a.jsonl": row(1) }, mapping)).rejects.toThrow(message);
  });
});

test("an input file that is a link to a place outside the source folder is refused", async () => {
  const folder = writeFiles(temporaryFolder(), { "a.jsonl": row(1), "m.yaml": minimal });
  const outside = writeFiles(temporaryFolder(), { "secret.jsonl": row(2) });
  const { symlinkSync } = await import("node:fs");
  symlinkSync(join(outside, "secret.jsonl"), join(folder, "b.jsonl"));
  await expect(
    ingest(temporaryFolder(), [{ path: folder, mapping: join(folder, "m.yaml") }]),
  ).rejects.toThrow(/link to a place outside/);
});

test("the example gives the same result in any folder", async () => {
  const copy = join(temporaryFolder(), "mapping");
  cpSync(example, copy, { recursive: true });
  const [first, second] = [temporaryFolder(), temporaryFolder()];
  await ingest(first, [{ path: example, mapping: join(example, "mapping.yaml") }]);
  await ingest(second, [{ path: copy, mapping: join(copy, "mapping.yaml") }]);
  const tables = "SELECT * FROM responses ORDER BY ALL";
  expect(await query(second, tables)).toEqual(await query(first, tables));
});
