import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { withPath } from "../warehouse/system-error.js";

export interface FileScan {
  readonly sha256: string;
  readonly bytes: number;
  /** Lines, including blank ones; a last line without a line end counts. */
  readonly lines: number;
  readonly hasByteOrderMark: boolean;
  /** Whether all bytes are UTF-8. */
  readonly isUtf8: boolean;
  /** Whether each line has a string `question` and a string `answer` and no doubt about either. */
  readonly isTextOnEachLine: boolean;
}

const lineEnd = 10;
/** Small enough to stay in the processor's cache between hashing and counting; longer lines are left to the line reader. */
const pieceBytes = 2 ** 20;
/** How lines begin and go on after the question, as most programs write them, without and with spaces. */
const layouts = ["", " "].map((space) => ({
  start: Buffer.from(`{"question":${space}"`),
  joint: Buffer.from(`",${space}"answer":${space}"`),
}));
const nesting = "[".repeat(16);
type Layout = (typeof layouts)[number];

/**
 * One pass over a file without parsing: its hash, and facts that the fast path cannot get from the engine, which silently
 * drops blank lines and reads a list or a number as text.
 */
export function scanFile(path: string): FileScan {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(pieceBytes);
  const descriptor = openSync(path, "r");
  let layout = layouts[0] as Layout;
  const text = new Utf8Check();
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
      text.add(piece.subarray(begun));
      if (bytes === 0) {
        hasByteOrderMark = piece.indexOf("\ufeff") === 0;
        layout = layouts.find(({ start }) => isAt(piece, start, 0)) ?? layout;
      }
      // The engine accepts any depth in fields that it does not read; the line reader does not.
      if (piece.includes(nesting)) isTextOnEachLine = false;
      bytes += read;
      let start = 0;
      for (let end = piece.indexOf(lineEnd, begun); end >= 0; end = piece.indexOf(lineEnd, start)) {
        lines += 1;
        isTextOnEachLine &&= hasTexts(piece, layout, start, end);
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
    isTextOnEachLine &&= hasTexts(buffer, layout, 0, begun);
  }
  return {
    ...{ sha256: hash.digest("hex"), bytes, lines, hasByteOrderMark },
    ...{ isUtf8: text.isValid(), isTextOnEachLine },
  };
}

/**
 * Whether the line has the two texts. In a usual layout the end of the question shows that the answer is a field of the
 * line; in any other, both names must occur once, so that a nested field cannot be taken for it.
 */
function hasTexts(piece: Buffer, { start: opening, joint }: Layout, start: number, end: number): boolean {
  if (isAt(piece, opening, start)) {
    let close = piece.indexOf(quote, start + opening.length);
    while (close >= 0 && isEscaped(piece, close)) close = piece.indexOf(quote, close + 1);
    if (close >= 0 && close < end && isAt(piece, joint, close)) return true;
  }
  const line = piece.subarray(start, end);
  return !line.includes("\\u") && hasOnce(line, '"question"') && hasOnce(line, '"answer"');
}

const quote = 34;

function isEscaped(piece: Buffer, at: number): boolean {
  let backslashes = 0;
  while (piece[at - 1 - backslashes] === 92) backslashes += 1;
  return backslashes % 2 === 1;
}

/** Whether the name occurs once, as the name of a text. */
function hasOnce(line: Buffer, name: string): boolean {
  const at = line.indexOf(name);
  if (at < 0 || line.indexOf(name, at + name.length) >= 0) return false;
  let next = at + name.length;
  while (line[next] === 32) next += 1;
  if (line[next] !== 58) return false;
  next += 1;
  while (line[next] === 32) next += 1;
  return line[next] === quote;
}

/** Checks bytes that arrive in pieces, which may end inside a character. */
class Utf8Check {
  #rest = Buffer.alloc(0);
  #isValid = true;

  add(bytes: Buffer): void {
    if (!this.#isValid) return;
    let start = 0;
    if (this.#rest.length > 0) {
      start = Math.min(bytes.length, lengthFrom(this.#rest[0] as number) - this.#rest.length);
      this.#rest = Buffer.concat([this.#rest, bytes.subarray(0, start)]);
      if (this.#rest.length < lengthFrom(this.#rest[0] as number)) return;
      this.#isValid = isUtf8(this.#rest);
    }
    const end = bytes.length - openBytes(bytes);
    this.#isValid &&= isUtf8(bytes.subarray(start, Math.max(start, end)));
    this.#rest = Buffer.from(bytes.subarray(Math.max(start, end)));
  }

  isValid(): boolean {
    return this.#isValid && this.#rest.length === 0;
  }
}

/** Bytes at the end that begin a character and do not end it. */
function openBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0xc0) return lengthFrom(byte) > back ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

function lengthFrom(lead: number): number {
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
}

function isAt(piece: Buffer, key: Buffer, start: number): boolean {
  for (let index = 0; index < key.length; index += 1) if (piece[start + index] !== key[index]) return false;
  return true;
}
