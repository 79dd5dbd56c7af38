import {
  closeSync,
  existsSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { InputError } from "../../src/lib/errors.js";
import { type Lock, takeLock } from "../warehouse/lock.js";

/** When the line was written; older journals have no times. */
const at = z.iso.datetime().optional();

/**
 * Requests to a model and its replies, one JSON line per event, appended before the event takes effect:
 *
 * - `sent`: about to be sent; `cost_usd` is its maximum cost;
 * - `reply`: a reply, its actual cost and whether it could be read (in older journals `verdict`, which is `failed` if not);
 * - `judge`: who is asked, at the beginning of a run that sends something;
 * - `unpaid`: the call failed in a way that is not billed (429, 5xx, no connection).
 *
 * A `sent` without either counts at its full price: the process died, or the server may have billed the work.
 */
const entrySchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("sent"), hash: z.string(), cost_usd: z.number(), at }),
  z
    .strictObject({
      type: z.literal("reply"),
      hash: z.string(),
      readable: z.boolean().optional(),
      verdict: z.enum(["ok", "cannot_rate", "failed"]).optional(),
      text: z.string(),
      prompt_tokens: z.int().nullable(),
      completion_tokens: z.int().nullable(),
      cost_usd: z.number(),
      at,
    })
    .refine(({ readable, verdict }) => (readable === undefined) !== (verdict === undefined))
    .transform(({ readable, verdict, ...reply }) => ({
      ...reply,
      readable: readable ?? verdict !== "failed",
    })),
  z.strictObject({ type: z.literal("judge"), judge: z.string(), model: z.string(), at }),
  z.strictObject({ type: z.literal("unpaid"), hash: z.string(), error: z.string(), at }),
]);
export type JournalEntry = z.infer<typeof entrySchema>;
export type ReplyEntry = Extract<JournalEntry, { type: "reply" }>;

/** What the journal keeps in memory about one request; its texts stay on disk. */
interface Known {
  /** Position of the newest reply in the file; -1 before there is one. */
  offset: number;
  bytes: number;
  readable: boolean;
  unreadable: number;
  /** Reserved by the newest send until its reply or error; the amount of a lost request counts as spent. */
  open: number;
}

/**
 * The append-only record that makes a run resumable. Every line is handed to the operating system before the call
 * returns, so the death of the process loses nothing; syncs to the disk run in the background, one at a time, so a power
 * cut loses at most what arrived during the last sync. An incomplete last line is removed when the journal is opened.
 */
export class Journal {
  readonly path: string;
  /** Null in read-only mode if the file does not exist. */
  readonly #file: number | null;
  /** Null in read-only mode. */
  readonly #lock: Lock | null;
  readonly #known = new Map<string, Known>();
  #introduction: JournalEntry | null = null;
  #end = 0;
  #spentUsd = 0;
  #isDirty = false;
  #sync: Promise<void> | null = null;

  private constructor(path: string, file: number | null, lock: Lock | null) {
    this.path = path;
    this.#file = file;
    this.#lock = lock;
  }

  /** @throws InputError when another live process writes here, or a line in the middle is damaged */
  static async open(path: string): Promise<Journal> {
    await mkdir(dirname(path), { recursive: true });
    const lock = takeLock(`${path}.lock`, {
      doing: "is judging with the same journal",
      hint: "Wait for it to end: two runs with one journal would pay for the same requests twice.",
    });
    const file = openSync(path, "a+");
    try {
      const journal = new Journal(path, file, lock);
      const isTorn = journal.#load();
      if (isTorn) journal.#cutTornLine(file);
      return journal;
    } catch (error) {
      closeSync(file);
      lock.release();
      throw error;
    }
  }

  /**
   * Reads a journal as it is now: takes no lock, creates no file, and allows no appending. A journal that does not
   * exist is empty.
   *
   * @throws InputError when a line in the middle is damaged
   */
  static read(path: string): Journal {
    const file = existsSync(path) ? openSync(path, "r") : null;
    const journal = new Journal(path, file, null);
    try {
      journal.#load();
      return journal;
    } catch (error) {
      if (file !== null) closeSync(file);
      throw error;
    }
  }

  /** US dollars spent so far; lost and open requests count at their full price. */
  get spentUsd(): number {
    return this.#spentUsd;
  }

