import { setImmediate } from "node:timers/promises";
import type { Draft } from "../../warehouse/versioned-folder.js";
import {
  type AnswerFile,
  type ExpectedFile,
  expectedDataset,
  isKnown,
  type TakenAnswers,
} from "./answer-files.js";
import type { DatasetFile } from "./catalogue-index.js";
import type { IngestContext } from "./context.js";
import type { EnginePool } from "./engine-pool.js";
import { FastPath } from "./fast-answers.js";
import { isFastCandidate } from "./fast-path.js";
import { lineAnswers } from "./line-path.js";
import { deriveItems } from "./questions.js";
import { type AnswerRun, runsOf } from "./runs.js";
import type { Source } from "./source.js";
import { sourceFiles } from "./source-files.js";

const answerFiles = /\.(jsonl|ndjson)$/i;

/** What one system submitted for one pool through one board, from any number of folders. */
interface Submission {
  readonly sources: readonly Source[];
  /** For the fast path, once the items of their datasets have been taken from the answers. */
  readonly withoutPack: ExpectedFile[];
  /** For the line path. */
  readonly byLine: AnswerFile[];
}

/**
 * Takes answer files into parts of `responses`. A file whose lines are all in order goes through the engine, together
 * with many others (the fast path); any other is read line by line (the line path). Items of datasets without a question
 * pack are taken from the answers.
 *
 * @param draft where the parts are written, under `responses`
 * @returns the parts and the runs that the answers made known
 */
export async function ingestAnswers(
  sources: readonly Source[],
  draft: Draft,
  pool: EnginePool,
  context: IngestContext,
): Promise<{ parts: string[]; runs: AnswerRun[] }> {
  const submissions = submissionsOf(sources);
  const fast = new FastPath(context, draft, pool);
  for (const submission of submissions) {
    await sortFiles(submission, fast, context);
    // No later submission adds to these batches; starting them now keeps the engines busy while the next files are scanned.
    await fast.startAll();
  }
  const taken = [leaveUnclean(submissions, await fast.finish())];
  deriveMissingItems(submissions, context);
  await context.itemRows.appendTo(context.engine, "item_rows");
  for (const { withoutPack } of submissions) for (const file of withoutPack) await fast.add(file);
  taken.push(leaveUnclean(submissions, await fast.finish()));
  const before = taken.flatMap(({ parts }) => parts);
  for (const { sources: own, byLine } of submissions)
    taken.push(await lineAnswers(byLine, own, before, draft.path("responses"), context));
  return {
    parts: taken.flatMap(({ parts }) => parts.map(({ path }) => path)).sort(),
    runs: runsOf(taken.flatMap(({ files }) => files)),
  };
}

function submissionsOf(sources: readonly Source[]): Submission[] {
  const groups = new Map<string, Source[]>();
  for (const source of sources) {
    const key = JSON.stringify([source.index.benchmark, source.system, source.board, source.pool]);
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  return [...groups.values()].map((group) => ({ sources: group, withoutPack: [], byLine: [] }));
}

/**
 * Decides for each file of a submission which path takes it. Of several files of one dataset only the first can go
 * through the engine: the others are compared with it line by line.
 */
async function sortFiles(
  { sources, withoutPack, byLine }: Submission,
  fast: FastPath,
  context: IngestContext,
): Promise<void> {
  const seen = new Set<string>();
  for (const source of sources) {
    for await (const file of sourceFiles(source, answerFiles, context)) {
      const of = isFastCandidate(file) ? expectedDataset({ source, file }) : null;
      const isFirst = of !== null && !seen.has(`${of.dataset}\0${of.part}`);
      if (!isFirst) byLine.push({ source, file });
      else {
        seen.add(`${of.dataset}\0${of.part}`);
        if (isKnown({ source, file, of }, context)) await fast.add({ source, file, of });
        else withoutPack.push({ source, file, of });
      }
      await setImmediate();
    }
  }
}

/** Leaves the files that the fast path could not take to the line path. @returns what it took */
function leaveUnclean(
  submissions: readonly Submission[],
  { unclean, ...taken }: TakenAnswers & { readonly unclean: readonly ExpectedFile[] },
): TakenAnswers {
  for (const { source, file } of unclean)
    submissions.find(({ sources }) => sources.includes(source))?.byLine.push({ source, file });
  return taken;
}

function deriveMissingItems(submissions: readonly Submission[], context: IngestContext): void {
  const packed = new Map<string, boolean>();
  for (const { withoutPack, byLine } of submissions) {
    for (const { source, file } of [...withoutPack, ...byLine]) {
      const isWanted = (of: DatasetFile): boolean => {
        const key = `${source.index.benchmark}\0${source.pool}\0${of.dataset}`;
        const known = packed.get(key) ?? isKnown({ source, file, of }, context);
        packed.set(key, known);
        return !known;
      };
      const named = source.index.byFileName(file.file);
      if (named === null || isWanted(named)) deriveItems(source, file, context, isWanted);
    }
  }
}
