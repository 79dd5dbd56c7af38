import { type GatePolicy, gatePolicies } from "../../src/lib/publication/gate.js";
import { recordOf, type StageRecord } from "../warehouse/stage-record.js";
import { currentVersion } from "../warehouse/versioned-folder.js";
import { workspacePaths } from "../warehouse/workspace.js";
import type { AggregateOptions } from "./aggregate/aggregate.js";
import type { ReleaseOptions } from "./release/release.js";

/** The record of the last time that a stage ran in a workspace. */
export async function lastRecord(workspace: string, stage: string): Promise<StageRecord | undefined> {
  const paths = workspacePaths(workspace);
  const version = await currentVersion(stage === "release" ? paths.release : paths.warehouse);
  return recordOf(version, stage);
}

/** The policy that the gate last ran with; `withhold` if it has not. */
export async function keptGatePolicy(workspace: string): Promise<GatePolicy> {
  const kept = (await lastRecord(workspace, "gate"))?.parameters ?? {};
  return { ...gatePolicies.withhold, ...(kept as Partial<GatePolicy>) };
}

/** Seed and replicates of the last aggregation, so that a run does not undo `medbench aggregate --replicates`. */
export async function keptAggregateSettings(
  workspace: string,
): Promise<Pick<AggregateOptions, "seed" | "replicates">> {
  const { seed, replicates } = (await lastRecord(workspace, "aggregate"))?.parameters ?? {};
  return {
    ...(typeof seed === "number" ? { seed } : {}),
    ...(typeof replicates === "number" ? { replicates } : {}),
  };
}

/** The smallest cell of the last release, so that a run does not undo `medbench release --minimum-groups`. */
export async function keptReleaseSettings(workspace: string): Promise<Pick<ReleaseOptions, "minimumGroups">> {
  const { minimumGroups } = (await lastRecord(workspace, "release"))?.parameters ?? {};
  return typeof minimumGroups === "number" ? { minimumGroups } : {};
}
