import { tableNames } from "../../../src/lib/records/tables.js";
import { tableHashes } from "../../stages/stage.js";
import { recordOf } from "../../warehouse/stage-record.js";
import type { Version } from "../../warehouse/versioned-folder.js";

/** Whether a result exists, and whether it belongs to the tables as they are. */
export type Freshness = "missing" | "stale" | "current";

/** Whether a stage has run, and on the tables as they are now. */
export function freshness(version: Version, stage: string): Freshness {
  const record = recordOf(version, stage);
  if (record === undefined) return "missing";
  const reads = [...tableNames, "catalogue" as const].filter((name) => name in record.inputs);
  const now = tableHashes(version, reads);
  return reads.every((name) => now[name] === record.inputs[name]) ? "current" : "stale";
}
