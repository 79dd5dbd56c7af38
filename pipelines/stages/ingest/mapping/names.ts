import type { Mapping, MappingTable } from "../../../../src/lib/records/mapping.js";
import { mappedTables } from "../../../../src/lib/records/mapping.js";
import { mappedRules } from "./rules.js";

/** The names that the SQL of a mapping contains: columns, keys, functions and words of SQL alike. */
export class MappingNames {
  readonly #spellings = new Map<string, Set<string>>();
  /** Keys whose values go into a text column as they are, in lower case. */
  readonly textKeys: ReadonlySet<string>;
  /** Whether an expression or a column deals with JSON, so that objects may become text. */
  readonly writesJson: boolean;

  constructor(mapping: Mapping) {
    const tables = mappedTables.flatMap((name) => {
      const table = mapping.tables[name];
      return table === undefined ? [] : [{ name, table }];
    });
    const texts = tables.flatMap(({ table }) => sqlOf(table));
    for (const name of texts.flatMap(namesIn)) {
      const spellings = this.#spellings.get(name.toLowerCase()) ?? new Set();
      this.#spellings.set(name.toLowerCase(), spellings.add(name));
    }
    const aliases = new Map(tables.flatMap(({ table }) => [...aliasesIn(table.from)]));
    const textKeys = tables.flatMap(({ name, table }) => keysOfTextColumns(mappedRules[name], table));
    this.textKeys = new Set(textKeys.flatMap((key) => [key, aliases.get(key) ?? key]));
    this.writesJson =
      texts.some((text) => /json/i.test(text)) ||
      tables.some(({ name, table }) => mappedRules[name].json.some((column) => column in table.columns));
  }

  /** Whether the name occurs, in any case. */
  has(name: string): boolean {
    return this.#spellings.has(name.toLowerCase());
  }

  /** Whether the name occurs with exactly these letters. */
  hasSpelling(name: string): boolean {
    return this.#spellings.get(name.toLowerCase())?.has(name) ?? false;
  }

  /** Whether names such as `column0` occur: those of columns that have no name of their own. */
  get hasPositions(): boolean {
    return [...this.#spellings.keys()].some((name) => /^column\d+$/.test(name));
  }
}

function sqlOf({ from, columns }: MappingTable): string[] {
  return [from, ...Object.values(columns).filter((value) => typeof value === "string")];
}

/** Names in a piece of SQL, outside of its texts and comments. */
function namesIn(sql: string): string[] {
  const code = sql.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, " ");
  return [...code.matchAll(/"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{M}\p{N}_$]*)/gu)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? (plain as string),
  );
}

const name = String.raw`(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{M}\p{N}_]*)`;
const path = String.raw`(?:${name}(?:\[-?\d+\])*\.)*${name}`;
const plainPath = new RegExp(
  String.raw`^\s*(?:CAST\(\s*)?(${path})(?:\s+AS\s+(?:VARCHAR|TEXT|STRING)\s*\)|\s*::\s*(?:VARCHAR|TEXT|STRING))?\s*$`,
  "iu",
);

function keysOfTextColumns({ columns, json }: (typeof mappedRules)["items"], table: MappingTable): string[] {
  return Object.entries(table.columns)
    .filter(([column]) => columns[column]?.type === "VARCHAR" && !json.includes(column))
    .map(([, sql]) => (typeof sql === "string" ? plainPath.exec(sql)?.[1] : undefined))
    .filter((found) => found !== undefined)
    .map(lastName);
}

function lastName(path: string): string {
  return (namesIn(path).at(-1) as string).toLowerCase();
}

/** Columns of a SELECT that are renamed without a change: new name to the old one's last key. */
function aliasesIn(from: string): Map<string, string> {
  const renamed = new RegExp(String.raw`(${path})\s+AS\s+(${name})`, "giu");
  return new Map(
    [...from.matchAll(renamed)].map(([, old, alias]) => [lastName(alias as string), lastName(old as string)]),
  );
}
