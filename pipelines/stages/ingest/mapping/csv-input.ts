import { isUtf8 } from "node:buffer";
import { join } from "node:path";
import type { QuarantineReason } from "../../../../src/lib/records/tables.js";
import { type CsvDialect, recognizeDialect } from "../../../formats/csv/dialect.js";
import {
  type CsvRecord,
  faultInWords,
  maxRecordBytes,
  readCsvRecords,
} from "../../../formats/csv/records.js";
import { kind, Shape } from "../../../formats/json/shape.js";
import type { IngestContext } from "../context.js";
import { nameOf } from "../source-files.js";
import { ambiguousColumn, columnNames, positionalNames } from "./csv-columns.js";
import { LineWriter } from "./line-writer.js";
import type { MappingNames } from "./names.js";
import type { CsvOptions } from "./options.js";
import type { Records } from "./records.js";
import type { TextFile } from "./text-file.js";

/**
 * Reads a CSV file. Every cell is text as it stands; one without any character, not even quotation marks, is null. Records
 * that do not fit the header go into quarantine.
 *
 * @param spellings names of columns in other files of the input, by their lower-case form
 * @returns null if the file is refused
 */
export function readCsv(
  text: TextFile,
  options: CsvOptions,
  names: MappingNames,
  spellings: Map<string, string>,
  context: IngestContext,
): Records | null {
  const { file, onDisk } = text;
  const refuse = (detail: string): null => {
    context.ledger.refuse(file.source, file.file, "bad_csv_record", detail, file.sha256, file.bytes);
    return null;
  };
  const dialect = recognizeDialect(onDisk, options, (name) => names.has(name), names.hasPositions);
  const { header, given } = headerOf(dialect, options);
  if (given.length === 0) return refuse("no record names the columns");
  const ambiguous = ambiguousColumn(given, names);
  if (ambiguous !== null) return refuse(ambiguous);
  const columns = columnNames(given, names, spellings);
  const copy = new RecordCopy(text, dialect, options, columns, context);
  const path = join(context.scratch, `records-${nameOf(file.source, file.file)}`);
  copy.write(path, header !== null);
  return {
    file,
    path,
    rowsIn: copy.rowsIn,
    longest: copy.longest,
    shape: shapeOf(columns),
    isOriginal: false,
    dialect: inWords(text, dialect, header, copy),
  };
}

/** The header that the file has, if any, and the names that count. */
function headerOf(
  dialect: CsvDialect,
  { columns, header }: CsvOptions,
): { header: readonly string[] | null; given: readonly string[] } {
  if (columns === undefined)
    return { header: dialect.header, given: dialect.header ?? positionalNames(dialect.width) };
  const given = Object.keys(columns);
  const plain = (names: readonly string[]) => names.map((name) => name.trim().toLowerCase()).join("\0");
  const isHeader = header ?? (dialect.header !== null && plain(dialect.header) === plain(given));
  return { header: isHeader ? dialect.header : null, given };
}

function shapeOf(columns: readonly string[]): Shape {
  const shape = new Shape();
  shape.kinds = kind.object;
  for (const name of columns) {
    const key = shape.addMissing(name);
    if (key !== null) key.shape.kinds = kind.text;
  }
  return shape;
}

class RecordCopy {
  rowsIn = 0;
  longest = 0;
  blankCells = 0;
  readonly #text: TextFile;
  readonly #dialect: CsvDialect;
  readonly #options: CsvOptions;
  readonly #keys: readonly Buffer[];
  readonly #context: IngestContext;

  constructor(
    text: TextFile,
    dialect: CsvDialect,
    options: CsvOptions,
    columns: readonly string[],
    context: IngestContext,
  ) {
    this.#text = text;
    this.#dialect = dialect;
    this.#options = options;
    this.#keys = columns.map((name) => Buffer.from(`${JSON.stringify(name)}:`));
    this.#context = context;
  }

