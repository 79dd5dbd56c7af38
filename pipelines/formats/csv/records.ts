import { closeSync, openSync } from "node:fs";
import { FileWindow } from "../file-window.js";

/** How the bytes of a CSV file are divided into cells. All are single bytes. */
export interface CsvMarks {
  /** Null: each line is one cell. */
  readonly delimiter: number | null;
  /** Null: no quotation marks. */
  readonly quote: number | null;
  /** Before a quotation mark inside a quoted cell; usually the quotation mark itself. */
  readonly escape: number | null;
  /** First byte of lines to leave out. */
  readonly comment: number | null;
}

export type CsvFault = "text after a closing quotation mark" | "an open quotation mark" | "too long";

/** A fault of quotation marks, and what to do about it. */
export function faultInWords(fault: Exclude<CsvFault, "too long">): string {
  return fault === "an open quotation mark"
    ? "a quotation mark is never closed; close it, or remove it"
    : "text follows a closing quotation mark; double the marks inside a quoted cell";
}

/** A record of a file; the same object is used for the next one. */
export interface CsvRecord {
  line: number;
  offset: number;
  length: number;
  /** Why the cells are not known. */
  fault: CsvFault | null;
  readonly cells: CsvCells;
}

/** Longest record that is accepted. */
export const maxRecordBytes = 16 * 2 ** 20;

/** Cells of one record, as places in a buffer. */
export class CsvCells {
  bytes: Buffer = Buffer.alloc(0);
  count = 0;
  #places = new Int32Array(3 * 64);

  clear(): void {
    this.count = 0;
  }

  add(start: number, end: number, isQuoted: boolean): void {
    const at = this.count * 3;
    if (at === this.#places.length) {
      const larger = new Int32Array(at * 2);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[at] = start;
    this.#places[at + 1] = end;
    this.#places[at + 2] = isQuoted ? 1 : 0;
    this.count += 1;
  }

  start(index: number): number {
    return this.#places[index * 3] as number;
  }

  end(index: number): number {
    return this.#places[index * 3 + 1] as number;
  }

  isQuoted(index: number): boolean {
    return this.#places[index * 3 + 2] === 1;
  }

  isEmpty(index: number): boolean {
    return this.start(index) === this.end(index);
  }

  /** Whether a quoted cell contains an escaped character. */
  hasEscapes(index: number, marks: CsvMarks): boolean {
    if (marks.escape === null) return false;
    return this.bytes.subarray(this.start(index), this.end(index)).includes(marks.escape);
  }

  text(index: number, marks: CsvMarks): string {
    const text = this.bytes.toString("utf8", this.start(index), this.end(index));
    if (!this.isQuoted(index) || marks.quote === null || marks.escape === null) return text;
    const [mark, before] = [String.fromCharCode(marks.quote), String.fromCharCode(marks.escape)];
    if (mark === before) return text.replaceAll(mark + mark, mark);
    return text.replaceAll(/\\([\s\S])/g, (both, next) => (next === mark || next === before ? next : both));
  }
}

/**
 * The records of a CSV file (RFC 4180), each with its place and its cells. Line ends are LF, CRLF or CR. A quotation
 * mark opens a quoted cell only at the start of a cell; elsewhere it is a character like any other. Blank lines are no
 * records, unless each line is one cell: then only those at the end of the file are not.
 *
 * A broken record ends with its first line if all lines that its open quotation mark would swallow are records of the
 * usual number of cells; otherwise it keeps these lines, so that no line of a text is taken for a record.
 *
 * @param width the usual number of cells, as far as it is known when a record turns out to be broken
 * @param skippedLines number of lines to leave out at the start
 * @param pieceBytes how much of the file is read at a time
 */
export function* readCsvRecords(
  path: string,
  marks: CsvMarks,
  width: () => number | null,
  skippedLines = 0,
  pieceBytes = 2 ** 20,
): Generator<CsvRecord> {
  const descriptor = openSync(path, "r");
  try {
    yield* new RecordReader(descriptor, marks, width, pieceBytes).records(skippedLines);
  } finally {
    closeSync(descriptor);
  }
}

type Parsed = "record" | "unfinished" | CsvFault;

const linesLookedAhead = 1000;

class RecordReader extends FileWindow {
  readonly #marks: CsvMarks;
  readonly #width: () => number | null;
  readonly #cells = new CsvCells();
  /** Ends of the record that was parsed last, without and with its line end. */
  #end = 0;
  #next = 0;
  /** Offset up to which the file is known to have only line ends. */
  #blankUpTo = 0;

  constructor(descriptor: number, marks: CsvMarks, width: () => number | null, pieceBytes: number) {
    super(descriptor, pieceBytes);
    this.#marks = marks;
    this.#width = width;
  }

