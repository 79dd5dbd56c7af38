import { createHash, type Hash } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { FileWindow } from "../file-window.js";

/** Longest record of a JSON file that is accepted: the engine keeps a record in memory several times. */
export const maxValueBytes = 96 * 2 ** 20;

export interface JsonValue {
  /** Line on which the value begins, from 1. */
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  /** The value's text, perhaps cut off or broken; null where it is too long. Valid until the next value is read. */
  readonly bytes: Buffer | null;
  /** SHA-256 of a value that is too long. */
  readonly sha256?: string;
  /** Whether the file ends inside the value. */
  readonly isCutOff: boolean;
  /** What is wrong with the text between two values, of which `bytes` is then the rest of the file. */
  readonly fault?: string;
}

/**
 * The records of a JSON file of any size: the elements of a list, or values one after the other. Only their ends are looked
 * for; whether they are JSON is for `JsonScanner`. A string cannot contain a line end, so one that does is broken: the
 * record ends there, and the next one begins with the next line that starts as the broken record's line does.
 *
 * @param pieceBytes how much of the file is read at a time
 */
export function* readJsonValues(path: string, pieceBytes = 4 * 2 ** 20): Generator<JsonValue> {
  const descriptor = openSync(path, "r");
  try {
    yield* new ValueReader(descriptor, pieceBytes).values();
  } finally {
    closeSync(descriptor);
  }
}

/** Bytes inside a string that neither end nor escape anything. */
const inText = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === 34 || byte === 92 || byte === 10 ? 0 : 1,
);
/** Bytes outside of strings that neither begin nor end anything. */
const betweenMarks = Uint8Array.from({ length: 256 }, (_, byte) =>
  '"[]{}'.includes(String.fromCharCode(byte)) ? 0 : 1,
);

class ValueReader extends FileWindow {
  #line = 1;
  #hash: Hash | null = null;

  constructor(descriptor: number, pieceBytes: number) {
    super(descriptor, pieceBytes);
  }

  *values(): Generator<JsonValue> {
    let isInList = false;
    let needsComma = false;
    if (this.#byte(0) === 0xef && this.#byte(1) === 0xbb && this.#byte(2) === 0xbf) this.#advance(3);
    for (;;) {
      let byte = this.#skipBlanks();
      if (byte === undefined) {
        if (isInList) yield this.#rest("the list does not end");
        return;
      }
      if (!isInList && byte === 91) {
        this.#advance(1);
        isInList = true;
        needsComma = false;
        continue;
      }
      if (isInList && byte === 93) {
        this.#advance(1);
        isInList = false;
        continue;
      }
      if (isInList && needsComma) {
        if (byte !== 44) {
          yield this.#rest("expected a comma between two records; the rest of the file is not read");
          return;
        }
        this.#advance(1);
        byte = this.#skipBlanks();
      }
      if (byte === undefined || byte === 44 || byte === 93 || byte === 125 || byte === 58) {
        yield this.#rest("expected a record; the rest of the file is not read");
        return;
      }
      const indent = this.#indent();
      const { value, isBroken } = this.#value();
      yield value;
      if (value.isCutOff) return;
      needsComma = !isBroken;
      if (isBroken) {
        const skipped = this.#resume(indent ?? "");
        if (skipped !== null) yield skipped;
      }
    }
  }

  /** Byte after the current position, or undefined at the end of the file. */
  #byte(ahead: number): number | undefined {
    while (this.at + ahead >= this.bytes.length && this.fill());
    return this.bytes[this.at + ahead];
  }

