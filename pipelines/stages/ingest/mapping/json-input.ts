import { isUtf8 } from "node:buffer";
import { join } from "node:path";
import type { QuarantineReason } from "../../../../src/lib/records/tables.js";
import { JsonScanner, maxDepth } from "../../../formats/json/scanner.js";
import { Shape } from "../../../formats/json/shape.js";
import { maxValueBytes, readJsonValues } from "../../../formats/json/values.js";
import { maxLineBytes, readLines } from "../../../formats/line-reader.js";
import { parseJsonLine } from "../../../formats/medbench-line.js";
import type { IngestContext } from "../context.js";
import { nameOf } from "../source-files.js";
import { LineWriter } from "./line-writer.js";
import type { Records } from "./records.js";
import type { TextFile } from "./text-file.js";

/** A record of a JSON or JSON Lines file, or a part of the file that is none. */
interface RawRecord {
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  /** Null where it is too long, or no record. */
  readonly bytes: Buffer | null;
  readonly sha256?: string;
  readonly isCutOff: boolean;
  readonly fault?: string;
}

interface Checked {
  readonly rowsIn: number;
  readonly lastLine: number;
  readonly longest: number;
  readonly shape: Shape;
  /** Offsets of records that are not taken. */
  readonly bad: ReadonlySet<number>;
  /** The records are not objects: each is the value of a column `json`. */
  readonly isWrapped: boolean;
}

/**
 * Checks every record of a JSON or JSON Lines file and describes what they contain. Records that are not JSON go into
 * quarantine; the engine gets the others, from a copy where the file itself is not one good record on each line.
 */
export function readJsonRecords(text: TextFile, format: "json" | "jsonl", context: IngestContext): Records {
  const { file, onDisk, hasMark } = text;
  const path = join(context.scratch, `records-${nameOf(file.source, file.file)}`);
  const copy = format === "json" ? new LineWriter(path) : null;
  let checked: Checked;
  try {
    checked = checkRecords(text, format, copy, context);
  } finally {
    copy?.close();
  }
  const { rowsIn, longest, bad } = checked;
  const found = { file, rowsIn, longest: longest + 16, dialect: null };
  if (format === "jsonl") {
    // The line reader divides lines at CR between two objects; the engine does not.
    const hasLines = onDisk === file.onDisk && checked.lastLine <= file.scan.lines;
    if (bad.size === 0 && !hasMark && hasLines)
      return { ...found, path: onDisk, shape: checked.shape, isOriginal: true };
    copyLines(text, bad, path);
  }
  // What was found before includes parts of bad records.
  const shape = bad.size === 0 && !checked.isWrapped ? checked.shape : shapeOfLines(path);
  return { ...found, path, shape, isOriginal: false };
}

/** @param copy gets the good records, one on each line */
function checkRecords(
  text: TextFile,
  format: "json" | "jsonl",
  copy: LineWriter | null,
  { ledger }: IngestContext,
): Checked {
  const scanner = new JsonScanner();
  const shape = new Shape();
  const bad = new Set<number>();
  let isWrapped: boolean | null = format === "jsonl" ? false : null;
  let rowsIn = 0;
  let lastLine = 0;
  let longest = 0;
  for (const record of rawRecords(text, format)) {
    rowsIn += 1;
    lastLine = record.line;
    const problem = problemOf(record, format, scanner, shape, text.isDamaged, isWrapped);
    if (problem === null) {
      const bytes = record.bytes as Buffer;
      isWrapped ??= !isObject(bytes);
      longest = Math.max(longest, record.length);
      if (isWrapped) copy?.write(wrapStart, onOneLine(bytes), wrapEnd);
      else copy?.write(onOneLine(bytes));
    } else {
      bad.add(record.offset);
      const where = { source: text.file.source, file: text.file.file, onDisk: text.onDisk };
      ledger.line(where, record, ...problem, record.sha256);
    }
  }
  return { rowsIn, lastLine, longest, shape, bad, isWrapped: isWrapped ?? false };
}

const wrapStart = Buffer.from('{"json":');
const wrapEnd = Buffer.from("}");

/** Writes the good lines of a file. */
function copyLines(text: TextFile, bad: ReadonlySet<number>, path: string): void {
  const writer = new LineWriter(path);
  try {
    for (const { offset, bytes } of readLines(text.onDisk))
      if (bytes !== null && !bad.has(offset)) writer.write(bytes);
  } finally {
    writer.close();
  }
}

function shapeOfLines(path: string): Shape {
  const shape = new Shape();
  const scanner = new JsonScanner();
  for (const { bytes } of readLines(path, Number.POSITIVE_INFINITY)) scanner.scan(bytes as Buffer, shape);
  return shape;
}

function* rawRecords({ onDisk }: TextFile, format: "json" | "jsonl"): Generator<RawRecord> {
  if (format === "json") yield* readJsonValues(onDisk);
  else for (const line of readLines(onDisk)) yield { ...line, isCutOff: line.atEnd };
}

/** Why a record is not taken, or null; `shape` then includes it. */
function problemOf(
  { bytes, length, isCutOff, fault }: RawRecord,
  format: "json" | "jsonl",
  scanner: JsonScanner,
  shape: Shape,
  isDamaged: boolean,
  isWrapped: boolean | null,
): [QuarantineReason, string] | null {
  if (fault !== undefined) return ["not_json", fault];
  if (bytes === null) {
    const limit = (format === "json" ? maxValueBytes : maxLineBytes) / 2 ** 20;
    const wayOut = format === "json" ? "; write the records as JSON Lines" : "";
    return ["line_too_long", `${length} bytes; the limit is ${limit} MiB${wayOut}`];
  }
  const isText = !isDamaged || isUtf8(bytes);
  if (isText && scanner.scan(bytes, shape) && ((isWrapped ?? true) ? true : isObject(bytes))) return null;
  if (isText && scanner.fault === "too_deep")
    return ["too_deep", `more than ${maxDepth} lists and objects inside each other`];
  const parsed = parseJsonLine(bytes, isCutOff);
  if (!parsed.ok) return [parsed.reason, parsed.detail];
  return scanner.fault === "lone_surrogate"
    ? ["lone_surrogate", "half of a surrogate pair (such as \\ud800), which is not text"]
    : ["not_json", "the record is not JSON"];
}

function isObject(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte !== 32 && byte !== 9 && byte !== 13 && byte !== 10) return byte === 123;
  return false;
}

/** The record without line ends, which can only be between its values. */
function onOneLine(bytes: Buffer): Buffer {
  let at = bytes.indexOf(10);
  if (at < 0) return bytes;
  const copy = Buffer.from(bytes);
  for (; at >= 0; at = copy.indexOf(10, at)) copy[at] = 32;
  return copy;
}

/** Writes records anew for the types that were decided; see `needsRewriting`. */
export function rewriteRecords(records: Records, shape: Shape, context: IngestContext): Records {
  const path = join(context.scratch, `rewritten-${nameOf(records.file.source, records.file.file)}`);
  const scanner = new JsonScanner();
  const writer = new LineWriter(path);
  let longest = 0;
  try {
    for (const { bytes } of readLines(records.path, Number.POSITIVE_INFINITY)) {
      const line = scanner.rewrite(bytes as Buffer, shape);
      longest = Math.max(longest, line.length);
      writer.write(line);
    }
  } finally {
    writer.close();
  }
  return { ...records, path, longest };
}
