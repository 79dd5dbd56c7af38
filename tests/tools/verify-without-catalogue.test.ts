import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { rubricsFor } from "../../pipelines/stages/judge/dataset-rubrics.js";
import { runAll } from "../../pipelines/stages/run.js";
import { runScore } from "../../pipelines/stages/score/score.js";
import { verifyWorkspace } from "../../pipelines/tools/verify.js";
import { currentVersion } from "../../pipelines/warehouse/versioned-folder.js";
import { ingest, query, temporaryFolder, writeFiles } from "../stages/ingest/workspace.js";

const example = resolve(import.meta.dirname, "..", "..", "examples", "mapping");
const mapping = join(example, "mapping.yaml");

it("a benchmark without a catalogue satisfies every law after its ingest, and score says how to get a catalogue", async () => {
  const workspace = temporaryFolder();
  const { counts } = await ingest(workspace, [{ path: example, mapping }]);
  expect(counts["without_catalogue"]).toEqual(["triage-demo"]);
  const { checks } = await verifyWorkspace(workspace);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks).toContainEqual({
    check: "every response has exactly one outcome",
    ok: true,
    detail: "not scored yet: medbench run",
  });
  await expect(runScore({ workspace })).rejects.toMatchObject({
    message: expect.stringMatching(/"triage-demo" has no catalogue in this workspace/),
    hint: expect.stringMatching(/medbench init FILES.*--catalogue CATALOGUE/),
  });
});

it("the example of the mapping page is scored with its catalogue, and verified against it", async () => {
  const workspace = temporaryFolder();
  await ingest(workspace, [{ path: example, mapping, catalogue: join(example, "catalogue.yaml") }]);
  const { counts } = await runScore({ workspace });
  // Two systems and three questions; one answer of beta is cut off.
  expect(counts).toMatchObject({ runs: 2, expected: 6, truncated: 1, awaiting_gold: 0 });
  const { checks } = await verifyWorkspace(workspace);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});

it("a benchmark without a catalogue leaves the others alone: they are scored, gated and released, and it is named with what it lacks", async () => {
  const workspace = temporaryFolder();
  const other = writeFiles(join(temporaryFolder(), "other"), {
    "answers.csv": "system,item,answer\nalpha,1,A\nalpha,2,B\n",
    "map.yaml": `schema: medbench-mapping/1
benchmark: undescribed
input: {}
tables:
  items: {from: "SELECT DISTINCT item FROM raw", columns: {item_id: item, dataset: "'d'", track: "'llm'", dimension: "'all'", answer_type: "'open'", language: "'en'"}}
  responses: {columns: {system: system, dataset: "'d'", item_id: item, raw: answer}}
`,
  });
  const sources = [
    { path: join(other, "answers.csv"), mapping: join(other, "map.yaml") },
    { path: example, mapping, catalogue: join(example, "catalogue.yaml") },
  ];
  await ingest(workspace, sources);
  const outcomes = await runAll({ workspace, sources: [], out: join(workspace, "site") });
  expect(outcomes.map(({ stage }) => stage)).toEqual([
    "ingest",
    "score",
    "aggregate",
    "gate",
    "release",
    "publish",
  ]);
  expect(outcomes.flatMap(({ notes = [] }) => notes)).toEqual([
    expect.stringMatching(
      /^benchmark "undescribed" has no catalogue, so it is left out.*medbench init FILES.*--catalogue CATALOGUE/,
    ),
  ]);
  expect(await query(workspace, "SELECT DISTINCT benchmark FROM overall_scores")).toEqual([
    { benchmark: "triage-demo" },
  ]);
  expect(await query(workspace, "SELECT DISTINCT benchmark FROM gates")).toEqual([
    { benchmark: "triage-demo" },
  ]);
  const { checks } = await verifyWorkspace(workspace);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  const rubrics = await rubricsFor(await currentVersion(join(workspace, "warehouse")), undefined);
  expect(rubrics("undescribed", "d", "")).toEqual([]);
});
