import { chineseMeanings } from "../../../src/lib/records/chinese-meanings.js";
import {
  type DataDictionary,
  type ReleasedName,
  releasedNames,
  releasedTables,
} from "../../../src/lib/records/released-tables.js";

/** What each released table and column means, in English and Chinese. */
export function dataDictionary(): DataDictionary {
  return Object.fromEntries(releasedNames.map((name) => [name, describe(name)]));
}

function describe(name: ReleasedName): DataDictionary[string] {
  const { grain, columns } = releasedTables[name];
  const chinese: { readonly grain: string; readonly columns: Readonly<Record<string, string>> } =
    chineseMeanings[name];
  const described = Object.entries(columns).map(([column, { type, meaning }]) => [
    column,
    { type, meaning: { en: meaning, zh: chinese.columns[column] as string } },
  ]);
  return { grain: { en: grain, zh: chinese.grain }, columns: Object.fromEntries(described) };
}