  /** Writes the records of data as JSON, one on each line. */
  write(path: string, hasHeader: boolean): void {
    const { marks, recordsBefore, hasSeparatorLine } = this.#dialect;
    const before = hasHeader ? recordsBefore : 0;
    const separators = hasSeparatorLine ? 1 : 0;
    const writer = new LineWriter(path);
    let number = 0;
    try {
      for (const record of readCsvRecords(
        this.#text.onDisk,
        marks,
        () => this.#keys.length,
        this.#options.skip,
      )) {
        number += 1;
        if (number <= separators || (hasHeader && number === separators + before + 1)) continue;
        this.rowsIn += 1;
        const problem: [QuarantineReason, string] | null =
          number <= separators + before
            ? ["bad_csv_record", "a line before the one that names the columns"]
            : this.#problemOf(record);
        if (problem === null) this.#writeRecord(record, writer);
        else {
          const { file, onDisk } = this.#text;
          this.#context.ledger.line({ source: file.source, file: file.file, onDisk }, record, ...problem);
        }
      }
    } finally {
      writer.close();
    }
  }

  #problemOf({ fault, length, cells }: CsvRecord): [QuarantineReason, string] | null {
    const width = this.#keys.length;
    if (fault === "too long")
      return ["line_too_long", `${length} bytes; the limit is ${maxRecordBytes / 2 ** 20} MiB`];
    if (fault !== null) return ["bad_csv_record", faultInWords(fault)];
    const start = cells.start(0);
    if (this.#text.isDamaged && !isUtf8(cells.bytes.subarray(start, start + length)))
      return ["invalid_utf8", "the record is not UTF-8; save the file as UTF-8"];
    if (cells.count < width && !this.#options.padsShortRecords)
      return ["bad_csv_record", `${cells.count} cells; there are ${width} columns`];
    for (let index = width; index < cells.count; index += 1)
      if (!cells.isEmpty(index))
        return ["bad_csv_record", `${cells.count} cells; there are ${width} columns`];
    this.blankCells += cells.count > width ? 1 : 0;
    return null;
  }

  #writeRecord({ cells, length }: CsvRecord, writer: LineWriter): void {
    const { marks } = this.#dialect;
    const { nullText } = this.#options;
    let separator = open;
    const width = Math.min(cells.count, this.#keys.length);
    for (let index = 0; index < width; index += 1) {
      const isQuoted = cells.isQuoted(index);
      if (
        !isQuoted &&
        (cells.isEmpty(index) || (nullText !== undefined && cells.text(index, marks) === nullText))
      )
        continue;
      writer.add(separator);
      writer.add(this.#keys[index] as Buffer);
      const [start, end] = [cells.start(index), cells.end(index)];
      if (isQuoted && cells.hasEscapes(index, marks)) {
        const bytes = Buffer.from(cells.text(index, marks));
        writer.addJsonString(bytes, 0, bytes.length);
      } else writer.addJsonString(cells.bytes, start, end);
      separator = comma;
    }
    writer.write(separator === open ? empty : close);
    this.longest = Math.max(
      this.longest,
      length * 6 + this.#keys.reduce((sum, key) => sum + key.length + 3, 2),
    );
  }
}

const [open, comma, close, empty] = ["{", ",", "}", "{}"].map((text) => Buffer.from(text)) as [
  Buffer,
  Buffer,
  Buffer,
  Buffer,
];

const delimiterNames: Readonly<Record<string, string>> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "vertical bars",
};

/** How the file was read, for the ledger. */
function inWords(
  { encoding }: TextFile,
  { marks, recordsBefore, hasSeparatorLine }: CsvDialect,
  header: readonly string[] | null,
  { blankCells }: RecordCopy,
): string {
  const sign = marks.delimiter === null ? null : String.fromCharCode(marks.delimiter);
  const cells =
    sign === null ? "one column" : `cells between ${delimiterNames[sign] ?? JSON.stringify(sign)}`;
  const parts = [
    `read as CSV in ${encoding}`,
    cells,
    header === null
      ? "no header"
      : `header ${recordsBefore > 0 ? `after ${recordsBefore} other lines` : "first"}: ${header.join(", ").slice(0, 200)}`,
    ...(hasSeparatorLine ? ["a first line that names the separator"] : []),
    ...(blankCells > 0 ? [`${blankCells} records with empty cells beyond the last column`] : []),
  ];
  return parts.join("; ");
}
