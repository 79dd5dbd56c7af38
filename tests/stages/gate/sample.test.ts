import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import truth from "../../../data/sample/truth/truth.json" with { type: "json" };
import { runCalibrate } from "../../../pipelines/stages/calibrate/calibrate.js";
import { runGate } from "../../../pipelines/stages/gate/gate.js";
import { runRelease } from "../../../pipelines/stages/release/release.js";
import { releaseQueries } from "../../../pipelines/stages/release/release-queries.js";
import { gatedFigure, gatedNames, isGated } from "../../../pipelines/stages/release/withhold.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { verifyWorkspace } from "../../../pipelines/tools/verify.js";
import { currentVersion } from "../../../pipelines/warehouse/versioned-folder.js";
import { workspacePaths } from "../../../pipelines/warehouse/workspace.js";
import { gatePolicies } from "../../../src/lib/publication/gate.js";
import { releasedNames, releasedTables } from "../../../src/lib/records/released-tables.js";
import type { Columns } from "../../../src/lib/records/tables/column.js";
import { ownSampleWorkspace } from "../../sample.js";

type Row = Readonly<Record<string, string | number | null>>;

describe("the gate on the bundled sample, whose judge is blind in two specialties", () => {
  let workspace: string;

  const select = async (sql: string) =>
    JSON.parse(await queryWarehouse(workspace, sql, { format: "json" })) as Row[];
  const release = async () => {
    const version = await currentVersion(workspacePaths(workspace).release);
    return version?.folder ?? "";
  };
  const released = async (table: string) =>
    JSON.parse(await readFile(join(await release(), "tables", `${table}.json`), "utf8")) as Row[];
  const leaks = async () =>
    (await verifyWorkspace(workspace)).checks.find(({ check }) => check.startsWith("no withheld"));

  beforeAll(async () => {
    workspace = await ownSampleWorkspace();
  });

  it("withholds the blind specialties of every system whose answers there were judged", async () => {
    for (const code of truth.judge.blindSpots) {
      const own = (await released("specialty_scores")).filter(({ specialty }) => specialty === code);
      const gates = await select(
        `SELECT run_id, decision, judge_share FROM gates WHERE scope = 'specialty' AND name = 'primary/${code}'`,
      );
      expect(gates.length).toBeGreaterThan(0);
      for (const { decision, judge_share } of gates)
        expect(decision).toBe((judge_share as number) > 0.2 ? "withhold" : "no_judge_involved");
      for (const { publication, estimate, lower, best, n_items } of own) {
        if (publication !== "withhold") continue;
        expect([estimate, lower, best]).toEqual([null, null, null]);
        expect(n_items).toBeGreaterThan(0);
      }
    }
  });

  it("publishes overall scores together with the judge's error and the unvalidated share, but for the one that its ratings cannot correct", async () => {
    const rows = await select(
      `SELECT g.decision, g.unvalidated_share, g.threshold, o.corrected, o.corrected_reason FROM gates AS g JOIN overall_scores AS o USING (run_id)
       WHERE g.scope = 'overall' AND o.status = 'complete'`,
    );
    expect(rows.length).toBe(15);
    for (const row of rows) {
      const isCorrected = row["corrected"] !== null;
      expect(row["decision"]).toBe(isCorrected ? "publish_corrected" : "publish_with_warning");
      expect(row["unvalidated_share"]).toBeLessThan(row["threshold"] as number);
    }
    // No answer of MedCollab, the only judged task of its dimension, was rated for one agent.
    const uncorrected = rows.filter(({ corrected }) => corrected === null);
    expect(uncorrected.map(({ corrected_reason }) => corrected_reason)).toEqual(["unrated-part"]);
  });

  it("shows no withheld figure in any format, and leaves scores of choice questions unchanged", async () => {
    expect(await leaks()).toMatchObject({ ok: true });
    const open = (await released("task_scores")).filter(
      ({ publication, metric }) => publication === "no_judge_involved" && metric === "task",
    );
    const scored = await select("SELECT run_id, dataset, estimate FROM task_scores WHERE metric = 'task'");
    const estimates = new Map(
      scored.map(({ run_id, dataset, estimate }) => [`${run_id}/${dataset}`, estimate]),
    );
    expect(open.length).toBeGreaterThan(50);
    for (const { run_id, dataset, estimate } of open)
      expect(estimate).toBe(estimates.get(`${run_id}/${dataset}`));
  });

  it("orders no released table by a figure that it withholds", () => {
    for (const name of gatedNames) {
      for (const column of gatedFigure(name).values) expect(releaseQueries[name].order).not.toContain(column);
    }
  });

  it("detects a withheld figure that was written back", async () => {
    const file = join(await release(), "tables", "specialty_scores.json");
    const before = await readFile(file, "utf8");
    const rows = JSON.parse(before) as Row[];
    const at = rows.findIndex(({ publication }) => publication === "withhold");
    await writeFile(file, JSON.stringify(rows.map((row, i) => (i === at ? { ...row, estimate: 0.9 } : row))));
    expect(await leaks()).toMatchObject({ ok: false, detail: "1 rows of specialty_scores.json" });
    await writeFile(file, before);
  });

  it("refuses to release on gates that were decided before the scores changed", async () => {
    await runCalibrate({ workspace, parameters: { target: 0.5, floor: 0.3 } });
    await expect(runRelease({ workspace })).rejects.toThrow(/validity changed after the gate decided/);
  });

  it("withholds nothing under the policy `warn`", async () => {
    const { counts } = await runGate({ workspace, policy: gatePolicies.warn });
    expect(counts["withhold"]).toBe(0);
  });
});

describe("a release", () => {
  // Tables about readings and outcomes rest on no judge; those about the judge are what the gate decides by.
  const free = ["reading_accuracy", "gates"];

  it("gates every table of systems' figures, except those listed as independent of a judge", () => {
    const figures = releasedNames.filter((name) => {
      const columns = Object.entries<Columns[string]>(releasedTables[name].columns);
      return (
        columns.some(([column]) => column.startsWith("run_id")) &&
        columns.some(
          ([column, { type }]) => type === "DOUBLE" && !["temperature", "parameters"].includes(column),
        )
      );
    });
    const names = figures.filter((name) => !free.includes(name));
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !isGated(name))).toEqual([]);
  });
});
