import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { csvParseRows } from "d3-dsv";
import { InputError } from "../../src/lib/errors.js";

export interface CsvRecord {
  readonly values: Readonly<Record<string, string>>;
  /** Why the record cannot be used; null if it can. */
  readonly problem: string | null;
  /** Line on which the record begins, from 1. */
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

/**
 * Records of a small CSV file with a header line (RFC 4180), each with its line number. Empty fields are left out of `values`.
 *
 * @throws InputError when the file is not UTF-8 or lacks one of the `required` columns
 */
export function readCsv(path: string, required: readonly string[]): CsvRecord[] {
  const bytes = readFileSync(path);
  if (!isUtf8(bytes)) throw new InputError(`${path} is not UTF-8`, { hint: "Save the file as UTF-8 CSV." });
  const spans = recordSpans(bytes);
  const [head, ...body] = spans;
  const header =
    head === undefined ? [] : fieldsOf(bytes, head).map((name) => name.replace(/^\ufeff/, "").trim());
  const missing = required.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new InputError(
      `${path} line 1: no column ${missing.join(", ")}; found ${header.join(", ") || "nothing"}`,
      {
        hint: `The first line names the columns; required: ${required.join(", ")}.`,
      },
    );
  }
  return body.map((span) => {
    const fields = fieldsOf(bytes, span);
    const problem =
      fields.length === header.length ? null : `${fields.length} fields; the header has ${header.length}`;
    const values = Object.fromEntries(
      header.map((name, index) => [name, fields[index] ?? ""] as const).filter(([, value]) => value !== ""),
    );
    return { values, problem, ...span };
  });
}

interface Span {
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

/** Positions of records: line ends inside quotation marks do not end a record; blank lines are skipped. */
function recordSpans(bytes: Buffer): Span[] {
  const spans: Span[] = [];
  let quoted = false;
  let line = 1;
  let start = 0;
  let startLine = 1;
  const close = (end: number): void => {
    const length = end - start - (bytes[end - 1] === 13 ? 1 : 0);
    if (length > 0) spans.push({ line: startLine, offset: start, length });
  };
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === 34) quoted = !quoted;
    if (bytes[at] !== 10) continue;
    line += 1;
    if (quoted) continue;
    close(at);
    start = at + 1;
    startLine = line;
  }
  if (start < bytes.length) close(bytes.length);
  return spans;
}

function fieldsOf(bytes: Buffer, { offset, length }: Span): string[] {
  return csvParseRows(bytes.toString("utf8", offset, offset + length))[0] ?? [];
}
