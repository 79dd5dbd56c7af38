import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { withPath } from "../warehouse/system-error.js";

/** Longest line that is accepted; DuckDB's own limit for one JSON object. */
export const maxLineBytes = 16 * 2 ** 20;

export interface RawLine {
  /** Line number from 1, counting blank lines. */
  readonly line: number;
  /** Position of the line's first byte. */
  readonly offset: number;
  /** In bytes, without the line end. */
  readonly length: number;
  /** Without line end and byte-order mark; null where the line is longer than the limit. */
  readonly bytes: Buffer | null;
  /** SHA-256 of a line that is too long to keep in memory. */
  readonly sha256?: string;
  /** Whether the file ends here without a line end. */
  readonly atEnd: boolean;
}

const pieceBytes = 4 * 2 ** 20;

/**
 * The non-blank lines of a file, with their position. Ends of lines are LF or CRLF, and CR between two JSON objects,
 * where it cannot be anything else; a byte-order mark is dropped; a line of any length costs at most `limit` bytes of
 * memory. The bytes are valid until the next line is read.
 */
export function* readLines(path: string, limit = maxLineBytes): Generator<RawLine> {
  const descriptor = openSync(path, "r");
  try {
    yield* linesOf(descriptor, limit);
  } catch (error) {
    throw withPath(error, path);
  } finally {
    closeSync(descriptor);
  }
}

function* linesOf(descriptor: number, limit: number): Generator<RawLine> {
  const piece = Buffer.allocUnsafe(pieceBytes);
  let line = 0;
  let offset = 0;
  let partial = new PartialLine(limit);
  for (let read = readSync(descriptor, piece); read > 0; read = readSync(descriptor, piece)) {
    let start = 0;
    for (let end = piece.indexOf(10); end >= 0 && end < read; end = piece.indexOf(10, start)) {
      partial.add(piece.subarray(start, end));
      line += 1;
      const found = partial.finish(line, offset, false);
      offset += partial.total + 1;
      partial = new PartialLine(limit);
      start = end + 1;
      line += Math.max(0, found.length - 1);
      yield* found.filter(isNotBlank);
    }
    if (start < read) partial.add(piece.subarray(start, read), true);
  }
  if (partial.total > 0) yield* partial.finish(line + 1, offset, true).filter(isNotBlank);
}

class PartialLine {
  total = 0;
  #parts: Buffer[] = [];
  #hash: ReturnType<typeof createHash> | null = null;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param copy whether the bytes come from a buffer that is about to be overwritten */
  add(bytes: Buffer, copy = false): void {
    this.total += bytes.length;
    if (this.#hash === null && this.total > this.#limit) {
      this.#hash = createHash("sha256");
      for (const part of this.#parts) this.#hash.update(part);
      this.#parts = [];
    }
    if (this.#hash !== null) this.#hash.update(bytes);
    else this.#parts.push(copy ? Buffer.from(bytes) : bytes);
  }

  /** The line, or the lines, if CR divides objects in it. */
  finish(line: number, offset: number, atEnd: boolean): RawLine[] {
    if (this.#hash !== null)
      return [{ line, offset, length: this.total, bytes: null, sha256: this.#hash.digest("hex"), atEnd }];
    const all = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts);
    const mark = offset === 0 && all.indexOf("\ufeff") === 0 ? 3 : 0;
    const ends = [...endsOfObjects(all), all.length];
    return ends.map((end, index) => {
      const from = index === 0 ? 0 : (ends[index - 1] as number) + 1;
      const bytes = all.subarray(index === 0 ? mark : from, all[end - 1] === carriageReturn ? end - 1 : end);
      const isLast = index === ends.length - 1;
      return { line: line + index, offset: offset + from, length: end - from, bytes, atEnd: atEnd && isLast };
    });
  }
}

const carriageReturn = 13;
const [opening, closing] = ["{".charCodeAt(0), "}".charCodeAt(0)];
const blanks = new Set([9, 10, carriageReturn, 32]);

/** Positions of each CR with nothing but white space between it and a closing bracket before and an opening one after it. */
function endsOfObjects(bytes: Buffer): number[] {
  if (bytes.indexOf(carriageReturn) < 0) return [];
  const ends: number[] = [];
  let since: number[] = [];
  let last = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === carriageReturn && last === closing) since.push(at);
    if (blanks.has(byte)) continue;
    if (byte === opening && last === closing) for (const end of since) ends.push(end);
    since = [];
    last = byte;
  }
  return ends;
}

function isNotBlank({ bytes }: RawLine): boolean {
  return bytes === null || bytes.some((byte) => !blanks.has(byte));
}
