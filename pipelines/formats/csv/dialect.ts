import { type CsvMarks, readCsvRecords } from "./records.js";

/** How a CSV file is read. */
export interface CsvDialect {
  readonly marks: CsvMarks;
  /** Names of the columns as the file gives them; null where it has no header. */
  readonly header: readonly string[] | null;
  /** Number of records before the header, which are no data. */
  readonly recordsBefore: number;
  /** The file begins with a line such as `sep=;`. */
  readonly hasSeparatorLine: boolean;
  /** Number of cells of the first record of data or of the header. */
  readonly width: number;
}

export interface CsvSettings {
  readonly delimiter?: string;
  readonly quote?: string;
  readonly escape?: string;
  readonly comment?: string;
  /** Whether the first record names the columns. */
  readonly header?: boolean;
  /** Lines to leave out at the start. */
  readonly skip?: number;
}

const delimiters = [",", ";", "\t", "|"] as const;

/** The header is looked for in this many records. */
const sampleRecords = 30;

/**
 * Recognizes delimiter and header: the delimiter and the record, among the first ones, that give the most of the names that
 * are wanted. If none gives any, it is the first record, with the delimiter that divides the first records evenly.
 * Comment signs and other quotation marks are never guessed.
 *
 * @param wants whether the mapping uses a column of this name
 * @param wantsPositions whether the mapping uses names such as `column0`
 */
export function recognizeDialect(
  path: string,
  settings: CsvSettings,
  wants: (name: string) => boolean,
  wantsPositions: boolean,
): CsvDialect {
  const separator = separatorLine(path, settings);
  const choices = choicesOf(settings, separator);
  let best: { dialect: CsvDialect; score: readonly number[] } | null = null;
  for (const [rank, delimiter] of choices.entries()) {
    const marks = marksOf(settings, delimiter);
    const records = firstRecords(path, marks, settings).slice(separator === null ? 0 : 1);
    const named = records.map((cells) => cells.filter((cell) => wants(cell.trim())).length);
    const most = Math.max(0, ...named);
    const at = named[0] ? 0 : most > 0 ? named.indexOf(most) : 0;
    const header = records[at] ?? [];
    const isHeader = settings.header ?? !(wantsPositions && most === 0);
    const even = records.slice(at).filter((cells) => cells.length === header.length).length;
    const score = [
      settings.header === false ? 0 : (named[at] ?? 0),
      header.length > 1 ? 1 : 0,
      header.length > 1 ? even : 0,
      header.length,
      -rank,
    ];
    if (best !== null && compare(score, best.score) <= 0) continue;
    best = {
      score,
      dialect: {
        marks: header.length > 1 || settings.delimiter !== undefined ? marks : { ...marks, delimiter: null },
        header: isHeader ? header : null,
        recordsBefore: isHeader ? at : 0,
        hasSeparatorLine: separator !== null,
        width: header.length,
      },
    };
  }
  return (best as { dialect: CsvDialect }).dialect;
}

function choicesOf({ delimiter }: CsvSettings, separator: string | null): readonly string[] {
  const given = delimiter ?? separator;
  return given === null ? delimiters : [given];
}

function marksOf({ quote = '"', comment, ...given }: CsvSettings, delimiter: string): CsvMarks {
  const escapes = given.escape ?? quote;
  return {
    delimiter: delimiter.charCodeAt(0),
    quote: quote === "" ? null : quote.charCodeAt(0),
    escape: escapes === "" ? null : escapes.charCodeAt(0),
    comment: comment === undefined || comment === "" ? null : comment.charCodeAt(0),
  };
}

/** The delimiter that a first line such as `sep=;` names, as spreadsheets write it. */
function separatorLine(path: string, settings: CsvSettings): string | null {
  const [first] = firstRecords(path, { ...marksOf(settings, ","), delimiter: null }, settings);
  return /^sep=(.)$/i.exec(first?.[0] ?? "")?.[1] ?? null;
}

function firstRecords(path: string, marks: CsvMarks, { skip }: CsvSettings): string[][] {
  const found: string[][] = [];
  for (const { cells, fault } of readCsvRecords(path, marks, () => null, skip)) {
    const texts = Array.from({ length: fault === null ? cells.count : 0 }, (_, index) =>
      cells.text(index, marks).slice(0, 1000),
    );
    found.push(texts);
    if (found.length === sampleRecords) break;
  }
  return found;
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [index, value] of one.entries()) {
    const difference = value - (other[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
