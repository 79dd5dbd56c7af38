import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { settingsFile } from "../../../pipelines/warehouse/settings.js";
import { type SmallVerdict, smallWorkspace } from "./small-benchmark.js";

const items = ["1", "2", "3"].map((id) => ({ dataset: "Open", id, gold: "reference" }));
const verdict = (judge: string, id: string, value: number, rubric = "own/1"): SmallVerdict => ({
  ...{ dataset: "Open", id, judge, rubric, value },
  criterion: "quality",
  highest: 5,
});

/** A stub that graded everything with 5, and a model that graded one answer with 1. */
function trial(more: readonly SmallVerdict[] = []) {
  return smallWorkspace({
    datasets: { Open: [{ metric: "judge", scorer: "judge", weight: 1 }] },
    items,
    answers: items.map(({ dataset, id }) => ({ dataset, id, raw: "answer" })),
    verdicts: [...items.map(({ id }) => verdict("stub", id, 5)), verdict("model", "1", 1), ...more],
  });
}

test("a stub with more verdicts does not become the judge of record, and can be chosen by name", async () => {
  const { workspace, select } = await trial();
  const scored = "SELECT item_id, score_1e9 / 1e9 AS score FROM scores ORDER BY item_id";
  expect(await select(scored)).toEqual([{ item_id: "1", score: 1 / 5 }]);
  const stub = await runScore({ workspace, judge: "stub" });
  expect(await select("SELECT count(*) AS n FROM scores")).toEqual([{ n: 3 }]);
  expect(stub.notes).toEqual([
    expect.stringMatching(/judge of record is now stub \(named with --judge\) instead of model/),
    expect.stringMatching(/is a stub: its grades mean nothing/),
  ]);
  await expect(runScore({ workspace, judge: "mode" })).rejects.toMatchObject({
    name: "InputError",
    hint: expect.stringMatching(/Did you mean "model"\?/),
  });
});

test("a pinned judge survives reruns, and a run that changes nothing is skipped without a word", async () => {
  const { workspace, select } = await trial([verdict("other", "2", 3)]);
  writeFileSync(settingsFile(workspace), "schema: medbench-settings/1\njudge: other\n");
  const first = await runScore({ workspace });
  expect(first.notes).toEqual([expect.stringMatching(/now other \(pinned.*instead of model/)]);
  const again = await runScore({ workspace });
  expect([again.skipped, again.version, again.notes]).toEqual([true, first.version, []]);
  const [row] = await select("SELECT judge, of_record FROM judge_versions WHERE of_record");
  expect(row).toEqual({ judge: "other", of_record: true });
  writeFileSync(settingsFile(workspace), "schema: medbench-settings/1\n");
  expect((await runScore({ workspace })).counts["judge"]).toBe("other");
  const forced = await runScore({ workspace, force: true });
  expect([forced.counts["judge"], forced.version]).toEqual([
    "other",
    (await runScore({ workspace })).version,
  ]);
});

test("a pin that is a typing mistake is an error that suggests the name", async () => {
  const { workspace } = await trial();
  writeFileSync(join(workspace, "settings.yaml"), "schema: medbench-settings/1\njudge: Model\n");
  await expect(runScore({ workspace })).rejects.toMatchObject({
    message: 'settings.yaml (judge): no judge "Model"',
    hint: expect.stringMatching(/Did you mean "model"\?/),
  });
});

test("the version with the most verdicts counts, and verdicts by another rubric are not mixed in", async () => {
  const { select } = await trial([
    verdict("model", "1", 5, "new/1"),
    verdict("model", "2", 5, "new/1"),
    verdict("model", "3", 3, "new/1"),
  ]);
  // By new/1 alone: (5 + 5 + 3) / 5 / 3; item 1 has 1 by own/1 as well.
  expect(await select("SELECT sum(score_1e9) / 1e9 AS total FROM scores")).toEqual([{ total: 2.6 }]);
  expect(await select("SELECT dataset, kind, judge, rubric_version, n_answers FROM scored_verdicts")).toEqual(
    [{ dataset: "Open", kind: "scale", judge: "model", rubric_version: "new/1", n_answers: 3 }],
  );
});
