import { rm } from "node:fs/promises";
import type { Draft } from "../../warehouse/versioned-folder.js";
import type { ExpectedFile, TakenAnswers } from "./answer-files.js";
import type { IngestContext } from "./context.js";
import type { EnginePool } from "./engine-pool.js";
import { type FastBatch, writeBatch } from "./fast-path.js";
import { knownItemsFile } from "./known-items.js";
import { closeFile } from "./lines.js";
import { runIdOf } from "./runs.js";
import { nameOf } from "./source-files.js";

/** Bytes of answers in one part: few enough files, small enough statements. */
const batchBytes = 64 * 2 ** 20;

interface Batch extends FastBatch {
  readonly files: ExpectedFile[];
  bytes: number;
}

/** What the fast path took, and the files that it could not take. */
export interface FastAnswers extends TakenAnswers {
  readonly unclean: readonly ExpectedFile[];
}

/**
 * The fast path: collects files into batches of one run each, and lets the engines write a part for each batch. A batch
 * starts when it is large enough, so that the engines work while further files are scanned.
 */
export class FastPath {
  readonly #context: IngestContext;
  readonly #draft: Draft;
  readonly #pool: EnginePool;
  readonly #open = new Map<string, Batch>();
  readonly #running: Promise<FastAnswers>[] = [];
  readonly #batchesOfRun = new Map<string, number>();

  constructor(context: IngestContext, draft: Draft, pool: EnginePool) {
    this.#context = context;
    this.#draft = draft;
    this.#pool = pool;
  }

  async add(file: ExpectedFile): Promise<void> {
    const { source, of } = file;
    const place = { benchmark: source.index.benchmark, pool: source.pool };
    const run = runIdOf(source, of.track);
    const hasVariants = this.#context.book.hasVariants({ ...place, dataset: of.dataset }, of.part);
    const key = JSON.stringify([run, place.benchmark, hasVariants]);
    const batch = this.#open.get(key) ?? { ...place, run, hasVariants, files: [], bytes: 0 };
    batch.files.push(file);
    batch.bytes += file.file.scan.bytes;
    this.#open.set(key, batch);
    if (batch.bytes >= batchBytes) await this.#start(key);
  }

  /** Starts the open batches, the largest first, so that the last to end are short. */
  async startAll(): Promise<void> {
    const open = [...this.#open].sort(([, a], [, b]) => b.bytes - a.bytes);
    for (const [key] of open) await this.#start(key);
  }

  /** Starts the open batches, waits for all batches since the last call and returns what they took. */
  async finish(): Promise<FastAnswers> {
    await this.startAll();
    const results = await Promise.allSettled(this.#running.splice(0));
    const taken = results.map((result) => {
      if (result.status === "rejected") throw result.reason;
      return result.value;
    });
    return {
      parts: taken.flatMap(({ parts }) => parts),
      files: taken.flatMap(({ files }) => files),
      unclean: taken.flatMap(({ unclean }) => unclean),
    };
  }

  async #start(key: string): Promise<void> {
    const batch = this.#open.get(key);
    if (batch === undefined) return;
    this.#open.delete(key);
    const number = (this.#batchesOfRun.get(batch.run) ?? 0) + 1;
    this.#batchesOfRun.set(batch.run, number);
    const part = this.#draft.path(
      "responses",
      `${nameOf(batch.run)}-${String(number).padStart(4, "0")}.parquet`,
    );
    const known = await knownItemsFile(batch, this.#context);
    const running = this.#write(batch, known, part);
    // finish() reports a failure; until then no code awaits this promise.
    running.catch(() => {});
    this.#running.push(running);
  }

  async #write(batch: Batch, known: string, part: string): Promise<FastAnswers> {
    const found = await this.#pool.run((engine) => writeBatch(engine, batch, known, part));
    const bad = new Set<unknown>(found.unclean);
    const unclean = batch.files.filter((file) => bad.has(file));
    const clean = batch.files.filter((file) => !bad.has(file));
    for (const { file } of clean) {
      const rows = { rowsIn: file.scan.lines, rowsOut: file.scan.lines };
      closeFile(file, "answers", rows, this.#context, "fast");
    }
    if (clean.length === 0) {
      await rm(part, { force: true });
      return { parts: [], files: [], unclean };
    }
    await this.#draft.seal(part);
    const files = clean.map(({ source, file, of }) => ({ source, file, track: of.track }));
    return { parts: [{ run: batch.run, path: part }], files, unclean };
  }
}
