import { cp, mkdtemp } from "node:fs/promises";
import { join, resolve } from "node:path";
import { inject } from "vitest";
import { runAggregate } from "../pipelines/stages/aggregate/aggregate.js";
import { runCalibrate } from "../pipelines/stages/calibrate/calibrate.js";
import { runGate } from "../pipelines/stages/gate/gate.js";
import { runIngest } from "../pipelines/stages/ingest/ingest.js";
import { runRelease } from "../pipelines/stages/release/release.js";
import { runScore } from "../pipelines/stages/score/score.js";
import { builtOnce } from "./built-once.js";

/** The bundled sample. */
export const sample = resolve(import.meta.dirname, "..", "data", "sample");

/** The record of the sample's rating study. */
export const sampleStudy = join(sample, "study.yaml");

/** A workspace in which the bundled sample went through every stage up to the release. Shared by all test files: only read it. */
export function sampleWorkspace(): Promise<string> {
  return builtOnce("sample-workspace", async (workspace) => {
    await runIngest({ workspace, sources: [{ path: sample }] });
    await runScore({ workspace });
    await runCalibrate({ workspace, study: sampleStudy });
    await runAggregate({ workspace });
    await runGate({ workspace });
    await runRelease({ workspace });
  });
}

/** A copy of `sampleWorkspace` that the caller may change. Next to it: a workspace names its sources relative to itself. */
export async function ownSampleWorkspace(): Promise<string> {
  const workspace = await mkdtemp(join(inject("sharedFolder"), "own-sample-"));
  await cp(await sampleWorkspace(), workspace, { recursive: true });
  return workspace;
}
