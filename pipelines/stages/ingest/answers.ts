import { rm } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { readLines } from "../../formats/line-reader.js";
import { parseMedbenchLine } from "../../formats/medbench-line.js";
import { literal } from "../../warehouse/sql.js";
import type { Draft } from "../../warehouse/versioned-folder.js";
import type { DatasetFile } from "./catalogue-index.js";
import type { IngestContext } from "./context.js";
import type { EnginePool } from "./engine-pool.js";
import { type FastBatch, type FastFile, isFastCandidate, writeBatch } from "./fast-path.js";
import { knownItemsFile } from "./known-items.js";
import { LineParts } from "./line-path.js";
import { closeFile, deriveItems } from "./questions.js";
import { type AnswerRun, RunList, runIdOf } from "./runs.js";
import type { Source } from "./source.js";
import { nameOf, type SourceFile, sourceFiles } from "./source-files.js";

const answerFiles = /\.(jsonl|ndjson)$/i;
/** Bytes of answers in one part: few enough files, small enough statements. */
const batchBytes = 64 * 2 ** 20;

/** What one system handed in for one pool through one board, from however many folders. */
interface Submission {
  readonly sources: readonly Source[];
  /** The files of one dataset that came first, so that a second one is compared with it line by line. */
  readonly taken: Set<string>;
  readonly byLine: { readonly source: Source; readonly file: SourceFile }[];
  readonly withoutPack: Candidate[];
}

interface Candidate extends FastFile {
  readonly source: Source;
}

/**
 * Takes answer files into parts of `responses`. A file whose lines are all in order goes through the engine, together
 * with many others; any other is read line by line. Items of datasets without a question pack are taken from the answers.
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
  const runs = new RunList();
  const work = { context, draft, pool, runs, parts: [] as string[] };
  const batches = new BatchQueue(work);
  for (const submission of submissions) {
    for (const source of submission.sources) {
      for await (const file of sourceFiles(source, answerFiles, context)) {
        const candidate = candidateOf(source, file, submission);
        if (candidate === null) submission.byLine.push({ source, file });
        else if (!isKnown(candidate, context)) submission.withoutPack.push(candidate);
        else await batches.add(candidate, submission);
        await setImmediate();
      }
    }
    // No later submission adds to these, and the engines are to work while the next files are scanned.
    await batches.startAll();
  }
  await batches.flush();
  deriveMissingItems(submissions, context);
  await context.itemRows.appendTo(context.engine, "item_rows");
  for (const submission of submissions)
    for (const candidate of submission.withoutPack) await batches.add(candidate, submission);
  await batches.flush();
  for (const submission of submissions) await takeByLine(submission, batches, work);
  return { parts: work.parts.sort(), runs: runs.all() };
}

interface Work {
  readonly context: IngestContext;
  readonly draft: Draft;
  readonly pool: EnginePool;
  readonly runs: RunList;
  readonly parts: string[];
}

function submissionsOf(sources: readonly Source[]): Submission[] {
  const groups = new Map<string, Source[]>();
  for (const source of sources) {
    const key = JSON.stringify([source.index.benchmark, source.system, source.board, source.pool]);
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  return [...groups.values()].map((group) => ({
    sources: group,
    taken: new Set(),
    byLine: [],
    withoutPack: [],
  }));
}

/** The file as one for the engine, or null where it has to be read line by line. */
function candidateOf(source: Source, file: SourceFile, submission: Submission): Candidate | null {
  const of = isFastCandidate(file) ? expectedDataset(source, file) : null;
  if (of === null) return null;
  const key = `${of.dataset}\0${of.part}`;
  if (submission.taken.has(key)) return null;
  submission.taken.add(key);
  return { source, file, of };
}

/** By the name of the file, else by its first line. */
function expectedDataset({ index }: Source, file: SourceFile): DatasetFile | null {
  const named = index.byFileName(file.file);
  if (named !== null) return named;
  for (const { bytes, atEnd } of readLines(file.onDisk)) {
    const parsed = bytes === null ? null : parseMedbenchLine(bytes, atEnd);
    return parsed?.ok && parsed.line.tag !== null ? index.byTag(parsed.line.tag) : null;
  }
  return null;
}

