import { faultInWords } from "../../../formats/csv/records.js";
import { parseSheet, plainName, type SheetRecord } from "../../../formats/csv/sheet.js";
import type { SmallText } from "../../../formats/text-encoding/small-text.js";
import { type GivenCell, quoted, type ReturnedContent, type UnusableRecord } from "./given-cell.js";
import { finder } from "./key-file.js";

/** A title above the names of the columns is no longer than this. */
const mostTitleLines = 10;
/** What a sheet of the packet has besides the criteria. */
const plainColumns = new Set(["code", "rater", "question", "reference", "answer", "rated_at"]);
/** Columns for what raters want to say, the sheet's own and those that they add. */
const remarkColumns = /^(comments?|remarks?|notes?|备注|评语|说明|意见|备注说明)$/;
/** Columns that raters add to count the rows. */
const numberColumns = /^(#|no\.?|序号)$/;

/**
 * Reads a returned sheet: one record per answer, one column per criterion. Blank cells are not filled in and count as
 * no rating.
 *
 * @param criteria of the packet; null if they are not known, and then every other column is one
 * @param raterOfFile the packet's rater that the file's name contains, for a sheet without that column
 * @returns null if the sheet has no column `code`, with the columns that it has
 */
export function readSheet(
  text: SmallText,
  criteria: readonly string[] | null,
  raterOfFile: string | null,
): ReturnedContent | { readonly columns: readonly string[] } {
  const { records } = parseSheet(text, "code");
  const at = records.slice(0, mostTitleLines).findIndex(({ cells }) => cells.map(plainName).includes("code"));
  const head = records[at];
  if (head === undefined) return { columns: records[0]?.cells ?? [] };
  const body = records.slice(at + 1);
  const header = head.cells.map(plainName);
  const columns = readColumns(head, criteria);
  const reader = new RecordReader(header, columns, raterOfFile);
  for (const record of body) reader.take(record);
  const missing = (criteria ?? []).filter((id) => !columns.some((column) => column?.criterion === id));
  return {
    ...reader,
    notes: [
      ...(at > 0 ? [`has ${at} line(s) above the names of the columns`] : []),
      ...missing.map((id) => `has no column ${id}`),
      ...columns.flatMap((column) =>
        column?.holds === "numbers" ? [`column ${quoted(column.name)} was not read`] : [],
      ),
    ],
  };
}

interface Column {
  /** As in the sheet. */
  readonly name: string;
  /** The packet's criterion; null if the packet has none of this name. */
  readonly criterion: string | null;
  readonly holds: "grades" | "remarks" | "numbers";
}

/** Per column of the sheet: what it is, or null if it is one that the packet wrote for reading only. */
function readColumns({ cells }: SheetRecord, criteria: readonly string[] | null): (Column | null)[] {
  const find = finder(criteria ?? [], (id) => id);
  return cells.map((name) => {
    const plain = plainName(name);
    if (plainColumns.has(plain)) return null;
    const criterion = criteria === null ? (plain === "" ? null : name) : find(name);
    const holds =
      criterion !== null
        ? "grades"
        : remarkColumns.test(plain)
          ? "remarks"
          : numberColumns.test(plain)
            ? "numbers"
            : "grades";
    return { name, criterion, holds };
  });
}

class RecordReader {
  readonly cells: GivenCell[] = [];
  readonly unusable: UnusableRecord[] = [];
  blank = 0;
  readonly #header: readonly string[];
  readonly #columns: readonly (Column | null)[];
  readonly #raterOfFile: string | null;

  constructor(header: readonly string[], columns: readonly (Column | null)[], raterOfFile: string | null) {
    this.#header = header;
    this.#columns = columns;
    this.#raterOfFile = raterOfFile;
  }

  take(record: SheetRecord): void {
    if (record.fault !== "an open quotation mark" && record.cells.every((cell) => cell.trim() === "")) return;
    const { line, offset, length } = record;
    const span = { line, offset, length };
    const misfit = this.#misfit(record);
    if (misfit !== null) {
      this.unusable.push({ span, reason: "bad_csv_record", detail: misfit });
      return;
    }
    const cell = (name: string): string => record.cells[this.#header.indexOf(name)] ?? "";
    const filled = this.#columns.flatMap((column, index) => {
      const raw = record.cells[index] ?? "";
      if (column?.holds !== "grades") return [];
      if (raw.trim() !== "") return [{ column, raw, at: index + 1 }];
      if (column.criterion !== null) this.blank += 1;
      return [];
    });
    const code = cell("code");
    const rater = cell("rater").trim() === "" ? this.#raterOfFile : cell("rater");
    const remark = this.#remarkOf(record);
    if (remark !== null && filled.length === 0) {
      const detail = `a remark on ${quoted(code)} without a grade: ${quoted(remark)}`;
      this.unusable.push({ span, reason: "missing_value", detail });
    }
    for (const { column, raw, at } of filled) {
      const of = `column ${at} (${quoted(column.name)})`;
      if (column.criterion === null) {
        const detail = `${of} is no criterion of the packet; found ${quoted(raw)} for ${quoted(code)}`;
        this.unusable.push({ span, reason: "wrong_value", detail });
      } else if (code.trim() === "" || rater === null) {
        const detail = `${of}: ${quoted(raw)} has no ${rater === null ? "rater" : "code"}`;
        this.unusable.push({ span, reason: "missing_id", detail });
      } else {
        const ratedAt = cell("rated_at").trim() === "" ? null : cell("rated_at");
        this.cells.push({ code, rater, criterion: column.criterion, raw, ratedAt, remark, span, column: at });
      }
    }
  }

  #remarkOf({ cells }: SheetRecord): string | null {
    const remarks = this.#columns.flatMap((column, index) => {
      const text = cells[index] ?? "";
      return column?.holds === "remarks" && text.trim() !== "" ? [text] : [];
    });
    return remarks.length === 0 ? null : remarks.join("\n");
  }

  #misfit({ cells, fault }: SheetRecord): string | null {
    if (fault === "an open quotation mark") return faultInWords(fault);
    const extra = cells.slice(this.#header.length);
    if (extra.every((cell) => cell.trim() === "")) return null;
    return `${cells.length} cells, and the first line has ${this.#header.length}: a delimiter inside a cell needs quotation marks`;
  }
}
