import { InputError } from "../../../src/lib/errors.js";
import { tableNames, tables } from "../../../src/lib/records/tables.js";
import { closestNames } from "../../../src/lib/util/known-names.js";
import { isSystemError } from "../../warehouse/system-error.js";

export const filesHint =
  "medbench sql reads the tables of the workspace; --allow-files also allows other statements, and reading and writing files.";

/** An error of the engine about the user's query: what it said, the place in the query, and what there is instead. */
export function queryError(error: unknown, query: string): unknown {
  if (!(error instanceof Error) || error instanceof InputError || isSystemError(error)) return error;
  const said = error.message.replace(/^Failed to (extract|execute|prepare) statements?: /, "").trimEnd();
  const text = said
    .split("\n")
    .map((line, index) => (index === 0 || line.trim() === "" ? line.trimEnd() : `  ${line}`))
    .join("\n");
  return new InputError(`sql: ${text}`, { hint: hintFor(said, query) });
}

/** What the engine says of a statement that would change a table of the workspace, which it sees as a view. */
const changesTable = /Can only (update|delete|merge|insert)\b|^Catalog Error: .+ is not an? table$/m;

const changesHint =
  "The stages write the tables, and no statement changes them. Correct the source and run `medbench ingest` again, or select other values: select * replace ('x' as system) from runs.";

function hintFor(said: string, query: string): string {
  if (changesTable.test(said)) return changesHint;
  if (/^Permission Error|configuration has been locked/.test(said)) return filesHint;
  const [, table] = /^Catalog Error: Table with name (.+?) does not exist/.exec(said) ?? [];
  if (table !== undefined) {
    const close = closestNames(table, tableNames);
    const meant = close.length === 0 ? "" : `Did you mean ${close.join(" or ")}? `;
    return `${meant}Tables: ${tableNames.join(", ")}.`;
  }
  const used = tableNames.filter((name) => new RegExp(`\\b${name}\\b`, "i").test(query));
  if (/^Binder Error: .*(column|table "|alias)/i.test(said) && used.length > 0) {
    return used
      .map((name) => `Columns of ${name}: ${Object.keys(tables[name].columns).join(", ")}.`)
      .join("\n        ");
  }
  return '`medbench sql` without a query lists the tables; `medbench sql "describe responses"` shows columns.';
}
