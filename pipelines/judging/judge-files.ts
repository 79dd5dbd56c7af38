import { createHash } from "node:crypto";
import { join } from "node:path";
import { isPortableName } from "../warehouse/disk.js";
import { workspacePaths } from "../warehouse/workspace.js";

/** Folder of a workspace with the journals of its judges. */
export const judgeFolder = (workspace: string): string => join(workspacePaths(workspace).root, "judge");

/** Where a judge's requests and replies are kept. */
export function judgeJournalPath(workspace: string, judge: string): string {
  return join(judgeFolder(workspace), `${fileName(judge)}.jsonl`);
}

/** Where the requests of `medbench stress-judge` to a judge are kept: not among the judges. */
export function stressJournalPath(workspace: string, judge: string): string {
  return join(judgeFolder(workspace), "stress", `${fileName(judge)}.jsonl`);
}

/** The part of the table `judgments` with the verdicts that a judge was asked for here. */
export const judgePart = (judge: string): string => `judgments/judge-${fileName(judge)}.parquet`;

/** Whether a file of the warehouse has verdicts that were asked for here; the others came in with sources. */
export const isJudgePart = (file: string): boolean => file.startsWith("judgments/judge-");

/** A name that every file system accepts; different names stay different, also where upper and lower case are the same. */
function fileName(judge: string): string {
  if (isPortableName(judge) && judge === judge.toLowerCase()) return judge;
  const plain = judge.replace(/[^A-Za-z0-9._-]+/g, "-");
  return `${plain}-${createHash("sha256").update(judge).digest("hex").slice(0, 8)}`;
}
