import type { DuckDBDataChunk, DuckDBType } from "@duckdb/node-api";
import { displayWidth, padded } from "../../terminal/display-width.js";
import { printable, printableJson, printableLines } from "../../terminal/printable.js";
import { drawTable, type TableStyle } from "../../terminal/table.js";
import { isNumeric, valueJson, valueText } from "./exact-value.js";

/** The result of a query, in chunks. */
export interface QueryResult {
  readonly names: readonly string[];
  /** The same, but different from each other. */
  readonly distinctNames: readonly string[];
  readonly types: readonly DuckDBType[];
  readonly chunks: AsyncIterable<DuckDBDataChunk>;
}

/** How a NULL looks on a screen; the text of the same look gets quotes. */
const nothing = "–";

/** A cell on a screen: one line, with controls visible, and NULL different from every text. */
function cell(text: string | null, show: (text: string) => string): string {
  if (text === null) return nothing;
  return text === nothing ? `"${nothing}"` : show(text);
}

async function allRows({ types, chunks }: QueryResult): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const chunk of chunks)
    for (const row of chunk.getRows())
      rows.push(row.map((value, column) => valueText(value, types[column] as DuckDBType)));
  return rows;
}

/** A text table that fits the terminal; the plan of EXPLAIN as it is. */
export async function* tableText(result: QueryResult, style: TableStyle): AsyncGenerator<string> {
  const { names, types } = result;
  const rows = await allRows(result);
  if (names.join() === "explain_key,explain_value") {
    for (const [, plan] of rows) yield `${printableLines(plan ?? "")}\n`;
    return;
  }
  const cells = rows.map((row) => row.map((text) => cell(text, printable)));
  const table = { titles: names, rows: cells, numeric: types.map(isNumeric) };
  const shortens = { long: "shorten", otherwise: "--vertical, --csv and --json print everything" } as const;
  yield `${drawTable(table, { ...shortens, ...style })}\n`;
}

/** Each row as a block with one line per column; texts of several lines keep their lines. */
export async function* verticalText(result: QueryResult): AsyncGenerator<string> {
  const { types, chunks } = result;
  const names = result.names.map(printable);
  const width = Math.max(...names.map(displayWidth));
  let n = 0;
  for await (const chunk of chunks) {
    for (const row of chunk.getRows()) {
      n += 1;
      const lines = row.map((value, column) => {
        const text = cell(valueText(value, types[column] as DuckDBType), printableLines);
        const [first, ...more] = text.split("\n");
        const title = padded(names[column] as string, width, false);
        return [`${title}  ${first}`, ...more.map((line) => `${" ".repeat(width)}  ${line}`)].join("\n");
      });
      yield `${n === 1 ? "" : "\n"}row ${n}\n${lines.join("\n")}\n`;
    }
  }
  if (n === 0) yield "(no rows)\n";
}

/**
 * CSV with a line of names; NULL is an empty field and the empty text is `""`.
 *
 * @param show what to do with each field, for a screen that would obey control characters
 */
export async function* csvText(
  { names, types, chunks }: QueryResult,
  show: (text: string) => string = (text) => text,
): AsyncGenerator<string> {
  const field = (text: string | null) => (text === null ? "" : csvField(show(text)));
  yield `${names.map(field).join(",")}\n`;
  for await (const chunk of chunks) {
    const lines = chunk
      .getRows()
      .map((row) => row.map((value, column) => field(valueText(value, types[column] as DuckDBType))));
    // A line without anything would not be a row.
    yield lines.map((fields) => `${fields.join(",") || '""'}\n`).join("");
  }
}

function csvField(text: string): string {
  const isPlain = text !== "" && text.trim() === text && !/[",\r\n]/.test(text);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}

/** A JSON array with one row a line; of columns with the same name, the second is `name_1`. */
export async function* jsonText({ distinctNames, types, chunks }: QueryResult): AsyncGenerator<string> {
  const keys = distinctNames.map(printableJson);
  let isFirst = true;
  yield "[";
  for await (const chunk of chunks) {
    const rows = chunk.getRows().map((row) => {
      const fields = row.map(
        (value, column) => `${keys[column]}:${valueJson(value, types[column] as DuckDBType)}`,
      );
      return ` {${fields.join(",")}}`;
    });
    if (rows.length > 0) yield `${isFirst ? "\n" : ",\n"}${rows.join(",\n")}`;
    isFirst &&= rows.length === 0;
  }
  yield isFirst ? "]\n" : "\n]\n";
}
