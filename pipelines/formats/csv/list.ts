import { readFileSync } from "node:fs";
import { InputError } from "../../../src/lib/errors.js";
import type { QuarantineReason } from "../../../src/lib/records/tables.js";
import { encodingInWords, unknownEncoding } from "../text-encoding/decode.js";
import { decodeSmallText } from "../text-encoding/small-text.js";
import { faultInWords } from "./records.js";
import { parseSheet } from "./sheet.js";

export interface CsvRecord {
  readonly values: Readonly<Record<string, string>>;
  /** Why the record cannot be used; null if it can. */
  readonly problem: string | null;
  /** Line on which the record begins, from 1. */
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

export interface CsvFile {
  readonly columns: readonly string[];
  readonly records: readonly CsvRecord[];
  /** What a reader should know: another encoding or delimiter than usual, in words. */
  readonly notes: readonly string[];
}

/** Why a CSV file cannot be used as a whole. */
export class CsvRefusal extends InputError {
  readonly reason: QuarantineReason;

  constructor(reason: QuarantineReason, message: string, hint: string) {
    super(message, { hint });
    this.reason = reason;
  }
}

/**
 * Records of a small CSV file with a header line, each with its line number. UTF-8, UTF-16 and GB18030 are read, and the
 * delimiters of spreadsheet programs. Empty fields are left out of `values`, empty fields beyond the header are ignored.
 *
 * @throws CsvRefusal when the file is not text, or its header lacks one of the `required` columns or names one twice
 */
export function readCsv(path: string, required: readonly string[]): CsvFile {
  const text = decodeSmallText(readFileSync(path));
  if (text === null || text.encoding === "windows-1252") {
    const found = text === null ? "its bytes are not text" : unknownEncoding(text.faultyLine ?? 1);
    throw new CsvRefusal("invalid_utf8", `${path}: ${found}`, "Save the file as UTF-8 CSV.");
  }
  const { delimiter, records } = parseSheet(text, required[0] ?? "");
  const [head, ...body] = records;
  const header = (head?.cells ?? []).map((name) => name.trim());
  while (header.at(-1) === "") header.pop();
  checkHeader(path, header, head?.line ?? 1, required);
  return {
    columns: header.filter((name) => name !== ""),
    records: body.map(({ cells, fault, ...span }) => {
      const extra = cells.slice(header.length).some((cell) => cell.trim() !== "");
      const problem =
        fault !== null
          ? faultInWords(fault)
          : extra || cells.length < header.length
            ? `${cells.length} fields; the header has ${header.length}`
            : null;
      const named = header.map((name, index) => [name, cells[index] ?? ""] as const);
      return {
        values: Object.fromEntries(named.filter(([name, value]) => name !== "" && value !== "")),
        problem,
        ...span,
      };
    }),
    notes: [
      ...(text.markLength > 0 && text.encoding === "utf-8"
        ? ["begins with a byte-order mark, which was dropped"]
        : []),
      ...(text.encoding === "utf-8" ? [] : [`is in ${encodingInWords(text.encoding)} and was decoded`]),
      ...(delimiter === ","
        ? []
        : [`its fields are divided by ${delimiter === "\t" ? "tabs" : JSON.stringify(delimiter)}`]),
    ],
  };
}

function checkHeader(
  path: string,
  header: readonly string[],
  line: number,
  required: readonly string[],
): void {
  const missing = required.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new CsvRefusal(
      "bad_csv_header",
      `${path} line ${line}: no column ${missing.join(", ")}; found ${header.join(", ") || "nothing"}`,
      `The first line names the columns; required: ${required.join(", ")}.`,
    );
  }
  const twice = header.filter((name, index) => name !== "" && header.indexOf(name) !== index);
  if (twice.length > 0) {
    throw new CsvRefusal(
      "bad_csv_header",
      `${path} line ${line}: the column ${[...new Set(twice)].join(", ")} occurs twice`,
      "Remove or rename one of the two.",
    );
  }
}