  *records(skippedLines: number): Generator<CsvRecord> {
    const record: CsvRecord = { line: 1, offset: 0, length: 0, fault: null, cells: this.#cells };
    const { delimiter, comment } = this.#marks;
    let line = 1;
    this.fill();
    if (this.bytes.indexOf("\ufeff") === 0) this.at = 3;
    for (; line <= skippedLines; line += 1) this.#skipLine();
    for (;;) {
      let parsed = this.#parse(this.at);
      while (parsed === "unfinished") {
        this.fill();
        parsed = this.#parse(this.at);
      }
      if (this.at === this.bytes.length) return;
      if (parsed !== "record") this.#endBroken(parsed);
      const isComment = comment !== null && this.bytes[this.at] === comment;
      const isBlank = this.#end === this.at && (delimiter !== null || this.#isBlankToEnd());
      if (!isBlank && !isComment) {
        record.line = line;
        record.offset = this.base + this.at;
        record.length = this.#end - this.at;
        record.fault =
          parsed !== "record" ? parsed : record.length > maxRecordBytes ? ("too long" as const) : null;
        yield record;
      }
      line += this.#lineEnds(this.at, this.#next);
      this.at = this.#next;
    }
  }

  #skipLine(): void {
    while (this.#lineEnd(this.at) >= this.bytes.length - 1 && this.fill());
    this.at = this.#afterLineEnd(this.#lineEnd(this.at));
  }

  #parse(from: number): Parsed {
    const bytes = this.bytes;
    const { delimiter, quote } = this.#marks;
    this.#cells.clear();
    this.#cells.bytes = bytes;
    let at = from;
    for (;;) {
      const start = at;
      if (quote !== null && bytes[at] === quote) {
        at = this.#closingQuote(at + 1);
        if (at < 0) {
          if (bytes.length - from > maxRecordBytes) return "too long";
          return this.isEnd ? "an open quotation mark" : "unfinished";
        }
        if (at + 1 === bytes.length && !this.isEnd) return "unfinished";
        this.#cells.add(start + 1, at, true);
        at += 1;
        const after = bytes[at];
        if (at < bytes.length && after !== delimiter && after !== 10 && after !== 13) {
          this.#end = at;
          return "text after a closing quotation mark";
        }
      } else {
        let byte = bytes[at];
        while (byte !== delimiter && byte !== 10 && byte !== 13 && byte !== undefined) byte = bytes[++at];
        if (byte === undefined && !this.isEnd) return "unfinished";
        this.#cells.add(start, at, false);
      }
      if (at < bytes.length && bytes[at] === delimiter) {
        at += 1;
        continue;
      }
      if (bytes[at] === 13 && at + 1 === bytes.length && !this.isEnd) return "unfinished";
      this.#end = at;
      this.#next = this.#afterLineEnd(at);
      return "record";
    }
  }

  /** Position of the quotation mark that ends a cell, or -1. */
  #closingQuote(from: number): number {
    const bytes = this.bytes;
    const { quote, escape: before } = this.#marks as { quote: number; escape: number | null };
    let at = from;
    if (before !== null && before !== quote) {
      for (; at < bytes.length; at += 1) {
        if (bytes[at] === before) at += 1;
        else if (bytes[at] === quote) return at;
      }
      return -1;
    }
    for (;;) {
      at = bytes.indexOf(quote, at);
      if (at < 0 || before === null || bytes[at + 1] !== quote) return at;
      at += 2;
    }
  }

  #afterLineEnd(at: number): number {
    const byte = this.bytes[at];
    return byte === 13 && this.bytes[at + 1] === 10 ? at + 2 : byte === undefined ? at : at + 1;
  }

  #lineEnd(from: number): number {
    let at = from;
    while (at < this.bytes.length && this.bytes[at] !== 10 && this.bytes[at] !== 13) at += 1;
    return at;
  }

  #lineEnds(from: number, to: number): number {
    let count = 0;
    for (let at = this.bytes.indexOf(10, from); at >= 0 && at < to; at = this.bytes.indexOf(10, at + 1))
      count += 1;
    return count === 0 && this.bytes[to - 1] === 13 ? 1 : count;
  }

  /** Sets the ends of a record that is broken. */
  #endBroken(fault: CsvFault): void {
    const isOpen = fault !== "text after a closing quotation mark";
    while (!isOpen && this.#lineEnd(this.#end) === this.bytes.length && this.#fillKeepingEnd());
    const whole = isOpen ? this.bytes.length : this.#lineEnd(this.#end);
    const first = this.#lineEnd(this.at);
    const isCutOff = isOpen && this.isEnd && ![10, 13].includes(this.bytes.at(-1) as number);
    const end =
      first < whole && !isCutOff && this.#areRecords(this.#afterLineEnd(first), whole) ? first : whole;
    if (end === whole && fault === "too long") {
      // The rest of the file belongs to one cell, as far as its quotation marks tell.
      while (this.fill());
      this.#end = this.bytes.length;
    } else this.#end = end;
    this.#next = this.#afterLineEnd(this.#end);
  }

  #fillKeepingEnd(): boolean {
    this.#end -= this.at;
    return this.fill();
  }

  /** Whether all lines there are records of the usual number of cells. */
  #areRecords(from: number, to: number): boolean {
    const width = this.#width();
    if (width === null || width < 2) return false;
    let at = from;
    for (let lines = 0; at < to && lines < linesLookedAhead; lines += 1) {
      const parsed = this.#parse(at);
      if (parsed === "unfinished") return lines > 0;
      const isRecord = parsed === "record" && this.#cells.count === width;
      if (!isRecord && !(parsed === "record" && this.#end === at)) return false;
      at = this.#next;
    }
    return true;
  }

  /** Whether only line ends follow. */
  #isBlankToEnd(): boolean {
    let ahead = Math.max(0, this.#blankUpTo - this.base - this.at);
    for (;;) {
      const byte = this.bytes[this.at + ahead];
      if (byte === 10 || byte === 13) ahead += 1;
      else if (byte !== undefined || !this.#fillKeepingEnds()) {
        this.#blankUpTo = this.base + this.at + ahead;
        return byte === undefined;
      }
    }
  }

  #fillKeepingEnds(): boolean {
    this.#end -= this.at;
    this.#next -= this.at;
    return this.fill();
  }
}
