import type { DataDictionary } from "../../lib/records/released-tables.js";
import { element, inEnglish } from "../dom.js";
import type { Words } from "../words.js";
import { dataTable, type TableColumn } from "./data-table.js";

interface DictionaryTable {
  readonly table: string;
  readonly grain: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly meaning: string }[];
}

/** The data dictionary in the language of the page. */
function dictionaryTables(dictionary: DataDictionary, { language }: Words): DictionaryTable[] {
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
function downloadColumns(folder: string, words: Words): TableColumn<DictionaryTable>[] {
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
function provenanceRows(document: unknown, path = ""): { field: string; value: string }[] {
  if (document === null || typeof document !== "object") return [{ field: path, value: String(document) }];
  return Object.entries(document).flatMap(([key, value]) =>
    provenanceRows(value, path === "" ? key : `${path}.${key}`),
  );
}

/** Every released table with links to its files, which publishing places under `folder`. */
export function downloadTable(dictionary: DataDictionary, folder: string, words: Words): HTMLElement {
  return dataTable(dictionaryTables(dictionary, words), downloadColumns(folder, words), {
    caption: words.downloads.caption,
    words,
  });
}

/** What the columns of each table mean, behind its name. */
export function columnTables(dictionary: DataDictionary, words: Words): HTMLElement[] {
  const { downloads } = words;
  return dictionaryTables(dictionary, words).map(({ table, columns }) =>
    element(
      "details",
      { class: "mb-twin" },
      element("summary", {}, downloads.dictionaryOf(table)),
      dataTable(
        columns,
        [
          { label: downloads.column, text: ({ name }) => name },
          { label: downloads.type, text: ({ type }) => type },
          { label: downloads.meaning, text: ({ meaning }) => meaning },
        ],
        { caption: downloads.dictionaryOf(table), words },
      ),
    ),
  );
}

/** Where the numbers come from, as the release says. */
export function provenanceTable(release: unknown, words: Words): HTMLElement {
  const { downloads } = words;
  return dataTable(
    provenanceRows(release),
    [
      { label: downloads.field, text: ({ field }) => field },
      { label: downloads.value, text: ({ value }) => inEnglish(value) },
    ],
    { caption: downloads.provenance, words, limit: 40 },
  );
}
