import { renderStored } from "../../../src/lib/messages/render.js";
import { messageNames } from "../../../src/lib/records/released-tables.js";
import type { Engine } from "../../warehouse/engine.js";
import { identifier, literal } from "../../warehouse/sql.js";

/** Adds to a temporary table, next to each message, its English text: a person who opens the CSV can read it. */
export async function addTexts(engine: Engine, table: string): Promise<void> {
  const described = await engine.rows<{ column_name: string }>(`DESCRIBE FROM ${identifier(table)}`);
  const names = described.map(({ column_name }) => column_name);
  const messages = messageNames(names);
  if (messages.length === 0) return;
  const joins = await Promise.all(messages.map((column) => textsOf(engine, table, column)));
  const selected = names.flatMap((name) => {
    const own = messages.find((message) => name === `${message}_parameters`);
    const stored = `released.${identifier(name)}`;
    return own === undefined
      ? [stored]
      : [stored, `${identifier(`${own}_texts`)}.text AS ${identifier(`${own}_text`)}`];
  });
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE ${identifier(table)} AS
     SELECT ${selected.join(", ")} FROM ${identifier(table)} AS released ${joins.join(" ")} ORDER BY released.rowid`,
  );
}

/** SQL that joins the English text of each message that the column holds. */
async function textsOf(engine: Engine, table: string, column: string): Promise<string> {
  const [code, parameters, texts] = [column, `${column}_parameters`, `${column}_texts`].map(identifier);
  const stored = await engine.rows<{ code: string; parameters: string | null }>(
    `SELECT DISTINCT ${code} AS code, ${parameters} AS parameters FROM ${identifier(table)} WHERE ${code} IS NOT NULL ORDER BY ALL`,
  );
  // The first row matches nothing; it gives the columns their type where the table holds no message.
  const rows = [
    "(NULL::VARCHAR, NULL::VARCHAR, NULL::VARCHAR)",
    ...stored.map(
      (row) =>
        `(${[row.code, row.parameters, renderStored(row.code, row.parameters, "en")].map(literal).join(", ")})`,
    ),
  ];
  return `LEFT JOIN (VALUES ${rows.join(", ")}) AS ${texts}(code, parameters, text)
    ON ${texts}.code = released.${code} AND ${texts}.parameters IS NOT DISTINCT FROM released.${parameters}`;
}
