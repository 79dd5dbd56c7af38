import {
  type ReleasedName,
  type ReleasedRow,
  releasedTables,
} from "../../src/lib/records/released-tables.js";
import type { Column } from "../../src/lib/records/tables/column.js";

/**
 * A whole row of a released table for tests that care about some of its columns: the others are null where the table
 * allows it, else 0, false, '' or the first allowed text.
 */
export function releasedRow<Name extends ReleasedName>(
  name: Name,
  given: Partial<ReleasedRow<Name>> = {},
): ReleasedRow<Name> {
  const columns = Object.entries<Column>(releasedTables[name].columns);
  const empty = Object.fromEntries(columns.map(([column, definition]) => [column, emptyValue(definition)]));
  return { ...(empty as ReleasedRow<Name>), ...given };
}

function emptyValue({ type, required, oneOf }: Column) {
  if (!required) return null;
  if (type === "BOOLEAN") return false;
  return type === "INTEGER" || type === "BIGINT" || type === "DOUBLE" ? 0 : (oneOf?.[0] ?? "");
}
