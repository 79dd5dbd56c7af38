import { displayWidth, padded, shortened, wrapped } from "./display-width.js";
import { printable } from "./printable.js";
import { screenWidth } from "./screen.js";
import { columnWidths } from "./table-layout.js";

/** A table of text; cells are on one line and printable. */
export interface TextTable {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of numbers, which are aligned to the right. */
  readonly numeric: readonly boolean[];
}

export interface TableStyle {
  /** Columns of the terminal. Default: those of standard output. */
  readonly width?: number;
  /** Whether long cells go on in the next line or end in an ellipsis. Default `wrap`. */
  readonly long?: "wrap" | "shorten";
  /** How to see what does not fit, as the end of a sentence. */
  readonly otherwise?: string;
}

/** Widest cell where cells are shortened. */
const widestCell = 80;

/** Formats rows as a text table: numbers right-aligned, NULL as “–”, control characters of untrusted text visible. */
export function formatTable(
  rows: readonly Readonly<Record<string, unknown>>[],
  columns: readonly string[] = Object.keys(rows[0] ?? {}),
  style: TableStyle = {},
): string {
  if (columns.length === 0) return "(no rows)";
  return drawTable(
    {
      titles: columns,
      rows: rows.map((row) => columns.map((column) => cellText(row[column]))),
      numeric: columns.map((column) => isNumeric(rows.map((row) => row[column]))),
    },
    { otherwise: "--json prints everything", ...style },
  );
}

/** Numbers, also those that were rounded to text, and at least one of them. */
function isNumeric(values: readonly unknown[]): boolean {
  const given = values.filter((value) => value !== null && value !== undefined && value !== "–");
  return given.length > 0 && given.every((value) => typeof value === "number" || isNumberText(value));
}

/** Codes with leading zeros are no numbers. */
const isNumberText = (value: unknown) =>
  typeof value === "string" && /^-?(0|[1-9][\d,]*)(\.\d+)?%?$/.test(value);

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number")
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  return printable(typeof value === "object" ? JSON.stringify(value) : String(value));
}

/** Draws a table that fits the terminal; below it, what was left out or shortened, and how to see it. */
export function drawTable(
  { titles, rows, numeric }: TextTable,
  { width = screenWidth(), long = "wrap", otherwise = "" }: TableStyle = {},
): string {
  const limit = long === "shorten" ? widestCell : Number.POSITIVE_INFINITY;
  const heads = titles.map(printable);
  const widths = columnWidths(
    heads.map((title, column) => ({
      title,
      cells: Math.min(limit, widest(rows, column)),
      isWhole: numeric[column] === true,
    })),
    width,
  );
  let nShortened = 0;
  const inFrame = (blocks: readonly (readonly string[])[]): string[] => {
    const height = Math.max(...blocks.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) => {
      const parts = blocks.map((block, column) =>
        padded(block[line] ?? "", widths[column] as number, numeric[column] === true),
      );
      return `│ ${parts.join(" │ ")} │`;
    });
  };
  const block = (cell: string, column: number): string[] => {
    const columns = widths[column] as number;
    if (numeric[column] === true) return [cell];
    if (long === "wrap") return wrapped(cell, columns);
    const shown = shortened(cell, columns);
    if (shown !== cell) nShortened += 1;
    return [shown];
  };
  const rule = (left: string, middle: string, right: string) =>
    `${left}${widths.map((columns) => "─".repeat(columns + 2)).join(middle)}${right}`;
  const drawn = [
    rule("┌", "┬", "┐"),
    ...inFrame(widths.map((columns, column) => wrapped(heads[column] as string, columns))),
    rule("├", "┼", "┤"),
    ...rows.flatMap((row) => inFrame(widths.map((_, column) => block(row[column] ?? "", column)))),
    rule("└", "┴", "┘"),
  ];
  if (rows.length === 0) drawn.push("(no rows)");
  const note = leftOut(heads.slice(widths.length), heads.length, nShortened, otherwise);
  return [...drawn, ...(note === "" ? [] : wrapped(note, width, /(?<= )/))].join("\n");
}

function widest(rows: TextTable["rows"], column: number): number {
  return rows.reduce((most, row) => Math.max(most, displayWidth(row[column] ?? "")), 0);
}

function leftOut(hidden: readonly string[], total: number, nShortened: number, otherwise: string): string {
  const parts = [
    hidden.length === 0 ? "" : `${hidden.length} of ${total} columns do not fit: ${hidden.join(", ")}`,
    nShortened === 0 ? "" : `${nShortened} ${nShortened === 1 ? "value is" : "values are"} shortened`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `(${[...parts, otherwise].filter((part) => part !== "").join("; ")})`;
}
