import { mappedRules } from "../../pipelines/stages/ingest/mapping/rules.js";
import { mappedTables } from "../../src/lib/records/mapping.js";
import { tables } from "../../src/lib/records/tables.js";
import { table } from "./markdown.js";
import { meaningOf } from "./tables-page.js";

/** What a value may be left to, in words. */
const fromElsewhere: Readonly<Record<string, string>> = {
  benchmark: "the mapping's, or the catalogue's",
  pool: "the mapping's, or the source's",
  board: "the mapping's, or `api`",
  run_id: "`<system>.<track>.<board>.<pool>`",
};

/** The dictionary of the tables that a mapping can give, from the rules that check it. */
export function mappingColumnsPage(): string {
  return `${[
    "# Columns that a mapping gives",
    "<!-- written by `npx vitest run tests/docs/generator --update` from src/lib/records and the rules of mappings -->",
    "The tables that a [mapping file](../mapping.md) can give, with all their columns: each is one SQL expression. Columns without a default and not marked as optional are required. Columns with type JSON contain JSON text: write `to_json(...)`. [Tables](tables.md) has the columns that `medbench sql` shows, some of which the ingest fills itself.",
    ...mappedTables.map((name) => {
      const { columns, defaults, json, key } = mappedRules[name];
      const rows = Object.entries(columns).map(([column, definition]) => {
        const fallback = column === "run_id" && !("system" in columns) ? undefined : fromElsewhere[column];
        const given = defaults[column];
        const value =
          fallback ??
          (given === undefined ? null : given.includes("place.") ? "the catalogue's" : `\`${given}\``);
        return [
          `\`${column}\``,
          json.includes(column) ? "JSON" : definition.type,
          value ?? (definition.required ? "required" : "optional"),
          meaningOf(definition),
        ];
      });
      return [
        `## ${name}`,
        `${tables[name].grain.charAt(0).toUpperCase()}${tables[name].grain.slice(1)}. Key: ${key.map((column) => `\`${column}\``).join(", ")}.`,
        table(["column", "type", "if left out", "meaning"], rows),
      ].join("\n\n");
    }),
  ].join("\n\n")}\n`;
}
