import { type Table, tables } from "../../../src/lib/records/tables.js";
import { releasedTables } from "./tables.js";
import { gatedTables, publicationColumn } from "./withhold.js";

export interface DictionaryEntry {
  /** What one row is. */
  readonly grain: string;
  readonly columns: Readonly<Record<string, { readonly type: string; readonly meaning: string }>>;
}

/** What each released column means, from the definitions of the warehouse's tables. */
export function dataDictionary(): Record<string, DictionaryEntry> {
  return Object.fromEntries(
    releasedTables.map(({ name, grain, columns }) => {
      const table = (tables as Record<string, Table>)[name];
      const own = columns ?? table?.columns ?? {};
      const described = name in gatedTables ? { ...own, publication: publicationColumn } : own;
      return [
        name,
        {
          grain: grain ?? table?.grain ?? "",
          columns: Object.fromEntries(
            Object.entries(described).map(([column, { type, meaning }]) => [column, { type, meaning }]),
          ),
        },
      ];
    }),
  );
}
