// cspell:ignore langauge sorce
import { join } from "node:path";
import { expect, test } from "vitest";
import { builtInCatalogue, catalogueOf, readCatalogue } from "../../pipelines/warehouse/catalogue.js";
import { currentVersion } from "../../pipelines/warehouse/versioned-folder.js";
import { usualPolicy } from "../outcome-policy.js";
import { ingest, line, query, temporaryFolder, writeFiles } from "../stages/ingest/workspace.js";

const own = {
  schema: "medbench-catalogue/1",
  id: "own",
  name: { en: "Own", zh: "自有" },
  source: "invented",
  composite: { rule: "mean_of_means", boardDecimals: 1 },
  outcomePolicy: { upload: usualPolicy, api: usualPolicy },
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

/** The catalogue with a metric of one component. */
function withComponent(component: Readonly<Record<string, unknown>>): unknown {
  const [dataset] = own.datasets;
  const [metric] = dataset?.scoring ?? [];
  const components = [{ metric: "m", weight: 1, ...component }];
  return { ...own, datasets: [{ ...dataset, scoring: [{ ...metric, components }] }] };
}

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
  ["with a field of another type", { ...own, name: 7 }, /own\.json: name: /],
  [
    "with an unknown field",
    { ...own, sorce: "x" },
    /own\.json: "sorce" is not known; known here: schema, id, name, source, /,
  ],
  [
    "with an unknown field of a dataset",
    { ...own, datasets: [{ ...own.datasets[0], langauge: "en" }] },
    /datasets\[0\] \(Triage\): "langauge" is not known; known here: id, track, .*language/,
  ],
  ["without a field", { ...own, tracks: undefined }, /own\.json: tracks is missing \(expected array\)/],
  [
    "with an option that its scorer does not have",
    withComponent({ scorer: "set", options: { knd: "names" } }),
    /datasets\[0\] \(Triage\)\.scoring\[0\]\.components\[0\] \(m\)\.options: scorer set: "knd" is not known; known here: kind/,
  ],
  [
    "with an option of a scorer that has none",
    withComponent({ scorer: "choice", options: { kind: "names" } }),
    /scorer choice: "kind" is not known; known here: nothing/,
  ],
  [
    "with a value that an option cannot have",
    withComponent({ scorer: "set", options: { kind: "name" } }),
    /scorer set: kind: .*"letters"\|"names"/,
  ],
  [
    "with a field of an option that it does not have",
    withComponent({ scorer: "boxes", options: { fields: { label: "label", bbox: "bbox_2d" } } }),
    /scorer boxes: .*fields.*(?:box is missing|"bbox" is not known; known here: label, box)/,
  ],
  [
    "with pixels but no size of the images",
    withComponent({ scorer: "boxes", options: { space: "pixel" } }),
    /scorer boxes: imageSize: goes with space pixel/,
  ],
  [
    "without a policy for an outcome",
    {
      ...own,
      outcomePolicy: { upload: usualPolicy, api: { ...usualPolicy, refused: undefined, missing: undefined } },
    },
    /outcomePolicy\.api: no policy for refused, missing; state wrong, left out or pending for each outcome/,
  ],
  [
    "with a key that occurs twice",
    JSON.stringify(own, null, 1).replace('"source"', '"id": "other",\n "source"'),
    /own\.json: a key occurs twice in one object \(line 8, column 2\)/,
  ],
  ["with a name in no language", { ...own, name: {} }, /own\.json: name: /],
  ["with a scorer that does not exist", withComponent({ scorer: "choices" }), /scorer: .*"choice"\|"set"/],
  [
    "with a component of a part that no file has",
    withComponent({ scorer: "choice", part: "SCQ" }),
    /dataset Triage: component m is limited to part "SCQ", which none of its files has/,
  ],
  [
    "with a safety dimension that is none",
    { ...own, safetyDimensions: ["safety"] },
    /safetyDimensions names "safety"/,
  ],
  [
    "with a dimension of an unknown track",
    { ...own, dimensions: [{ ...own.dimensions[0], track: "agent" }] },
    /dimension d is of track "agent", which is not listed/,
  ],
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

test("the options of the boxes scorer are accepted as its reference page names them", async () => {
  const options = {
    ...{ space: "pixel", imageSize: [400, 200], fields: { label: "label", box: "bbox_2d" } },
    ...{ matchLabels: false, none: ["normal"], take: "first", clip: false },
  };
  const catalogue = await readCatalogue(write(withComponent({ scorer: "boxes", options })));
  expect(catalogue.datasets[0]?.scoring[0]?.components?.[0]?.options).toEqual(options);
});

test("an unknown benchmark is an error that lists the built-in ones", async () => {
  await expect(builtInCatalogue("nothing")).rejects.toThrow(
    /"nothing" is not built in; built in: .*medbench-v4/,
  );
});