  /** Requests that have a readable reply. */
  get answered(): number {
    let count = 0;
    for (const { readable } of this.#known.values()) if (readable) count += 1;
    return count;
  }

  isAnswered(hash: string): boolean {
    return this.#known.get(hash)?.readable ?? false;
  }

  /** Replies to a request that could not be read. */
  unreadable(hash: string): number {
    return this.#known.get(hash)?.unreadable ?? 0;
  }

  /** The newest reply to a request, read from disk; null before there is one. */
  reply(hash: string): ReplyEntry | null {
    const known = this.#known.get(hash);
    if (this.#file === null || known === undefined || known.offset < 0) return null;
    const buffer = Buffer.alloc(known.bytes);
    readSync(this.#file, buffer, 0, known.bytes, known.offset);
    return entrySchema.parse(JSON.parse(buffer.toString("utf8"))) as ReplyEntry;
  }

  /** Records who is asked, once something is sent. */
  introduce(who: { readonly judge: string; readonly model: string }): void {
    this.#introduction = { type: "judge", ...who };
  }

  append(entry: JournalEntry): void {
    if (this.#file === null || this.#lock === null) throw new Error(`${this.path} is open for reading only`);
    if (this.#introduction !== null && entry.type === "sent") {
      const introduction = this.#introduction;
      this.#introduction = null;
      this.append(introduction);
    }
    const line = Buffer.from(`${JSON.stringify({ ...entry, at: new Date().toISOString() })}\n`);
    for (let written = 0; written < line.length; )
      written += writeSync(this.#file, line, written, line.length - written);
    this.#index(entry, this.#end, line.length);
    this.#end += line.length;
    this.#isDirty = true;
    this.#sync ??= this.#syncWhileDirty();
  }

  /** Waits until everything is on the disk. */
  async flush(): Promise<void> {
    while (this.#sync !== null) await this.#sync;
  }

  async close(): Promise<void> {
    await this.flush();
    if (this.#file !== null) closeSync(this.#file);
    this.#lock?.release();
  }

  async #syncWhileDirty(): Promise<void> {
    while (this.#isDirty) {
      this.#isDirty = false;
      await new Promise<void>((resolve, reject) =>
        fdatasync(this.#file as number, (error) => (error === null ? resolve() : reject(error))),
      );
    }
    this.#sync = null;
  }

  #index(entry: JournalEntry, offset: number, bytes: number): void {
    if (entry.type === "judge") return;
    const known = this.#known.get(entry.hash) ?? {
      offset: -1,
      bytes: 0,
      readable: false,
      unreadable: 0,
      open: 0,
    };
    this.#known.set(entry.hash, known);
    if (entry.type === "sent") {
      known.open = entry.cost_usd;
      this.#spentUsd += entry.cost_usd;
      return;
    }
    this.#spentUsd -= known.open;
    known.open = 0;
    if (entry.type === "unpaid") return;
    this.#spentUsd += entry.cost_usd;
    if (!entry.readable) known.unreadable += 1;
    // A readable reply is never replaced by a later one that cannot be read.
    if (known.readable && !entry.readable) return;
    known.readable = entry.readable;
    known.offset = offset;
    known.bytes = bytes;
  }

  /** Reads the file in chunks; only the index stays in memory. True: the last line is incomplete. */
  #load(): boolean {
    if (this.#file === null) return false;
    const piece = Buffer.allocUnsafe(1 << 20);
    let rest = Buffer.alloc(0);
    let line = 0;
    for (let position = 0; ; ) {
      const read = readSync(this.#file, piece, 0, piece.length, position);
      if (read === 0) break;
      position += read;
      const chunk: Buffer = Buffer.concat([rest, piece.subarray(0, read)]);
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        line += 1;
        this.#index(this.#parse(chunk.toString("utf8", start, end), line), this.#end, end + 1 - start);
        this.#end += end + 1 - start;
        start = end + 1;
      }
      rest = Buffer.from(chunk.subarray(start));
    }
    return rest.length > 0;
  }

  #cutTornLine(file: number): void {
    ftruncateSync(file, this.#end);
    fsyncSync(file);
  }

  #parse(text: string, line: number): JournalEntry {
    try {
      return entrySchema.parse(JSON.parse(text));
    } catch (cause) {
      throw new InputError(`${this.path} line ${line}: not a journal entry: ${text.slice(0, 80)}`, {
        hint: "Restore the file, or move it away; in that case all its requests are asked, and paid for, again.",
        cause,
      });
    }
  }
}
