import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runAggregate } from "../../../pipelines/stages/aggregate/aggregate.js";
import { runCalibrate } from "../../../pipelines/stages/calibrate/calibrate.js";
import { kappaSummary } from "../../../pipelines/stages/calibrate/kappa-summary.js";
import { runGate } from "../../../pipelines/stages/gate/gate.js";
import { stubJudgeBanner } from "../../../pipelines/stages/publish/stub-judge-banner.js";
import { runRelease } from "../../../pipelines/stages/release/release.js";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { pin, unpin } from "../../../pipelines/tools/judges/change.js";
import { currentVersion } from "../../../pipelines/warehouse/versioned-folder.js";
import { workspacePaths } from "../../../pipelines/warehouse/workspace.js";
import { trialBenchmark } from "../../trial-benchmark.js";
import { smallWorkspace } from "../score/small-benchmark.js";

/** The lines of a release's tables and record that name a judge. */
async function releasedLines(workspace: string, judge: string): Promise<string[]> {
  await runScore({ workspace });
  await runCalibrate({ workspace });
  await runAggregate({ workspace });
  await runGate({ workspace });
  await runRelease({ workspace, minimumGroups: 1 });
  const folder = (await currentVersion(workspacePaths(workspace).release))?.folder as string;
  const files = readdirSync(join(folder, "tables")).filter((file) => file.endsWith(".json"));
  const name = new RegExp(`["(]${judge}(["),]| [|])`);
  return [join(folder, "release.json"), ...files.map((file) => join(folder, "tables", file))]
    .flatMap((file) => readFileSync(file, "utf8").split("\n"))
    .filter((line) => name.test(line));
}

const evidence = ["agreement", "judge_grades", "validity", "drift", "judge_bias", "corrected_scores"];

test.each(["Stub:trial", "replay:model"])(
  "%s that nobody named is in no table of evidence, no headline and no file of the release",
  async (trial) => {
    const { workspace, select } = await smallWorkspace(trialBenchmark(trial));
    expect(await releasedLines(workspace, trial)).toEqual([]);
    expect(await releasedLines(workspace, "model")).not.toEqual([]);
    expect((await kappaSummary(workspace)).map(({ judge }) => judge)).not.toContain(trial);
    const rows = await Promise.all(
      evidence.map((table) => select(`SELECT to_json(t)::VARCHAR AS row FROM ${table} AS t`)),
    );
    expect(rows.flat().filter((row) => JSON.stringify(row).includes(trial))).toEqual([]);
    const { notes } = await runCalibrate({ workspace });
    expect(notes).toEqual([expect.stringContaining(`${trial} is left out`)]);
  },
);

test("a stub that is pinned is in the tables of evidence, and every page says that it is a stub", async () => {
  const { workspace, select } = await smallWorkspace(trialBenchmark("stub"));
  const judges = async () =>
    (await select<{ judge: string }>("SELECT DISTINCT judge FROM agreement ORDER BY judge")).map(
      ({ judge }) => judge,
    );
  await pin(workspace, "stub");
  const pinned = await releasedLines(workspace, "stub");
  expect(await judges()).toEqual(["model", "stub"]);
  expect(pinned).not.toEqual([]);
  expect(stubJudgeBanner("en", workspacePaths(workspace).release)).toMatch(/is a stub/);
  expect((await runCalibrate({ workspace })).notes).toEqual([
    expect.stringMatching(/of record, stub, is a stub/),
  ]);
  await unpin(workspace);
  expect(await releasedLines(workspace, "stub")).toEqual([]);
  expect(await judges()).toEqual(["model"]);
  expect(stubJudgeBanner("en", workspacePaths(workspace).release)).toBe(null);
});

test("a stub that is the only judge is of record, and the calibration says that it means nothing", async () => {
  const { workspace, select } = await smallWorkspace(trialBenchmark("stub", { hasModel: false }));
  expect((await runCalibrate({ workspace })).notes).toEqual([
    expect.stringMatching(/of record, stub, is a stub/),
  ]);
  expect(await select("SELECT count(*) AS n FROM agreement WHERE judge = 'stub'")).not.toEqual([{ n: 0 }]);
});
