import { gateReason } from "../../../src/lib/messages/gate.js";
import { renderStored } from "../../../src/lib/messages/render.js";
import { messageNames, type ReleasedName, releasedTables } from "../../../src/lib/records/released-tables.js";
import type { Row } from "../../../src/lib/records/tables.js";
import type { Engine, PlainRow } from "../../warehouse/engine.js";
import { identifier, literal } from "../../warehouse/sql.js";

/** A column of English text, and the values of the row that it is written from. */
interface TextColumn {
  readonly name: string;
  /** The column whose NULL means that there is nothing to write. */
  readonly code: string;
  readonly render: (row: PlainRow) => string;
}

/** Splits the columns of a released table into those of the query and those of text that are added to it. */
export function textColumnsOf(
  table: ReleasedName,
  specialtyName: (code: string) => string,
): { readonly stored: readonly string[]; readonly texts: readonly TextColumn[] } {
  const columns = Object.keys(releasedTables[table].columns);
  const texts: TextColumn[] = messageNames(columns).map((code) => ({
    name: `${code}_text`,
    code,
    render: (row) => renderStored(row[code] as string, row[`${code}_parameters`] as string | null, "en"),
  }));
  if (table === "gates")
    texts.push({
      name: "reason_text",
      code: "rule",
      render: (row) => gateReason(row as Row<"gates">, "en", specialtyName),
    });
  return { stored: columns.filter((column) => !texts.some(({ name }) => name === column)), texts };
}

/** The query's rows with their English texts, so that a person who opens the CSV can read it; columns as in the definition. */
export async function withTexts(
  engine: Engine,
  table: ReleasedName,
  source: string,
  texts: readonly TextColumn[],
): Promise<string> {
  const joins = [];
  for (const { name, code, render } of texts) {
    const rows = await engine.rows<PlainRow & { readonly rowid: number }>(
      `SELECT rowid, * FROM ${source} WHERE ${identifier(code)} IS NOT NULL ORDER BY rowid`,
    );
    // The first row matches nothing; it gives the columns their types where there is no message.
    const values = [
      "(NULL::BIGINT, NULL::VARCHAR)",
      ...rows.map((row) => `(${row.rowid}, ${literal(render(row))})`),
    ];
    joins.push(
      `LEFT JOIN (VALUES ${values.join(", ")}) AS ${identifier(`of_${name}`)}(row_number, text)
       ON ${identifier(`of_${name}`)}.row_number = ${source}.rowid`,
    );
  }
  const columns = Object.keys(releasedTables[table].columns).map((column) =>
    texts.some(({ name }) => name === column)
      ? `${identifier(`of_${column}`)}.text AS ${identifier(column)}`
      : `${source}.${identifier(column)}`,
  );
  return `SELECT ${columns.join(", ")} FROM ${source} ${joins.join(" ")} ORDER BY ${source}.rowid`;
}
