import { join } from "node:path";
import { expect, test } from "vitest";
import { builtInCatalogue, catalogueOf, readCatalogue } from "../../pipelines/warehouse/catalogue.js";
import { currentVersion } from "../../pipelines/warehouse/versioned-folder.js";
import { ingest, line, query, temporaryFolder, writeFiles } from "../stages/ingest/workspace.js";

const own = {
  schema: "medbench-catalogue/1",
  id: "own",
  name: { en: "Own", zh: "自有" },
  source: "invented",
  composite: { rule: "mean_of_means", boardDecimals: 1 },
  outcomePolicy: { upload: {}, api: {} },
  tracks: [{ id: "llm", name: { en: "Models", zh: "模型" } }],
  dimensions: [{ id: "d", track: "llm", name: { en: "D", zh: "丁" }, basis: "published" }],
  datasets: [
    {
      id: "Triage",
      track: "llm",
      dimension: "d",
      answerType: "single_choice",
      language: "en",
      asks: "where to",
      answerFormat: "letter",
      scoring: [{ from: null, until: null, labels: ["accuracy"], basis: "published", components: null }],
    },
  ],
};

function write(catalogue: unknown): string {
  const folder = writeFiles(temporaryFolder(), {
    "own.json": typeof catalogue === "string" ? catalogue : JSON.stringify(catalogue),
  });
  return join(folder, "own.json");
}

test("a new benchmark needs a catalogue file and no code", async () => {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), { "Triage.jsonl": line(1, "A", { source: "Triage" }) });
  await ingest(workspace, [{ path: folder, role: "answers", catalogue: write(own), system: "s" }]);
  expect(await query(workspace, "SELECT benchmark, dataset, answer_type, language FROM items")).toEqual([
    { benchmark: "own", dataset: "Triage", answer_type: "single_choice", language: "en" },
  ]);
  const version = await currentVersion(join(workspace, "warehouse"));
  expect((await catalogueOf(version, "own")).name).toEqual(own.name);
});

test.each([
  ["that is not JSON", "{", /own\.json is not JSON/],
  ["with a field of another type", { ...own, name: "Own" }, /own\.json: name: /],
  [
    "with a dataset whose dimension is not listed",
    { ...own, dimensions: [] },
    /dataset Triage names dimension "d", which is not listed/,
  ],
  [
    "with a dataset that is listed twice",
    { ...own, datasets: [...own.datasets, ...own.datasets] },
    /dataset Triage is listed twice/,
  ],
])("a catalogue %s is an error that names file and path", async (_, catalogue, message) => {
  await expect(readCatalogue(write(catalogue))).rejects.toThrow(message);
});

test("an unknown benchmark is an error that lists the built-in ones", async () => {
  await expect(builtInCatalogue("nothing")).rejects.toThrow(
    /"nothing" is not built in; built in: .*medbench-v4/,
  );
});
