import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";

export interface FileScan {
  readonly sha256: string;
  readonly bytes: number;
  /** Lines, blank ones included; a last line without line end counts. */
  readonly lines: number;
  readonly hasByteOrderMark: boolean;
  /**
   * Whether the bytes speak for one text as answer, one `other` and one `id` on each line. If so, no key that matters
   * stands twice and no answer is a list or a number; if not, the lines have to be looked at.
   */
  readonly hasOneAnswerPerLine: boolean;
}

const pieceBytes = 4 * 2 ** 20;
const spaced = Buffer.from('"answer": "');
const overlap = spaced.length - 1;

/** One pass over a file that parses nothing: what the fast path cannot learn from the engine. */
export function scanFile(path: string): FileScan {
  const hash = createHash("sha256");
  let needles: Buffer[] = [];
  let counts: number[] = [];
  const buffer = Buffer.allocUnsafe(overlap + pieceBytes);
  const descriptor = openSync(path, "r");
  let bytes = 0;
  let lineEnds = 0;
  let lastByte = 10;
  let kept = 0;
  let hasByteOrderMark = false;
  try {
    for (;;) {
      const read = readSync(descriptor, buffer, kept, pieceBytes, null);
      if (read === 0) break;
      const fresh = buffer.subarray(kept, kept + read);
      hash.update(fresh);
      if (bytes === 0) {
        hasByteOrderMark = fresh.indexOf("\ufeff") === 0;
        const answer = fresh.includes(spaced) ? spaced : '"answer":"';
        needles = [answer, '"other"', '"id"'].map((text) => Buffer.from(text));
        counts = needles.map(() => 0);
      }
      bytes += read;
      lastByte = fresh.at(-1) as number;
      for (let at = fresh.indexOf(10); at >= 0; at = fresh.indexOf(10, at + 1)) lineEnds += 1;
      const window = buffer.subarray(0, kept + read);
      for (const [index, needle] of needles.entries()) {
        // A match that began in the piece before is new only if it ends in this one.
        const from = Math.max(0, kept - needle.length + 1);
        for (let at = window.indexOf(needle, from); at >= 0; at = window.indexOf(needle, at + needle.length))
          counts[index] = (counts[index] as number) + 1;
      }
      kept = Math.min(overlap, window.length);
      window.copy(buffer, 0, window.length - kept);
    }
  } finally {
    closeSync(descriptor);
  }
  const lines = lineEnds + (lastByte === 10 ? 0 : 1);
  return {
    sha256: hash.digest("hex"),
    bytes,
    lines,
    hasByteOrderMark,
    hasOneAnswerPerLine: counts.every((count) => count === lines),
  };
}
