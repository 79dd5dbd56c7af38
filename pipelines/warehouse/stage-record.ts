import type { Version } from "./versioned-folder.js";

/** What a stage writes into the manifest of the version it made. */
export interface StageRecord {
  /** Hash of inputs, code version and parameters: the same key means the same output. */
  readonly key: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, string>>;
  /** Rows in and out, outcome counts, and everything else that the stage counts. */
  readonly counts: Readonly<Record<string, unknown>>;
}

/** What a stage recorded when it last ran; undefined if it has not. */
export function recordOf(version: Version | null, stage: string): StageRecord | undefined {
  return version?.manifest.stages[stage] as StageRecord | undefined;
}
