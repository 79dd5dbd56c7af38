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
  /** Without line end and byte-order mark; null where the line is longer than `maxLineBytes`. */
  readonly bytes: Buffer | null;
  /** SHA-256 of a line that is too long to keep in memory. */
  readonly sha256?: string;
  /** Whether the file ends here without a line end. */
  readonly atEnd: boolean;
}

const pieceBytes = 4 * 2 ** 20;

/**
 * The non-blank lines of a file, with their position. Ends of lines are LF or CRLF; a byte-order mark is dropped; a
 * line of any length costs at most `maxLineBytes` of memory. The bytes are valid until the next line is read.
 */
export function* readLines(path: string): Generator<RawLine> {
  const descriptor = openSync(path, "r");
  try {
    yield* linesOf(descriptor);
  } catch (error) {
    throw withPath(error, path);
  } finally {
    closeSync(descriptor);
  }
}

function* linesOf(descriptor: number): Generator<RawLine> {
  const piece = Buffer.allocUnsafe(pieceBytes);
  let line = 0;
  let offset = 0;
  let partial = new PartialLine();
  for (let read = readSync(descriptor, piece); read > 0; read = readSync(descriptor, piece)) {
    let start = 0;
    for (let end = piece.indexOf(10); end >= 0 && end < read; end = piece.indexOf(10, start)) {
      partial.add(piece.subarray(start, end));
      line += 1;
      const found = partial.finish(line, offset, false);
      offset += partial.total + 1;
      partial = new PartialLine();
      start = end + 1;
      if (found !== null) yield found;
    }
    if (start < read) partial.add(piece.subarray(start, read), true);
  }
  const last = partial.total > 0 ? partial.finish(line + 1, offset, true) : null;
  if (last !== null) yield last;
}

class PartialLine {
  total = 0;
  #parts: Buffer[] = [];
  #hash: ReturnType<typeof createHash> | null = null;

  /** @param copy whether the bytes come from a buffer that is about to be overwritten */
  add(bytes: Buffer, copy = false): void {
    this.total += bytes.length;
    if (this.#hash === null && this.total > maxLineBytes) {
      this.#hash = createHash("sha256");
      for (const part of this.#parts) this.#hash.update(part);
      this.#parts = [];
    }
    if (this.#hash !== null) this.#hash.update(bytes);
    else this.#parts.push(copy ? Buffer.from(bytes) : bytes);
  }

  finish(line: number, offset: number, atEnd: boolean): RawLine | null {
    if (this.#hash !== null)
      return { line, offset, length: this.total, bytes: null, sha256: this.#hash.digest("hex"), atEnd };
    let bytes = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts);
    if (offset === 0 && bytes.indexOf("\ufeff") === 0) bytes = bytes.subarray(3);
    if (bytes.at(-1) === 13) bytes = bytes.subarray(0, -1);
    return isBlank(bytes) ? null : { line, offset, length: this.total, bytes, atEnd };
  }
}

function isBlank(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte !== 32 && byte !== 9 && byte !== 13) return false;
  return true;
}