  /** Goes forward and counts lines. */
  #advance(length: number): void {
    const end = this.at + length;
    for (let at = this.bytes.indexOf(10, this.at); at >= 0 && at < end; at = this.bytes.indexOf(10, at + 1))
      this.#line += 1;
    this.at = end;
  }

  #skipBlanks(): number | undefined {
    for (;;) {
      const byte = this.#byte(0);
      if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return byte;
      if (byte === 10) this.#line += 1;
      this.at += 1;
    }
  }

  /** Blanks before the current position on its line, or null where something else is before it. */
  #indent(): string | null {
    let start = this.at;
    while (start > 0 && (this.bytes[start - 1] === 32 || this.bytes[start - 1] === 9)) start -= 1;
    const isLineStart = start > 0 ? this.bytes[start - 1] === 10 : this.base === 0;
    return isLineStart ? this.bytes.toString("latin1", start, this.at) : null;
  }

  #value(): { value: JsonValue; isBroken: boolean } {
    const [line, offset] = [this.#line, this.base + this.at];
    const first = this.#byte(0);
    const isScalar = first !== 123 && first !== 91 && first !== 34;
    const state = { depth: 0, isInString: false, isBroken: false, isDone: false };
    let ahead = 0;
    let dropped = 0;
    for (;;) {
      const end = isScalar ? this.#endOfScalar(this.at + ahead) : this.#endOfValue(this.at + ahead, state);
      ahead = end - this.at;
      if (state.isDone || (isScalar && end < this.bytes.length)) break;
      if (ahead > maxValueBytes) {
        this.#hash ??= createHash("sha256");
        this.#hash.update(this.bytes.subarray(this.at, this.bytes.length));
        // An escaped character may be beyond what was read so far.
        const beyond = end - this.bytes.length;
        dropped += ahead - beyond;
        this.#advance(ahead - beyond);
        ahead = beyond;
      }
      if (!this.fill()) break;
    }
    const isCutOff = !isScalar && !state.isDone;
    ahead = Math.min(ahead, this.bytes.length - this.at);
    const bytes = this.bytes.subarray(this.at, this.at + ahead);
    this.#advance(ahead);
    const place = { line, offset, length: dropped + ahead, isCutOff };
    if (this.#hash === null) return { value: { ...place, bytes }, isBroken: state.isBroken };
    const sha256 = this.#hash.update(bytes).digest("hex");
    this.#hash = null;
    return { value: { ...place, bytes: null, sha256 }, isBroken: state.isBroken };
  }

  /** Position of the first byte that does not belong to a number or word, or the end of what was read. */
  #endOfScalar(from: number): number {
    const bytes = this.bytes;
    let at = from;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      if (byte === 44 || byte === 93 || byte === 125 || byte <= 32) return at;
    }
    return at;
  }

  /** Goes on with a string, list or object; returns where it ends, or the end of what was read. */
  #endOfValue(
    from: number,
    state: { depth: number; isInString: boolean; isBroken: boolean; isDone: boolean },
  ): number {
    const bytes = this.bytes;
    let at = from;
    while (at < bytes.length) {
      if (state.isInString) {
        while (inText[bytes[at] as number] === 1) at += 1;
        if (at >= bytes.length) return at;
        const byte = bytes[at];
        if (byte === 92) {
          at += 2;
          continue;
        }
        if (byte === 10) {
          state.isBroken = true;
          state.isDone = true;
          return at;
        }
        state.isInString = false;
      } else {
        while (betweenMarks[bytes[at] as number] === 1) at += 1;
        if (at >= bytes.length) return at;
        const byte = bytes[at];
        if (byte === 34) {
          state.isInString = true;
          at += 1;
          continue;
        }
        state.depth += byte === 123 || byte === 91 ? 1 : -1;
      }
      at += 1;
      if (state.depth === 0) {
        state.isDone = true;
        return at;
      }
    }
    return at;
  }

  /**
   * Goes to the next line that begins with these blanks and an object, or to the end of the file.
   *
   * @returns what is before it, unless that is blank
   */
  #resume(indent: string): JsonValue | null {
    const [line, offset] = [this.#line, this.base + this.at];
    const wanted = Buffer.from(`\n${indent}{`, "latin1");
    const hash = createHash("sha256");
    let isBlank = true;
    const skip = (end: number): void => {
      const bytes = this.bytes.subarray(this.at, end);
      hash.update(bytes);
      isBlank &&= /^[\s,]*$/.test(bytes.toString("latin1"));
      this.#advance(bytes.length);
    };
    let at = this.bytes.indexOf(wanted, this.at);
    for (; at < 0; at = this.bytes.indexOf(wanted, this.at)) {
      // The line that is looked for may begin in what was read so far.
      skip(Math.max(this.at, this.bytes.length - wanted.length));
      if (!this.fill()) {
        skip(this.bytes.length);
        break;
      }
    }
    if (at >= 0) skip(at + wanted.length - 1);
    if (isBlank) return null;
    const length = this.base + this.at - offset;
    const fault = "no record can be told apart here";
    return { line, offset, length, bytes: null, sha256: hash.digest("hex"), isCutOff: false, fault };
  }

  #rest(fault: string): JsonValue {
    const [line, offset] = [this.#line, this.base + this.at];
    const hash = createHash("sha256");
    let length = 0;
    do {
      const bytes = this.bytes.subarray(this.at);
      hash.update(bytes);
      length += bytes.length;
      this.at = this.bytes.length;
    } while (this.fill());
    return { line, offset, length, bytes: null, sha256: hash.digest("hex"), isCutOff: false, fault };
  }
}
