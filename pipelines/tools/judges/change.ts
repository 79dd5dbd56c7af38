import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { InputError } from "../../../src/lib/errors.js";
import { requireKnown } from "../../../src/lib/util/known-names.js";
import { Journal } from "../../asking/journal.js";
import { judgeFolder, judgeJournalPath, judgePart } from "../../judging/judge-files.js";
import { renameInto } from "../../warehouse/disk.js";
import { withEngine } from "../../warehouse/engine.js";
import { takeLock } from "../../warehouse/lock.js";
import { pinJudge } from "../../warehouse/pinned-judge.js";
import { workspaceSettings } from "../../warehouse/settings.js";
import type { StageRecord } from "../../warehouse/stage-record.js";
import { beginDraft } from "../../warehouse/versioned-folder.js";
import { workspacePaths } from "../../warehouse/workspace.js";
import { listJudges } from "./list.js";

/**
 * Makes a judge the judge of record in the workspace's settings.
 *
 * @throws InputError if the workspace has no verdict of it
 */
export async function pin(workspace: string, judge: string): Promise<void> {
  const rows = await listJudges(workspace);
  requireKnown(
    [judge],
    rows.filter(({ verdicts }) => verdicts > 0).map((row) => row.judge),
    { where: "judges pin", what: "judge", plural: "judges with verdicts" },
  );
  await pinJudge(workspace, judge);
}

/** Takes the pin back. @returns the judge that was pinned; null if there was none */
export async function unpin(workspace: string): Promise<string | null> {
  const { judge = null } = await workspaceSettings(workspace);
  if (judge !== null) await pinJudge(workspace, null);
  return judge;
}

export interface RemovedJudge {
  readonly judge: string;
  /** Verdicts that were taken out of the table. */
  readonly verdicts: number;
  /** Answers that its journal has; those of a run that was stopped may not be in the table yet. */
  readonly replies: number;
  /** Where its journal is now; null if it had none. */
  readonly journal: string | null;
  /** Sources that still bring verdicts of it. */
  readonly sources: readonly string[];
}

/**
 * Checks that a judge can be removed.
 *
 * @returns its verdicts in the table, and the answers in its journal
 * @throws InputError if it is not known, is pinned, or has verdicts only from sources
 */
export async function requireRemovable(
  workspace: string,
  judge: string,
  { evenIfPinned }: { readonly evenIfPinned: boolean },
): Promise<Removable> {
  const rows = await listJudges(workspace, { evenSilent: true });
  requireKnown(
    [judge],
    rows.map((row) => row.judge),
    { where: "judges remove", what: "judge" },
  );
  const own = rows.filter((row) => row.judge === judge);
  if (own.some(({ is_pinned }) => is_pinned) && !evenIfPinned) {
    throw new InputError(`judges remove: ${judge} is pinned as the judge of record`, {
      hint: "Pin another with `medbench judges pin NAME`, or add --even-if-pinned, which also takes the pin back.",
    });
  }
  const [{ journal = null, sources = [] } = {}] = own;
  if (journal === null && sources.length > 0) {
    throw new InputError(
      `judges remove: the verdicts of ${judge} came in with ${sources.join(", ")}, and would come back with the next ingest`,
      {
        hint: `Remove the source (\`medbench sources\` lists them, with what else they hold), or choose another judge: medbench judges pin NAME.`,
      },
    );
  }
  return {
    verdicts: own.reduce((sum, row) => sum + row.verdicts, 0),
    replies: await answersIn(judgeJournalPath(workspace, judge)),
    sources,
  };
}

/** What `judges remove` would take away, and what stays. */
export type Removable = Pick<RemovedJudge, "verdicts" | "replies" | "sources">;

async function answersIn(path: string): Promise<number> {
  const journal = Journal.read(path);
  try {
    return journal.answered;
  } finally {
    await journal.close();
  }
}

/**
 * Takes the verdicts that a judge was asked for here out of the warehouse, in one step, and moves its journal to `judge/removed`. If
 * the process ends in between, the same command finishes the work.
 *
 * @throws InputError as `requireRemovable`, or while the judge is being asked
 */
export async function removeJudge(
  workspace: string,
  judge: string,
  options: { readonly evenIfPinned: boolean },
): Promise<RemovedJudge> {
  const { replies, sources } = await requireRemovable(workspace, judge, options);
  const path = judgeJournalPath(workspace, judge);
  await mkdir(judgeFolder(workspace), { recursive: true });
  const lock = takeLock(`${path}.lock`, {
    doing: "is judging with this judge",
    hint: "Wait for it to end, or stop it.",
  });
  try {
    const verdicts = await dropPart(workspace, judge);
    if ((await workspaceSettings(workspace)).judge === judge) await pinJudge(workspace, null);
    return { judge, verdicts, replies, journal: await setAside(workspace, path), sources };
  } finally {
    lock.release();
  }
}

async function dropPart(workspace: string, judge: string): Promise<number> {
  const draft = await beginDraft(workspacePaths(workspace).warehouse);
  try {
    const { base } = draft;
    const part = judgePart(judge);
    const isThere = base?.manifest.files.some(({ file }) => file === part) ?? false;
    if (base === null || !isThere) {
      await draft.abandon();
      return 0;
    }
    const { judge: last, ...others } = base.manifest.stages as Record<string, StageRecord>;
    const isLast = last?.parameters["judge"] === judge;
    const verdicts = await countRows(workspace, join(base.folder, ...part.split("/")));
    // Without the stage's record, the verdicts can be written again from a journal that was moved back.
    await draft.commit(
      isLast || last === undefined ? others : { ...others, judge: last },
      (file) => file !== part,
    );
    return verdicts;
  } catch (error) {
    await draft.abandon();
    throw error;
  }
}

async function countRows(workspace: string, file: string): Promise<number> {
  const { n } = await withEngine(
    (engine) =>
      engine.row<{ n: number }>(`SELECT count(*) AS n FROM ${engine.files.read("read_parquet", file)}`),
    { workspace },
  );
  return n;
}

/** Moves a journal away under the first free name. @returns its new place; null if there is none */
async function setAside(workspace: string, path: string): Promise<string | null> {
  if (!existsSync(path)) return null;
  const folder = join(judgeFolder(workspace), "removed");
  await mkdir(folder, { recursive: true });
  const name = basename(path, ".jsonl");
  for (let number = 1; ; number += 1) {
    const target = join(folder, number === 1 ? `${name}.jsonl` : `${name}.${number}.jsonl`);
    if (existsSync(target)) continue;
    await renameInto(path, target);
    return target;
  }
}
