import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { runScore } from "../../pipelines/stages/score/score.js";
import { verifyWorkspace } from "../../pipelines/tools/verify.js";
import { ingest, temporaryFolder } from "../stages/ingest/workspace.js";

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
