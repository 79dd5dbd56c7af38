import { releasedTables } from "../../../src/lib/records/released-tables.js";

export interface DictionaryEntry {
  /** What one row is. */
  readonly grain: string;
  readonly columns: Readonly<Record<string, { readonly type: string; readonly meaning: string }>>;
}

/** What each released column means, from the definitions of the released tables. */
export function dataDictionary(): Record<string, DictionaryEntry> {
  return Object.fromEntries(
    Object.entries(releasedTables).map(([name, { grain, columns }]) => [
      name,
      {
        grain,
        columns: Object.fromEntries(
          Object.entries(columns).map(([column, { type, meaning }]) => [column, { type, meaning }]),
        ),
      },
    ]),
  );
}
