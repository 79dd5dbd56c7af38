import { InputError } from "../../src/lib/errors.js";
import type { GatePolicy } from "../../src/lib/publication/gate.js";
import type { Row } from "../../src/lib/records/tables.js";
import { withEngine } from "../warehouse/engine.js";
import { currentVersion } from "../warehouse/versioned-folder.js";
import { attachTables } from "../warehouse/views.js";
import { workspacePaths } from "../warehouse/workspace.js";
import { runAggregate } from "./aggregate/aggregate.js";
import { runCalibrate, sameCalibration } from "./calibrate/calibrate.js";
import { runGate } from "./gate/gate.js";
import { runIngest } from "./ingest/ingest.js";
import { keptAggregateSettings, keptGatePolicy, keptReleaseSettings, lastRecord } from "./kept-settings.js";
import { publishSite } from "./publish/publish.js";
import { runRelease } from "./release/release.js";
import { runScore, type ScoreOptions } from "./score/score.js";
import type { StageOutcome } from "./stage.js";

export interface RunOptions {
  readonly workspace: string;
  /** Sources to add to those that the warehouse remembers. */
  readonly sources: readonly string[];
  readonly out: string;
  readonly force?: boolean;
  /** What to do with figures that depend on a judge without enough evidence. Default: as the gate last did, at first `withhold`. */
  readonly gatePolicy?: GatePolicy;
  /** Record of the rating study, for the reporting checklist; Default: the one that the workspace used last. */
  readonly study?: string;
  /** Called as each stage ends. */
  readonly onStage?: (outcome: StageOutcome) => void;
}

/**
 * Runs all stages in order; a stage whose inputs, code and parameters are unchanged is skipped. Every stage
 * keeps the settings that the workspace last ran it with, so a run does not undo `medbench score --as-of`,
 * `medbench calibrate --anchor`, `medbench aggregate --seed`, `medbench gate --gate-policy` or `medbench release --minimum-groups`.
 * A judge given to `medbench score --judge` stays too, unless one is pinned or named by the cycle.
 */
export async function runAll({
  workspace,
  sources,
  out,
  force = false,
  gatePolicy,
  study,
  onStage = () => {},
}: RunOptions): Promise<StageOutcome[]> {
  const stages = [
    () => runIngest({ workspace, sources: sources.map((path) => ({ path })), force }),
    async () => runScore({ workspace, force, ...(await scoreMonth(workspace)) }),
    () => calibrateWherePossible(workspace, force, study),
    async () => runAggregate({ workspace, force, ...(await keptAggregateSettings(workspace)) }),
    async () => runGate({ workspace, force, policy: gatePolicy ?? (await keptGatePolicy(workspace)) }),
    async () => runRelease({ workspace, force, ...(await keptReleaseSettings(workspace)) }),
    () => publishSite({ workspace, out, force }),
  ];
  const done: StageOutcome[] = [];
  for (const stage of stages) {
    const outcome = await stage();
    if (outcome === null) continue;
    onStage(outcome);
    done.push(outcome);
  }
  return done;
}

async function scoreMonth(workspace: string): Promise<Pick<ScoreOptions, "asOf">> {
  const asOf = (await lastRecord(workspace, "score"))?.parameters["asOf"] as string | null | undefined;
  return asOf ? { asOf } : {};
}

/** Calibration needs a judge. A benchmark with choice questions only has none, which is not an error. */
async function calibrateWherePossible(
  workspace: string,
  force: boolean,
  study: string | undefined,
): Promise<StageOutcome | null> {
  const version = await currentVersion(workspacePaths(workspace).warehouse);
  const { n } = await withEngine(
    async (engine) => {
      await attachTables(engine, version, ["judgments"]);
      return engine.row<{ n: number }>("SELECT count(*) AS n FROM judgments");
    },
    { workspace },
  );
  if (n === 0) {
    if (study === undefined) return null;
    throw new InputError(`run: --study ${study} is about a judge, but the warehouse contains no judgments`, {
      hint: "Ingest the verdicts of a judge with a mapping file, or leave --study out.",
    });
  }
  const last = await lastRecord(workspace, "calibrate");
  return runCalibrate({
    workspace,
    force,
    ...(last === undefined ? {} : sameCalibration(last)),
    ...(study === undefined ? {} : { study }),
  });
}

/** An overall score on the scale from 0 to 100, with the gate's decision. */
export type OverallRow = Row<
  "overall_scores",
  | ("track" | "board" | "pool" | "system" | "estimate" | "lower" | "upper")
  | ("board_value" | "n_scored" | "n_expected" | "status")
> &
  Row<"gates", "decision">;

/** Overall scores from 0 to 100, best first within each board. */
export async function overallTable(workspace: string): Promise<OverallRow[]> {
  const version = await currentVersion(workspacePaths(workspace).warehouse);
  return withEngine(
    async (engine) => {
      await attachTables(engine, version, ["overall_scores", "gates"]);
      return engine.rows<OverallRow>(
        `SELECT track, board, pool, system, estimate * 100 AS estimate, lower * 100 AS lower, upper * 100 AS upper, board_value,
              n_scored, n_expected, status, decision
       FROM overall_scores JOIN (SELECT run_id, decision FROM gates WHERE scope = 'overall') USING (run_id)
       ORDER BY benchmark, track, board, pool, estimate DESC NULLS LAST, system`,
      );
    },
    { workspace },
  );
}
