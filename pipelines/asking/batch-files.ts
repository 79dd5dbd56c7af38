import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { renameInto } from "../warehouse/disk.js";

/** Limits of one file of OpenAI's Batch API. */
export const batchLimits = { requests: 50_000, bytes: 200_000_000 } as const;

export interface PartLimits {
  readonly requests: number;
  readonly bytes: number;
}

/**
 * Writes lines to one file, or to numbered parts if one file would exceed a limit: `batch.jsonl`, or `batch.part-001.jsonl`,
 * `batch.part-002.jsonl` and so on. Equal lines give equal files under equal names. All files get their names at the end.
 * Parts left by an earlier call are deleted, because submitting a leftover part would cost money again.
 */
export class BatchFiles {
  readonly #file: string;
  readonly #limits: PartLimits;
  #streams: WriteStream[] = [];
  #requests = 0;
  #bytes = 0;

  constructor(file: string, limits: PartLimits = batchLimits) {
    this.#file = file;
    this.#limits = limits;
  }

  async write(line: string): Promise<void> {
    const bytes = Buffer.byteLength(line) + 1;
    const isFull = this.#requests >= this.#limits.requests || this.#bytes + bytes > this.#limits.bytes;
    if (this.#streams.length === 0 || (isFull && this.#requests > 0)) await this.#nextPart();
    this.#requests += 1;
    this.#bytes += bytes;
    const stream = this.#streams.at(-1) as WriteStream;
    if (!stream.write(`${line}\n`)) await once(stream, "drain");
  }

  /** @returns names of the files, in order; one empty file if nothing was written */
  async finish(): Promise<string[]> {
    if (this.#streams.length === 0) await this.#nextPart();
    await closed(this.#streams.at(-1) as WriteStream);
    const names = this.#streams.map((_, index) =>
      this.#streams.length === 1 ? this.#file : partName(this.#file, index + 1),
    );
    for (const [index, name] of names.entries()) await renameInto(this.#temporary(index + 1), name);
    for (const old of await writtenBefore(this.#file)) if (!names.includes(old)) await rm(old);
    return names;
  }

  /** Deletes what was written. */
  async discard(): Promise<void> {
    for (const [index, stream] of this.#streams.entries()) {
      stream.destroy();
      await rm(this.#temporary(index + 1), { force: true });
    }
  }

  async #nextPart(): Promise<void> {
    const last = this.#streams.at(-1);
    if (last !== undefined) await closed(last);
    const stream = createWriteStream(this.#temporary(this.#streams.length + 1));
    await once(stream, "open");
    this.#streams.push(stream);
    this.#requests = 0;
    this.#bytes = 0;
  }

  #temporary(part: number): string {
    return `${this.#file}.${process.pid}.${part}.tmp`;
  }
}

async function closed(stream: WriteStream): Promise<void> {
  stream.end();
  await once(stream, "close");
}

/** @example partName("out/batch.jsonl", 2) // "out/batch.part-002.jsonl" */
export function partName(file: string, part: number): string {
  const extension = extname(file);
  return join(
    dirname(file),
    `${basename(file, extension)}.part-${String(part).padStart(3, "0")}${extension}`,
  );
}

/** The file itself and its parts that earlier calls left. */
async function writtenBefore(file: string): Promise<string[]> {
  const extension = extname(file);
  const stem = basename(file, extension);
  const isPart = (name: string) =>
    name === basename(file) ||
    (name.startsWith(`${stem}.part-`) &&
      name.endsWith(extension) &&
      /^\d{3,}$/.test(name.slice(`${stem}.part-`.length, name.length - extension.length)));
  return (await readdir(dirname(file) || ".")).filter(isPart).map((name) => join(dirname(file), name));
}
