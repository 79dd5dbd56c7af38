import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { withPath } from "../warehouse/system-error.js";

export interface FileScan {
  readonly sha256: string;
  readonly bytes: number;
  /** Lines, including blank ones; a last line without a line end counts. */
  readonly lines: number;
  readonly hasByteOrderMark: boolean;
  /** Whether each line has a string `question` and a string `answer`, as far as the bytes show without parsing. */
  readonly isTextOnEachLine: boolean;
}

const lineEnd = 10;
/** Small enough to stay in the processor's cache between hashing and counting; longer lines are left to the line reader. */
const pieceBytes = 2 ** 20;
const compact = ['"question":"', '"answer":"'].map((text) => Buffer.from(text));
const spaced = ['"question": "', '"answer": "'].map((text) => Buffer.from(text));

/**
 * One pass over a file without parsing: its hash, and facts that the fast path cannot get from the engine, which silently
 * drops blank lines and reads a list or a number as text.
 */
export function scanFile(path: string): FileScan {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(pieceBytes);
  const descriptor = openSync(path, "r");
  let keys: readonly Buffer[] | null = null;
  let hasByteOrderMark = false;
  let bytes = 0;
  let lines = 0;
  /** Bytes at the start of the buffer that belong to a line that continues in the next chunk. */
  let begun = 0;
  let isTextOnEachLine = true;
  try {
    for (;;) {
      const read = readSync(descriptor, buffer, begun, buffer.length - begun, null);
      if (read === 0) break;
      const piece = buffer.subarray(0, begun + read);
      hash.update(piece.subarray(begun));
      if (bytes === 0) {
        hasByteOrderMark = piece.indexOf("\ufeff") === 0;
        keys = isSpaced(piece) ? spaced : compact;
      }
      bytes += read;
      let start = 0;
      for (let end = piece.indexOf(lineEnd, begun); end >= 0; end = piece.indexOf(lineEnd, start)) {
        lines += 1;
        isTextOnEachLine &&= holdsAll(piece, keys as readonly Buffer[], start, end);
        start = end + 1;
      }
      begun = piece.length - start;
      if (begun === buffer.length || !isTextOnEachLine) {
        // Too long for the buffer, or the lines no longer need checking: only line ends are counted.
        isTextOnEachLine = false;
        begun = Math.min(begun, 1);
      }
      buffer.copyWithin(0, piece.length - begun, piece.length);
    }
  } catch (error) {
    throw withPath(error, path);
  } finally {
    closeSync(descriptor);
  }
  if (begun > 0) {
    lines += 1;
    isTextOnEachLine &&= holdsAll(buffer, keys as readonly Buffer[], 0, begun);
  }
  return { sha256: hash.digest("hex"), bytes, lines, hasByteOrderMark, isTextOnEachLine };
}

/** Whether the first line is written with a space after each colon, as Python does. */
function isSpaced(piece: Buffer): boolean {
  const end = piece.indexOf(lineEnd);
  return (end < 0 ? piece : piece.subarray(0, end)).includes(spaced[0] as Buffer);
}

function holdsAll(piece: Buffer, keys: readonly Buffer[], start: number, end: number): boolean {
  for (const key of keys) {
    // Most lines begin with `{` and the first key: a comparison is cheaper than a search.
    if (isAt(piece, key, start + 1)) continue;
    const at = piece.indexOf(key, start);
    if (at < 0 || at >= end) return false;
  }
  return true;
}

function isAt(piece: Buffer, key: Buffer, start: number): boolean {
  for (let index = 0; index < key.length; index += 1) if (piece[start + index] !== key[index]) return false;
  return true;
}
