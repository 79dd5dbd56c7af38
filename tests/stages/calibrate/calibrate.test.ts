import { beforeAll, describe, expect, it } from "vitest";
import truth from "../../../data/sample/truth/truth.json" with { type: "json" };
import { runCalibrate } from "../../../pipelines/stages/calibrate/calibrate.js";
import { type PlainRow, withEngine } from "../../../pipelines/warehouse/engine.js";
import { currentVersion } from "../../../pipelines/warehouse/versioned-folder.js";
import { attachTables } from "../../../pipelines/warehouse/views.js";
import { workspacePaths } from "../../../pipelines/warehouse/workspace.js";
import { ownSampleWorkspace, sampleStudy as study } from "../../sample.js";

describe("medbench calibrate on the bundled sample", () => {
  let workspace: string;
  let counts: PlainRow;

  const rows = async (sql: string) => {
    const version = await currentVersion(workspacePaths(workspace).warehouse);
    return withEngine(async (engine) => {
      await attachTables(engine, version);
      return engine.rows(sql);
    });
  };

  beforeAll(async () => {
    workspace = await ownSampleWorkspace();
    counts = (await runCalibrate({ workspace, study })).counts;
  });

  it("accounts for each of the 5,000 ratings", () => {
    const named = Object.entries(counts).filter(([name]) => name.startsWith("ratings_"));
    expect(named.reduce((total, [, n]) => total + Number(n), 0)).toBe(5000);
  });

  it("marks exactly the specialties in which the judge was planted blind as not validated", async () => {
    const found = await rows(
      "SELECT slice FROM validity WHERE slice_kind = 'specialty' AND criterion = 'all' AND status = 'not validated' ORDER BY slice",
    );
    expect(found.map(({ slice }) => slice)).toEqual([...truth.judge.blindSpots].sort());
  });

  it("rejects no dataset, family or pool because of the blind specialties: the judge was planted sound elsewhere", async () => {
    const found = await rows(
      `SELECT slice_kind, slice FROM validity WHERE criterion = 'all' AND slice_kind NOT IN ('overall', 'specialty')
         AND (p_misses_target <= false_discovery_rate OR (slice_kind <> 'dataset' AND status <> 'validated'))`,
    );
    expect(found).toEqual([]);
  });

  it("puts the planted ceiling of physicians inside at least 90 % of its intervals", async () => {
    const found = await rows(
      `SELECT criterion, slice, ceiling_lower, ceiling_upper FROM agreement
       WHERE slice_kind = 'specialty' AND criterion <> 'all' AND ceiling_lower IS NOT NULL`,
    );
    const inside = found.filter(({ criterion, slice, ceiling_lower, ceiling_upper }) => {
      const planted = truth.agreement.find(({ specialty }) => specialty === slice)?.physicianKappa;
      const kappa = planted?.[criterion as keyof typeof planted] as number;
      return (ceiling_lower as number) <= kappa && kappa <= (ceiling_upper as number);
    });
    expect(found.length).toBeGreaterThan(100);
    expect(inside.length / found.length).toBeGreaterThan(0.9);
  });

  it("puts the planted kappa of the judge inside at least 85 % of the intervals of single specialties", async () => {
    const found = await rows(
      `SELECT criterion, slice, kappa_lower, kappa_upper FROM agreement
       WHERE slice_kind = 'specialty' AND criterion <> 'all' AND kappa_lower IS NOT NULL`,
    );
    const inside = found.filter(({ criterion, slice, kappa_lower, kappa_upper }) => {
      const planted = truth.agreement.find(({ specialty }) => specialty === slice)?.judgeKappa;
      const kappa = planted?.[criterion as keyof typeof planted] as number;
      return (kappa_lower as number) <= kappa && kappa <= (kappa_upper as number);
    });
    expect(inside.length / found.length).toBeGreaterThan(0.85);
  });

  it("corrects a system only from its own ratings by this version of the judge, and otherwise gives the reason", async () => {
    const found = await rows("SELECT status, n_rated_groups, estimate, reason FROM corrected_scores");
    for (const { status, n_rated_groups, estimate, reason } of found) {
      expect(status === "corrected").toBe((n_rated_groups as number) >= 10);
      expect(estimate === null).toBe(status === "refused");
      expect(reason === null).toBe(status === "corrected");
    }
  });

  it("widens the interval where the judge's error is included", async () => {
    const found = await rows(
      "SELECT avg((upper - lower) / (judge_upper - judge_lower)) AS ratio FROM corrected_scores WHERE scope = 'overall'",
    );
    expect(found[0]?.["ratio"]).toBeGreaterThan(1);
  });

  it("is skipped when nothing changed, and gives the same bytes when forced", async () => {
    const files = async () => (await currentVersion(workspacePaths(workspace).warehouse))?.manifest.files;
    const before = await files();
    expect((await runCalibrate({ workspace, study })).skipped).toBe(true);
    expect((await runCalibrate({ workspace, study, force: true })).skipped).toBe(false);
    expect(await files()).toEqual(before);
  });
});
