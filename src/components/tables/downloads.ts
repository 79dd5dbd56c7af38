import type { DataDictionary } from "../../lib/records/released-tables.js";
import { element } from "../dom.js";
import type { Words } from "../words.js";
import type { TableColumn } from "./data-table.js";

export interface DictionaryTable {
  readonly table: string;
  readonly grain: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly meaning: string }[];
}

/** The data dictionary in the language of the page. */
export function dictionaryTables(dictionary: DataDictionary, { language }: Words): DictionaryTable[] {
  return Object.entries(dictionary).map(([table, { grain, columns }]) => ({
    table,
    grain: grain[language.code],
    columns: Object.entries(columns).map(([name, { type, meaning }]) => ({
      ...{ name, type },
      meaning: meaning[language.code],
    })),
  }));
}

/** The tables with links to their files, which publishing places under `folder`. */
export function downloadColumns(folder: string, words: Words): TableColumn<DictionaryTable>[] {
  const { downloads } = words;
  return [
    { label: downloads.table, text: ({ table }) => table, sort: ({ table }) => table },
    { label: downloads.grain, text: ({ grain }) => grain },
    {
      label: downloads.files,
      text: ({ table }) =>
        element(
          "span",
          {},
          ["csv", "parquet"].flatMap((format) => [
            element(
              "a",
              { href: `${folder}/${encodeURIComponent(table)}.${format}`, download: true },
              format.toUpperCase(),
            ),
            " ",
          ]),
        ),
    },
  ];
}

/** The leaves of the release's own description, as path and value. */
export function provenanceRows(document: unknown, path = ""): { field: string; value: string }[] {
  if (document === null || typeof document !== "object") return [{ field: path, value: String(document) }];
  return Object.entries(document).flatMap(([key, value]) =>
    provenanceRows(value, path === "" ? key : `${path}.${key}`),
  );
}
