import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCalibrate, sameCalibration } from "../../../pipelines/stages/calibrate/calibrate.js";
import { publicParameters } from "../../../pipelines/stages/release/release.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { hashFile } from "../../../pipelines/warehouse/hash.js";
import type { StageRecord } from "../../../pipelines/warehouse/stage-record.js";
import { currentVersion } from "../../../pipelines/warehouse/versioned-folder.js";
import { workspacePaths } from "../../../pipelines/warehouse/workspace.js";
import { type Cells, writeTinyWarehouse } from "../../tiny-warehouse.js";

const items = Array.from({ length: 24 }, (_, i) => i);
const place = (system: string, i: number): Cells => ({
  ...{ run_id: system, benchmark: "b", dataset: "d", pool: "p", item_id: `item-${i}` },
  ...{ variant: 1, condition: "base", repeat: 1, criterion: "safety", scale_min: 1, scale_max: 5 },
});
/** Grades 1 to 4 in turn, so that a version that gives one point more stays on the scale. */
const grade = (i: number) => 1 + (i % 4);
const verdict = (judge: string, system: string, i: number, value: number): Cells => ({
  ...place(system, i),
  ...{ judge, rubric_version: "r/1", prompt_hash: "h", judge_repeat: 1, value, status: "ok" },
});

describe("calibrating two judge versions, of which the new one is a point kinder on most answers", () => {
  const workspace = mkdtempSync(join(tmpdir(), "medbench-versions-"));
  const select = async <T>(sql: string): Promise<T[]> =>
    JSON.parse(await queryWarehouse(workspace, sql, { format: "json" })) as T[];

  beforeAll(async () => {
    await writeTinyWarehouse(workspace, {
      runs: ["alpha", "beta"].map((run_id) => ({
        run_id,
        system: run_id,
        benchmark: "b",
        pool: "p",
        board: "api",
        track: "llm",
      })),
      judgments: [
        ...items.map((i) => verdict("old", "alpha", i, grade(i))),
        ...items.map((i) => verdict("old", "beta", i, grade(i + 1))),
        // Unchanged on every sixth item: mean change 5/6.
        ...items.map((i) => verdict("new", "alpha", i, grade(i) + (i % 6 === 0 ? 0 : 1))),
      ],
      ratings: items.map((i) => ({ ...place("alpha", i), rater: "physician", value: grade(i) })),
    });
    await runCalibrate({ workspace });
  });
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  it("raises a drift alarm with the change on the answers that both graded", async () => {
    const [row, ...others] = await select<Record<string, unknown>>("SELECT * FROM drift");
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      kind: "version",
      baseline: "old | r/1 | h",
      period: "new | r/1 | h",
      alarm: true,
      n_answers: 24,
    });
    expect(row?.["change"]).toBeCloseTo(5 / 6, 10);
  });

  it("compares only the answers of an anchor list, and names the list by its hash", async () => {
    // Items 0 to 11 of alpha: two of them (0 and 6) unchanged, so the mean change is 10/12.
    const file = join(workspace, "anchor.csv");
    const answers = items.slice(0, 12).map((i) => `alpha,b,d,p,item-${i}`);
    writeFileSync(file, `${["run_id,benchmark,dataset,pool,item_id", ...answers].join("\n")}\n`);
    const { counts } = await runCalibrate({ workspace, anchor: file });
    expect(counts["anchor_answers"]).toBe(12);
    const [row] = await select<Record<string, unknown>>("SELECT * FROM drift");
    expect(row).toMatchObject({ n_answers: 12, anchor: hashFile(file).sha256.slice(0, 16) });
    expect(row?.["change"]).toBeCloseTo(10 / 12, 10);
    expect((await runCalibrate({ workspace, anchor: file })).skipped).toBe(true);
    writeFileSync(file, `run_id,benchmark,dataset,pool,item_id\n${answers[0]}\n${answers[1]}\n`);
    expect((await runCalibrate({ workspace, anchor: file })).skipped).toBe(false);
  });

  it("can be repeated from the warehouse's record, including the anchor list and the study", async () => {
    const file = join(workspace, "anchor-again.csv");
    writeFileSync(file, "run_id,benchmark,dataset,pool,item_id\nalpha,b,d,p,item-3\nalpha,b,d,p,item-4\n");
    const study = [{ item: "raters", en: "three physicians", zh: "三名医师" }];
    await runCalibrate({ workspace, anchor: file, study, parameters: { target: 0.9 } });
    const version = await currentVersion(workspacePaths(workspace).warehouse);
    const last = version?.manifest.stages["calibrate"] as StageRecord;
    expect(last.parameters["target"]).toBe(0.9);
    expect(last.inputs["anchor"]).toBe(hashFile(file).sha256.slice(0, 16));
    // The list's path is remembered, and stays on this machine.
    expect(last.parameters["anchor"]).toBe(file);
    expect(publicParameters("calibrate", last.parameters)).toMatchObject({ target: 0.9, study });
    expect(JSON.stringify(publicParameters("calibrate", last.parameters))).not.toContain(file);
    expect((await runCalibrate({ workspace, ...sameCalibration(last) })).skipped).toBe(true);
    expect((await runCalibrate({ workspace })).skipped).toBe(false);
  });

  it("refuses an anchor list that lacks a key column or contains no judged answer", async () => {
    const file = join(workspace, "wrong.csv");
    writeFileSync(file, "run_id,dataset\nalpha,d\n");
    await expect(runCalibrate({ workspace, anchor: file })).rejects.toThrow(/lacks benchmark, pool, item_id/);
    writeFileSync(file, "run_id,benchmark,dataset,pool,item_id\ngamma,b,d,p,item-1\n");
    await expect(runCalibrate({ workspace, anchor: file })).rejects.toThrow(
      /none of its 1 answers was judged/,
    );
  });

  it("removes the kinder version's bias from the corrected score", async () => {
    const rows = await select<{ judge: string; judge_estimate: number; estimate: number }>(
      "SELECT judge, judge_estimate, estimate FROM corrected_scores WHERE run_id = 'alpha' AND scope = 'overall' ORDER BY judge",
    );
    // People's mean is 2.5 of 5; the new version gives 5/6 of a point more.
    expect(rows[0]?.judge_estimate).toBeCloseTo((2.5 + 5 / 6) / 5, 10);
    for (const { estimate } of rows) expect(estimate).toBeCloseTo(0.5, 10);
  });

  it("refuses to correct a system without ratings, and says so", async () => {
    const rows = await select("SELECT DISTINCT status, reason FROM corrected_scores WHERE run_id = 'beta'");
    expect(rows).toEqual([{ status: "refused", reason: "other-systems-rated" }]);
  });

  it("gives no human ceiling if there is only one rater", async () => {
    const rows = await select("SELECT DISTINCT ceiling, n_rater_pairs FROM agreement");
    expect(rows).toEqual([{ ceiling: null, n_rater_pairs: 0 }]);
  });
});
