import type { SmallText } from "../text-encoding/small-text.js";
import type { CsvFault } from "./records.js";

/** A record of a sheet: its cells as they are, and its place. */
export interface SheetRecord {
  readonly cells: readonly string[];
  /** Line on which the record begins, from 1. */
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  /** What is wrong with its quotation marks. Text after a closing one belongs to the cell. */
  readonly fault: Exclude<CsvFault, "too long"> | null;
}

export interface Sheet {
  readonly delimiter: string;
  readonly records: readonly SheetRecord[];
}

const delimiters = [",", ";", "\t", "|", "，", "；"];

/**
 * Records of a sheet as spreadsheet programs save it (RFC 4180 with any delimiter), without blank lines. Lines end with LF, CRLF or CR; a
 * quotation mark inside an unquoted cell is an ordinary character. The delimiter is the one with which the first record has the
 * cell `column`, or the most cells if none does. A first line `sep=;`, which Excel writes, names it.
 */
export function parseSheet({ text, byteLength, markLength }: SmallText, column: string): Sheet {
  const named = /^sep=(.)(\r\n|\n|\r)/i.exec(text);
  const start = named?.[0].length ?? 0;
  const delimiter = named?.[1] ?? recognize(text, column);
  const records: SheetRecord[] = [];
  let line = named === null ? 1 : 2;
  let at = start;
  let offset = markLength + byteLength(text.slice(0, start));
  while (at < text.length) {
    const { cells, end, next, ...marks } = closedRecord(text, at, delimiter);
    const length = byteLength(text.slice(at, end));
    if (cells.length > 1 || cells[0] !== "") records.push({ cells, line, offset, length, ...marks });
    line += lineEnds(text.slice(at, next));
    offset += length + byteLength(text.slice(end, next));
    at = next;
  }
  return { delimiter, records };
}

function recognize(text: string, column: string): string {
  const start = lineWith(text, column);
  const heads = delimiters.map((delimiter) => ({
    delimiter,
    cells: readRecord(text, start, delimiter).cells,
  }));
  const most = heads.reduce((best, head) => (head.cells.length > best.cells.length ? head : best));
  return (
    heads.find(({ cells }) => cells.length > 1 && cells.some((cell) => plainName(cell) === column)) ?? most
  ).delimiter;
}

/** Where the first line with the name of the column begins; 0 if there is none. */
function lineWith(text: string, column: string): number {
  const found = new RegExp(`^[^\\r\\n]*\\b${column}\\b`, "im").exec(text.slice(0, 10_000));
  return found?.index ?? 0;
}

/** A name of a column without blanks around it, in lower case and in ASCII characters where they only differ in width. */
export function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, "")
    .trim()
    .toLowerCase();
}

/** A record whose quotation mark is never closed costs its own line, and not the rest of the file. */
function closedRecord(text: string, start: number, delimiter: string) {
  const record = readRecord(text, start, delimiter);
  if (record.fault !== "an open quotation mark") return record;
  const found = /\r\n|\n|\r/.exec(text.slice(start));
  const end = found === null ? text.length : start + found.index;
  const next = end + (found?.[0].length ?? 0);
  return { cells: [text.slice(start, end)], end, next, fault: record.fault };
}

function readRecord(text: string, start: number, delimiter: string) {
  const cells: string[] = [];
  let fault: SheetRecord["fault"] = null;
  let at = start;
  for (;;) {
    const cell = readCell(text, at, delimiter);
    cells.push(cell.value);
    at = cell.end;
    fault = cell.fault ?? fault;
    if (at >= text.length) return { cells, end: at, next: at, fault };
    if (text.startsWith(delimiter, at)) at += delimiter.length;
    else
      return {
        cells,
        end: at,
        next: at + (text.startsWith("\r\n", at) ? 2 : 1),
        fault,
      };
  }
}

/** One cell, and where the delimiter or line end after it is. */
function readCell(
  text: string,
  start: number,
  delimiter: string,
): { value: string; end: number; fault: SheetRecord["fault"] } {
  let value = "";
  let at = start;
  if (text[at] === '"') {
    let from = at + 1;
    for (;;) {
      const close = text.indexOf('"', from);
      if (close < 0)
        return { value: value + text.slice(from), end: text.length, fault: "an open quotation mark" };
      value += text.slice(from, close);
      at = close + 1;
      if (text[at] !== '"') break;
      value += '"';
      from = at + 1;
    }
  }
  // Characters after a closing quotation mark belong to the cell.
  const rest = at;
  while (at < text.length && text[at] !== "\n" && text[at] !== "\r" && !text.startsWith(delimiter, at))
    at += 1;
  const fault = rest > start && at > rest ? "text after a closing quotation mark" : null;
  return { value: value + text.slice(rest, at), end: at, fault };
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
