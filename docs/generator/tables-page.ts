import { releasedTables } from "../../src/lib/records/released-tables.js";
import { type Column, type Table, tables } from "../../src/lib/records/tables.js";
import { table } from "./markdown.js";

/** The dictionary of all tables, from their definitions. */
export function tablesPage(): string {
  const entries = Object.entries(tables) as [string, Table][];
  const released = new Set(Object.keys(releasedTables));
  return `${[
    "# Tables",
    "<!-- written by `npx vitest run tests/docs/generator --update` from src/lib/records -->",
    "The tables of a workspace, which `medbench sql` queries. Scores and shares are from 0 to 1; what is undefined is NULL, never 0. Columns whose names end in `_1e9` hold a score times 10^9 as a whole number, so that sums do not depend on the order of rows. A table that is released is also a file in `data/release` and on the report's download page, after the publication gates.",
    table(
      ["table", "one row is", "released"],
      entries.map(([name, { grain }]) => [
        `[\`${name}\`](#${name})`,
        grain.replace(/^one row per /, "one per "),
        released.has(name) ? "yes" : "",
      ]),
    ),
    ...entries.map(([name, definition]) => tableSection(name, definition)),
  ].join("\n\n")}\n`;
}

function tableSection(name: string, { grain, key, columns, laws, confidential }: Table): string {
  const rules = Object.keys(laws ?? {});
  return [
    `## ${name}`,
    `${sentence(grain)} Key: ${key.map((column) => `\`${column}\``).join(", ")}.${confidential ? " Confidential: its content is never released." : ""}`,
    table(
      ["column", "type", "meaning"],
      Object.entries(columns).map(([column, definition]) => [
        `\`${column}\``,
        `${definition.type}${definition.required ? "" : ", optional"}`,
        meaningOf(definition),
      ]),
    ),
    ...(rules.length === 0 ? [] : [`Rules for every row: ${rules.join("; ")}.`]),
  ].join("\n\n");
}

/** What a column means, with its values or bounds. */
export function meaningOf({ meaning, oneOf, between }: Column): string {
  const values = oneOf === undefined ? "" : `: ${oneOf.map((value) => `\`${value}\``).join(", ")}`;
  const bounds = between === undefined ? "" : ` (${between[0]} to ${between[1]})`;
  return `${meaning.replaceAll(/<([a-z]\w*)>/g, "`<$1>`")}${bounds}${values}`;
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
