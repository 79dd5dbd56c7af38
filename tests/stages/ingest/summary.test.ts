import { join } from "node:path";
import { expect, test } from "vitest";
import { summarizeIngest } from "../../../pipelines/stages/ingest/summary.js";
import { storedZip } from "../../contracts/stored-zip.js";
import { ingest, line, temporaryFolder, writeFiles } from "./workspace.js";

test("refused lines are counted by table and reason, and files on disk once", async () => {
  const folder = writeFiles(temporaryFolder(), {
    "q/MedHC.jsonl": line(1) + line(2) + line(2),
    "s/MedHC.jsonl": `${line(1, "a")}oops\n${line(2, "b")}oops\n`,
    "z/up.zip": storedZip({ "MedHC.jsonl": Buffer.from(line(1, "a")), "x.jsonl": Buffer.from(line(9, "a")) }),
    "m/a.jsonl": '{"id": "1"}\n{"id": ""}\nnot JSON\n',
    "m.yaml": `schema: medbench-mapping/1\ninput: {files: ["*.jsonl"]}\ntables: {responses: {columns: {system: "'t'", dataset: "'MedHC'", item_id: id, raw: "'x'"}}}\n`,
  });
  const outcome = await ingest(temporaryFolder(), [
    { path: join(folder, "q"), role: "questions" },
    { path: join(folder, "s"), role: "answers" },
    { path: join(folder, "z"), role: "answers" },
    { path: join(folder, "m"), mapping: join(folder, "m.yaml") },
  ]);
  const { refused, files } = summarizeIngest(outcome);
  expect(refused.map(({ table, reason, lines }) => [table, reason, lines])).toEqual([
    ["items", "duplicate_item", 1],
    ["mapping input", "not_json", 1],
    ["responses", "missing_id", 1],
    ["responses", "not_json", 2],
    ["responses", "unknown_item", 1],
  ]);
  expect(refused[3]?.first).toMatch(/^s\/MedHC\.jsonl line 2: /);
  // The archive is one file, with two entries.
  expect(files).toBe(4);
});