function isKnown({ source, of }: Candidate, { book }: IngestContext): boolean {
  return book.hasDataset({ benchmark: source.index.benchmark, pool: source.pool, dataset: of.dataset });
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

/** Collects files into batches and hands them to the engines. */
class BatchQueue {
  readonly #work: Work;
  readonly #open = new Map<
    string,
    { files: Candidate[]; bytes: number; submission: Submission; batch: Omit<FastBatch, "files"> }
  >();
  readonly #running: Promise<void>[] = [];
  readonly #numbers = new Map<string, number>();
  /** Parts that were written for a run. */
  readonly parts = new Map<string, string[]>();

  constructor(work: Work) {
    this.#work = work;
  }

  async add(candidate: Candidate, submission: Submission): Promise<void> {
    const { source, of, file } = candidate;
    const { context } = this.#work;
    const place = { benchmark: source.index.benchmark, pool: source.pool };
    const run = runIdOf(source, of.track);
    const hasVariants = context.book.hasVariants({ ...place, dataset: of.dataset }, of.part);
    const key = JSON.stringify([run, place.benchmark, hasVariants]);
    const open = this.#open.get(key) ?? {
      files: [],
      bytes: 0,
      submission,
      batch: { ...place, run, hasVariants },
    };
    open.files.push(candidate);
    open.bytes += file.scan.bytes;
    this.#open.set(key, open);
    if (open.bytes >= batchBytes) await this.#start(key);
  }

  /** Starts what is open, the largest first: what ends last is then short. */
  async startAll(): Promise<void> {
    const open = [...this.#open].sort(([, a], [, b]) => b.bytes - a.bytes);
    for (const [key] of open) await this.#start(key);
  }

  /** Starts what is open and waits for all that runs. */
  async flush(): Promise<void> {
    await this.startAll();
    const results = await Promise.allSettled(this.#running.splice(0));
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }

  async #start(key: string): Promise<void> {
    const open = this.#open.get(key);
    if (open === undefined) return;
    this.#open.delete(key);
    const { context, pool, draft, parts, runs } = this.#work;
    const { run } = open.batch;
    const number = (this.#numbers.get(run) ?? 0) + 1;
    this.#numbers.set(run, number);
    const part = draft.path("responses", `${nameOf(run)}-${String(number).padStart(4, "0")}.parquet`);
    const known = await knownItemsFile(open.batch, context);
    const write = async () => {
      const { unclean } = await pool.run((engine) =>
        writeBatch(engine, { ...open.batch, files: open.files }, known, part),
      );
      const bad = new Set<FastFile>(unclean);
      const clean = open.files.filter((file) => !bad.has(file));
      for (const { source, file } of open.files.filter((candidate) => bad.has(candidate)))
        open.submission.byLine.push({ source, file });
      for (const { source, file, of } of clean) {
        const rows = { rowsIn: file.scan.lines, rowsOut: file.scan.lines };
        closeFile(file, "answers", rows, context, "fast");
        runs.add(source, of.track, file);
      }
      if (clean.length === 0) await rm(part, { force: true });
      else {
        parts.push(part);
        this.parts.set(run, [...(this.parts.get(run) ?? []), part]);
        await draft.seal(part);
      }
    };
    const running = write();
    // Its failure is told by flush; until then nobody waits for it.
    running.catch(() => {});
    this.#running.push(running);
  }
}

async function takeByLine(submission: Submission, batches: BatchQueue, work: Work): Promise<void> {
  if (submission.byLine.length === 0) return;
  const { context, draft, parts, runs } = work;
  const [first] = submission.sources as [Source];
  const order = new Map(submission.sources.map((source, index) => [source, index]));
  submission.byLine.sort(
    (a, b) =>
      (order.get(a.source) as number) - (order.get(b.source) as number) ||
      (a.file.file < b.file.file ? -1 : 1),
  );
  const seen = new Map<string, string>();
  for (const { id: track } of first.index.catalogue.tracks) {
    for (const part of batches.parts.get(runIdOf(first, track)) ?? []) {
      const rows = await context.engine.rows<{ key: string; source_file: string }>(
        `SELECT concat_ws(chr(0), dataset, item_id, variant) AS key, source_file FROM read_parquet(${literal(part)})`,
      );
      for (const { key, source_file } of rows) seen.set(key, source_file);
    }
  }
  const lines = new LineParts(context, nameOf(first.name, runIdOf(first, "lines")), seen);
  for (const { source, file } of submission.byLine) {
    const { rowsIn, tracks } = lines.read(source, file);
    const rowsOut = [...tracks.values()].reduce((sum, n) => sum + n, 0);
    closeFile(file, "answers", { rowsIn, rowsOut }, context);
    for (const track of tracks.keys()) runs.add(source, track, file);
  }
  parts.push(...(await lines.write(draft.path("responses"))));
}
