import type { JudgeWishes } from "../../src/lib/publication/judge-of-record.js";
import { workspaceSettings } from "../warehouse/settings.js";
import { recordOf } from "../warehouse/stage-record.js";
import { currentVersion } from "../warehouse/versioned-folder.js";
import { workspacePaths } from "../warehouse/workspace.js";
import { scoredJudges } from "./judge-of-record.js";

/** What was said about judges: for this run, in the settings, by the cycles, and by the last run of the score stage. */
export async function judgeWishes(workspace: string, flag: string | undefined): Promise<JudgeWishes> {
  const version = await currentVersion(workspacePaths(workspace).warehouse);
  const { counts = {} } = recordOf(version, "ingest") ?? {};
  return {
    flag: flag ?? null,
    pinned: (await workspaceSettings(workspace)).judge ?? null,
    cycles: (counts["cycle_judges"] as JudgeWishes["cycles"] | undefined) ?? [],
    before: scoredJudges(recordOf(version, "score")),
  };
}
