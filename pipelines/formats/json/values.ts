import { createHash, type Hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";

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

const pieceBytes = 4 * 2 ** 20;

/**
 * The records of a JSON file of any size: the elements of a list, or values one after the other. Only their ends are looked
 * for; whether they are JSON is for `JsonScanner`. A string cannot contain a line end, so one that does is broken: the
 * record ends there, and the next one begins with the next line that starts as the broken record's line does.
 */
export function* readJsonValues(path: string): Generator<JsonValue> {
  const descriptor = openSync(path, "r");
  try {
    yield* new ValueReader(descriptor).values();
  } finally {
    closeSync(descriptor);
  }
}

class ValueReader {
  readonly #descriptor: number;
  #bytes = Buffer.alloc(0);
  /** Offset of the first byte of `#bytes`. */
  #base = 0;
  /** Start of what has not been given out. */
  #at = 0;
  #line = 1;
  #isEnd = false;
  #hash: Hash | null = null;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
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
          yield this.#rest("expected a comma between two records");
          return;
        }
        this.#advance(1);
        byte = this.#skipBlanks();
      }
      if (byte === undefined || byte === 44 || byte === 93 || byte === 125 || byte === 58) {
        yield this.#rest("expected a record");
        return;
      }
      const indent = this.#indent();
      const { value, isBroken } = this.#value();
      yield value;
      if (value.isCutOff) return;
      needsComma = !isBroken;
      if (isBroken && !this.#resume(indent ?? "")) {
        if (this.#skipBlanks() !== undefined) yield this.#rest("no record can be told apart here");
        return;
      }
    }
  }

  /** Byte after the current position, or undefined at the end of the file. */
  #byte(ahead: number): number | undefined {
    while (this.#at + ahead >= this.#bytes.length && this.#fill());
    return this.#bytes[this.#at + ahead];
  }

  #fill(): boolean {
    if (this.#isEnd) return false;
    const kept = this.#bytes.subarray(this.#at);
    const grown = Buffer.allocUnsafe(kept.length + Math.max(pieceBytes, kept.length));
    kept.copy(grown);
    const read = readSync(this.#descriptor, grown, kept.length, grown.length - kept.length, null);
    this.#isEnd = read === 0;
    this.#base += this.#at;
    this.#at = 0;
    this.#bytes = grown.subarray(0, kept.length + read);
    return read > 0;
  }

  /** Goes forward and counts lines. */
  #advance(length: number): void {
    const end = this.#at + length;
    for (
      let at = this.#bytes.indexOf(10, this.#at);
      at >= 0 && at < end;
      at = this.#bytes.indexOf(10, at + 1)
    )
      this.#line += 1;
    this.#at = end;
  }

  #skipBlanks(): number | undefined {
    for (;;) {
      const byte = this.#byte(0);
      if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return byte;
      if (byte === 10) this.#line += 1;
      this.#at += 1;
    }
  }

  /** Blanks before the current position on its line, or null where something else is before it. */
  #indent(): string | null {
    let start = this.#at;
    while (start > 0 && (this.#bytes[start - 1] === 32 || this.#bytes[start - 1] === 9)) start -= 1;
    const isLineStart = start > 0 ? this.#bytes[start - 1] === 10 : this.#base === 0;
    return isLineStart ? this.#bytes.toString("latin1", start, this.#at) : null;
  }

  #value(): { value: JsonValue; isBroken: boolean } {
    const [line, offset] = [this.#line, this.#base + this.#at];
    let depth = 0;
    let ahead = 0;
    let dropped = 0;
    let isBroken = false;
    let isInString = false;
    const first = this.#byte(0);
    const isScalar = first !== 123 && first !== 91 && first !== 34;
    for (;;) {
      const byte = this.#byte(ahead);
      if (byte === undefined) break;
      if (ahead > maxValueBytes) {
        this.#hash ??= createHash("sha256");
        this.#hash.update(this.#bytes.subarray(this.#at, this.#at + ahead));
        this.#advance(ahead);
        dropped += ahead;
        ahead = 0;
      }
      if (isInString) {
        if (byte === 10) {
          isBroken = true;
          break;
        }
        if (byte === 92) {
          ahead += 2;
          continue;
        }
        if (byte === 34) {
          isInString = false;
          if (depth === 0) {
            ahead += 1;
            break;
          }
        }
      } else if (isScalar) {
        if (byte === 44 || byte === 93 || byte === 125 || byte <= 32) break;
      } else if (byte === 34) isInString = true;
      else if (byte === 123 || byte === 91) depth += 1;
      else if (byte === 125 || byte === 93) {
        depth -= 1;
        if (depth === 0) {
          ahead += 1;
          break;
        }
      }
      ahead += 1;
    }
    const isCutOff = this.#byte(ahead) === undefined && (isInString || depth > 0);
    ahead = Math.min(ahead, this.#bytes.length - this.#at);
    const bytes = this.#bytes.subarray(this.#at, this.#at + ahead);
    this.#advance(ahead);
    const place = { line, offset, length: dropped + ahead, isCutOff };
    if (this.#hash === null) return { value: { ...place, bytes }, isBroken };
    const sha256 = this.#hash.update(bytes).digest("hex");
    this.#hash = null;
    return { value: { ...place, bytes: null, sha256 }, isBroken };
  }

  /** Goes to the next line that begins with these blanks and an object. */
  #resume(indent: string): boolean {
    const wanted = Buffer.from(`\n${indent}{`, "latin1");
    for (;;) {
      const at = this.#bytes.indexOf(wanted, this.#at);
      if (at >= 0) {
        this.#advance(at + wanted.length - 1 - this.#at);
        return true;
      }
      this.#advance(Math.max(0, this.#bytes.length - this.#at - wanted.length));
      if (!this.#fill()) return false;
    }
  }

  #rest(fault: string): JsonValue {
    const [line, offset] = [this.#line, this.#base + this.#at];
    const hash = createHash("sha256");
    let length = 0;
    do {
      const bytes = this.#bytes.subarray(this.#at);
      hash.update(bytes);
      length += bytes.length;
      this.#at = this.#bytes.length;
    } while (this.#fill());
    return { line, offset, length, bytes: null, sha256: hash.digest("hex"), isCutOff: false, fault };
  }
}
