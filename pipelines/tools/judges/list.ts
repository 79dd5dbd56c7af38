import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { JudgeChoice } from "../../../src/lib/publication/judge-of-record.js";
import { type JudgeKind, judgeKind } from "../../../src/lib/records/judge-kind.js";
import { hasReply, journalHead, journalTimes } from "../../asking/journal-times.js";
import { scoredJudges } from "../../groups/judge-of-record.js";
import { judgeFolder, judgeJournalPath } from "../../judging/judge-files.js";
import { withEngine } from "../../warehouse/engine.js";
import { workspaceSettings } from "../../warehouse/settings.js";
import type { StageRecord } from "../../warehouse/stage-record.js";
import { currentVersion } from "../../warehouse/versioned-folder.js";
import { attachTables } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";

/** A version of a judge (rubric and prompt) and its verdicts; without verdicts, rubric and prompt are null. */
export interface JudgeVersionRow {
  readonly judge: string;
  readonly kind: JudgeKind;
  /** Model that the server was asked for; null where it is not recorded. */
  readonly model: string | null;
  readonly rubric_version: string | null;
  readonly prompt_hash: string | null;
  readonly verdicts: number;
  readonly failed: number;
  readonly cannot_rate: number;
  readonly answers: number;
  /** Pools whose scores use it. */
  readonly of_record: readonly string[];
  readonly is_pinned: boolean;
  /** Whether its verdicts were compared with people's ratings. */
  readonly is_calibrated: boolean;
  /** Sources that its verdicts came in with; empty if they were all asked for here. */
  readonly sources: readonly string[];
  readonly first_asked: string | null;
  readonly last_asked: string | null;
  /** Journal of its requests; null where it was never asked here. */
  readonly journal: string | null;
}

/**
 * All judges of a workspace, those of record first; also judges that were asked and have no verdict in the table yet.
 *
 * @param options.evenSilent also judges that were asked and never replied, such as a name with a wrong address
 */
export async function listJudges(
  workspace: string,
  { evenSilent = false }: { readonly evenSilent?: boolean } = {},
): Promise<JudgeVersionRow[]> {
  const version = await currentVersion(workspacePaths(workspace).warehouse);
  const stages = (version?.manifest.stages ?? {}) as Record<string, StageRecord | undefined>;
  const { judge: pinned = null } = await workspaceSettings(workspace);
  const choices = scoredJudges(stages["score"]);
  const sources = (stages["ingest"]?.counts["judge_sources"] ?? []) as readonly JudgeSource[];
  const rows = await withEngine(
    async (engine) => {
      await attachTables(engine, version, ["judgments", "agreement", "judge_versions"]);
      return engine.rows<VersionCounts>(
        `SELECT judge, rubric_version, coalesce(prompt_hash, '') AS prompt_hash, count(*) AS verdicts,
                count(*) FILTER (status = 'failed') AS failed, count(*) FILTER (status = 'cannot_rate') AS cannot_rate,
                count(DISTINCT (run_id, benchmark, dataset, pool, item_id, variant, condition, repeat)) AS answers,
                (judge, rubric_version, coalesce(prompt_hash, '')) IN (SELECT (judge, rubric_version, prompt_hash) FROM agreement) AS is_calibrated,
                (judge, rubric_version, coalesce(prompt_hash, '')) IN (SELECT (judge, rubric_version, prompt_hash) FROM judge_versions WHERE of_record) AS of_record
         FROM judgments GROUP BY judge, rubric_version, coalesce(prompt_hash, '') ORDER BY judge, verdicts DESC, rubric_version, prompt_hash`,
      );
    },
    { workspace },
  );
  const context = { workspace, pinned, choices, sources };
  const known = new Set(rows.map(({ judge }) => judgeJournalPath(workspace, judge)));
  const asked = askedJudges(workspace, known, evenSilent);
  return [
    ...rows.map((row) => describe(row.judge, row, context)),
    ...asked.map((judge) => describe(judge, null, context)),
  ].sort((a, b) => b.of_record.length - a.of_record.length);
}

/** A source with verdicts of a judge, as ingest records it. */
export interface JudgeSource {
  readonly source: string;
  readonly judge: string;
}

interface VersionCounts {
  readonly judge: string;
  readonly rubric_version: string;
  readonly prompt_hash: string;
  readonly verdicts: number;
  readonly failed: number;
  readonly cannot_rate: number;
  readonly answers: number;
  readonly is_calibrated: boolean;
  readonly of_record: boolean;
}

interface ListContext {
  readonly workspace: string;
  readonly pinned: string | null;
  readonly choices: readonly JudgeChoice[];
  readonly sources: readonly JudgeSource[];
}

function describe(
  judge: string,
  counts: VersionCounts | null,
  { workspace, pinned, choices, sources }: ListContext,
): JudgeVersionRow {
  const journal = judgeJournalPath(workspace, judge);
  const { first, last } = journalTimes(journal);
  return {
    judge,
    kind: judgeKind(judge),
    model: journalHead(journal)?.model ?? null,
    rubric_version: counts?.rubric_version ?? null,
    prompt_hash: counts?.prompt_hash ?? null,
    verdicts: counts?.verdicts ?? 0,
    failed: counts?.failed ?? 0,
    cannot_rate: counts?.cannot_rate ?? 0,
    answers: counts?.answers ?? 0,
    of_record: counts?.of_record ? choices.filter((one) => one.judge === judge).map(({ pool }) => pool) : [],
    is_pinned: judge === pinned,
    is_calibrated: counts?.is_calibrated ?? false,
    sources: sources.filter((one) => one.judge === judge).map(({ source }) => source),
    first_asked: first,
    last_asked: last,
    journal: existsSync(journal) ? journal : null,
  };
}

/** Judges with another journal than these. */
function askedJudges(workspace: string, known: ReadonlySet<string>, evenSilent: boolean): string[] {
  const folder = judgeFolder(workspace);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl"))
    .map((file) => join(folder, file))
    .filter((path) => !known.has(path) && (evenSilent || hasReply(path)))
    .sort()
    .map((path) => journalHead(path)?.judge ?? basename(path, ".jsonl"));
}
