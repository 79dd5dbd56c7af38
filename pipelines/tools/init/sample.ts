import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { InputError } from "../../../src/lib/errors.js";
import { recognizeDialect } from "../../formats/csv/dialect.js";
import { type CsvCells, type CsvMarks, readCsvRecords } from "../../formats/csv/records.js";
import { gunzippedHead, headOf } from "../../formats/file-head.js";
import { decodeSmallText } from "../../formats/text-encoding/small-text.js";
import type { FileSample } from "./file-sample.js";
import { recordsIn } from "./records-in.js";
import { knownNames, plain } from "./roles.js";

/** Bytes of a file of lines that are looked at. */
const mostBytes = 48 * 2 ** 20;
/** A JSON document can only be read as a whole. */
const longestDocument = 400 * 2 ** 20;
const mostRecords = 200_000;

export const dataFile = /\.(csv|tsv|jsonl|ndjson|json)(\.gz)?$/i;

/**
 * Reads the first records of a file.
 *
 * @throws InputError where the file is not text or has no records
 */
export function sampleFile(path: string, file: string): FileSample {
  const name = file.replace(/\.gz$/i, "");
  const isDocument = /\.json$/i.test(name);
  const { bytes, isWhole } = startOf(path, isDocument ? longestDocument : mostBytes);
  if (isDocument && !isWhole)
    throw new InputError(`${path} is too large to be looked at as a whole`, {
      hint: "Save it as JSON Lines (one record on each line), or write a mapping file: docs/mapping.md.",
    });
  const decoded = decodeSmallText(bytes);
  if (decoded === null || (decoded.encoding === "windows-1252" && decoded.faultyLine !== null))
    throw new InputError(
      `${path}${decoded === null ? "" : ` line ${decoded.faultyLine}`}: not text in UTF-8, UTF-16 or GB18030`,
      { hint: "Save the file as UTF-8." },
    );
  const text = isWhole ? decoded.text : decoded.text.slice(0, decoded.text.lastIndexOf("\n") + 1);
  const notes = isWhole
    ? []
    : [`only the first ${Math.round(mostBytes / 2 ** 20)} MB of ${file} were looked at`];
  if (/\.(csv|tsv)$/i.test(name)) return { ...csvRecords(text, file), file, isWhole, document: {}, notes };
  return { ...recordsIn(text, isDocument, path), file, isWhole, notes };
}

function startOf(path: string, most: number): { bytes: Buffer; isWhole: boolean } {
  const { size } = statSync(path);
  const isPacked = /\.gz$/i.test(path);
  if (!isPacked && size <= most) return { bytes: readFileSync(path), isWhole: true };
  const head = headOf(path, Math.min(size, most));
  if (!isPacked) return { bytes: head, isWhole: false };
  try {
    const bytes = gunzippedHead(head, longestDocument);
    return bytes.length > most
      ? { bytes: bytes.subarray(0, most), isWhole: false }
      : { bytes, isWhole: size <= most };
  } catch (cause) {
    throw new InputError(`${path}: the file cannot be decompressed`, {
      hint: "Decompress it with gzip -d, or copy it again.",
      cause,
    });
  }
}

const headerNames = new Set(Object.values(knownNames).flat());

/** The same reader as the one of `ingest`, so that the columns have the names that a mapping sees. */
function csvRecords(text: string, file: string): Pick<FileSample, "format" | "place" | "records" | "lines"> {
  const folder = mkdtempSync(join(tmpdir(), "medbench-init-"));
  try {
    const path = join(folder, "sheet.csv");
    writeFileSync(path, text);
    const dialect = recognizeDialect(path, {}, (name) => headerNames.has(plain(name)), false);
    const header = (dialect.header ?? []).map((name) => name.trim());
    checkHeader(header, file);
    const records: Record<string, string>[] = [];
    const lines: number[] = [];
    let before = dialect.recordsBefore + 1 + (dialect.hasSeparatorLine ? 1 : 0);
    for (const { line, cells, fault } of readCsvRecords(path, dialect.marks, () => null)) {
      if (before-- > 0 || fault !== null || cells.count > header.length) continue;
      const values = header.map((name, index) => [name, cellOf(cells, index, dialect.marks)] as const);
      records.push(
        Object.fromEntries(values.filter(([name, value]) => name !== "" && value !== undefined)) as Record<
          string,
          string
        >,
      );
      lines.push(line);
      if (records.length === mostRecords) break;
    }
    if (records.length === 0)
      throw new InputError(`${file} has no rows below its header ${header.slice(0, 8).join(", ")}`, {
        hint: "Check that it is the right file.",
      });
    return { format: "csv", place: [], records, lines };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function cellOf(cells: CsvCells, index: number, marks: CsvMarks): string | undefined {
  return index >= cells.count || cells.isEmpty(index) ? undefined : cells.text(index, marks);
}

function checkHeader(header: readonly string[], file: string): void {
  const twice = header.find((name, index) => name !== "" && header.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InputError(`${file}: two columns are called ${JSON.stringify(twice)}`, {
      hint: 'Rename one of them. Where the row above says which system each is of, write both into one row: "GPT-4 answer", "GPT-4 score".',
    });
  if (header.some((name) => headerNames.has(plain(name)))) return;
  const isData = header.every((name) => name === "" || /^-?[\d.,%]+$/.test(name) || name.length > 60);
  if (header.length === 0 || isData)
    throw new InputError(
      `${basename(file)}: the first row has no names of columns: ${header.slice(0, 6).join(", ").slice(0, 100)}`,
      { hint: "Add a row with names at the top, such as system,item,score." },
    );
}
