import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCalibrate } from "../../../pipelines/stages/calibrate/calibrate.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { createRandom } from "../../../src/lib/util/random.js";
import { type Cells, writeTinyWarehouse } from "../../tiny-warehouse.js";

const items = Array.from({ length: 120 }, (_, i) => i);
const random = createRandom("grades of selected ratings");
const grades = items.map(() => 1 + Math.floor(5 * random()));
const place = (i: number): Cells => ({
  ...{ run_id: "alpha", benchmark: "b", dataset: "d", pool: "p", item_id: `item-${i}` },
  ...{ variant: 1, condition: "base", repeat: 1, criterion: "safety", scale_min: 1, scale_max: 5 },
});
const workspaces: string[] = [];

/** A judge's grades of all answers, and a physician's of the chosen ones: a point lower on every third. */
async function calibrated(isRated: (grade: number, i: number) => boolean, inclusion: number | null = null) {
  const workspace = mkdtempSync(join(tmpdir(), "medbench-selected-"));
  workspaces.push(workspace);
  await writeTinyWarehouse(workspace, {
    runs: [{ run_id: "alpha", system: "alpha", benchmark: "b", pool: "p", board: "api", track: "llm" }],
    judgments: items.map((i) => ({
      ...place(i),
      ...{
        judge: "judge",
        rubric_version: "r/1",
        prompt_hash: "h",
        judge_repeat: 1,
        value: grades[i]!,
        status: "ok",
      },
    })),
    ratings: items
      .filter((i) => isRated(grades[i]!, i))
      .map((i) => ({
        ...place(i),
        ...{ rater: "physician", value: Math.max(1, grades[i]! - (i % 3 === 0 ? 1 : 0)) },
        inclusion_probability: inclusion,
      })),
  });
  const { counts } = await runCalibrate({ workspace });
  const select = async (sql: string) =>
    JSON.parse(await queryWarehouse(workspace, sql, { format: "json" })) as Record<string, unknown>[];
  const [overall] = await select("SELECT * FROM corrected_scores WHERE scope = 'overall'");
  return { counts, overall, select };
}

describe("calibrating with ratings of which nothing says how they were drawn", () => {
  afterAll(() => {
    for (const workspace of workspaces) rmSync(workspace, { recursive: true, force: true });
  });

  it("corrects no score by ratings of low grades only, with the grades of both as evidence", async () => {
    const { counts, overall } = await calibrated((grade, i) => grade <= 2 && i % 2 === 0);
    expect(counts["runs_with_selected_ratings"]).toBe(1);
    expect(overall).toMatchObject({ status: "refused", estimate: null, reason: "selected-ratings" });
    const evidence = JSON.parse(overall?.["reason_parameters"] as string) as Record<string, string>;
    // All rated answers have grades up to 2 of 5; the others have more of the higher ones.
    expect(evidence["rated"]).toMatch(/^(100\/0\/0|\d+\/\d+\/0)$/);
    expect(evidence["others"]).not.toMatch(/\/0$/);
  });

  it("corrects by ratings of every fourth answer, and keeps the p-value", async () => {
    const { counts, overall } = await calibrated((_, i) => i % 4 === 1);
    expect(counts).not.toHaveProperty("runs_with_selected_ratings");
    expect(overall).toMatchObject({ status: "corrected", raters: "these raters", n_raters: 1 });
    expect(overall?.["selection_p"]).toBeGreaterThan(0.01);
  });

  it("does not test ratings whose probabilities the sheet gives: the weights answer for the draw", async () => {
    const { overall, select } = await calibrated((grade, i) => grade <= 2 && i % 2 === 0, 0.5);
    expect(overall).toMatchObject({ status: "corrected", selection_p: null });
    const weights = await select("SELECT DISTINCT design_weight, is_drawn FROM rated_answers");
    expect(weights).toEqual([{ design_weight: 2, is_drawn: true }]);
  });
});
