// cspell:ignore asof
import { identifier, literal } from "../../warehouse/sql.js";
import { lastMessages } from "./chat.js";
import type { Column } from "./column.js";
import type { FileSample } from "./file-sample.js";

const deepest = 6;
const mostColumns = 400;

/** The columns of files of one kind, over all their records; also those at paths that the user named, such as `messages[3].content`. */
export function columnsOf(files: readonly FileSample[], paths: readonly string[] = []): readonly Column[] {
  const [first] = files;
  if (first === undefined) return [];
  const found = new Map<string, { keys: string[]; sql: string; values: unknown[]; isOutside: boolean }>();
  const total = files.reduce((sum, { records }) => sum + records.length, 0);
  const add = (path: Path, value: unknown, at: number, isOutside: boolean): void => {
    const name = nameOf(path);
    // A document and its records may have keys of one name.
    const key = `${isOutside ? "outside " : ""}${name}`;
    let column = found.get(key);
    if (column === undefined) {
      if (found.size >= mostColumns) return;
      const sql =
        isOutside || first.place !== "values" ? sqlOf(path, first.place, isOutside) : jsonPath(path);
      column = {
        keys: path.filter((step) => typeof step === "string"),
        sql,
        values: new Array(total),
        isOutside,
      };
      found.set(key, column);
    }
    column.values[at] = value;
  };
  let at = 0;
  for (const { records, document, place } of files) {
    const outside: [Path, unknown][] = [];
    const [listKey] = place === "values" ? [] : place;
    if (listKey !== undefined)
      walk(document, [], (path, value) => outside.push([path, value]), place as readonly string[]);
    for (const record of records) {
      for (const [path, value] of outside) if (!Array.isArray(value)) add(path, value, at, true);
      walk(record, [], (path, value) => add(path, value, at, false));
      at += 1;
    }
  }
  const columns = [...found].map(([key, column]) => ({
    ...column,
    name: column.isOutside ? key.slice("outside ".length) : key,
  }));
  const records = files.flatMap((file) => file.records);
  const named = paths.flatMap((path) => {
    if (columns.some(({ name: known }) => known === path)) return [];
    const steps = stepsOf(path);
    const values = records.map((record) => valueAt(record, steps));
    if (steps.length === 0 || values.every((value) => value === undefined)) return [];
    const sql = first.place === "values" ? jsonPath(steps) : sqlOf(steps, first.place, false);
    return [
      { name: path, keys: steps.filter((step) => typeof step === "string"), sql, values, isOutside: false },
    ];
  });
  return [...columns, ...columns.flatMap((column) => lastMessages(column)), ...named];
}

/** `a.b[3].c` as steps. */
function stepsOf(path: string): Path {
  return [...path.matchAll(/([^.[\]]+)|\[(-?\d+)\]/g)].map(([, key, position]) => key ?? Number(position));
}

function valueAt(record: unknown, steps: Path): unknown {
  return steps.reduce<unknown>((value, step) => {
    if (typeof step === "number")
      return Array.isArray(value) ? value.at(step > 0 ? step - 1 : step) : undefined;
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[step] : undefined;
  }, record);
}

type Path = readonly (string | number)[];

/** Calls `found` for every value that is no object, and for lists, which are also walked into at their first entry. */
function walk(
  value: unknown,
  path: Path,
  found: (path: Path, value: unknown) => void,
  leaveOut: readonly string[] = [],
): void {
  if (value === null || value === undefined) {
    if (path.length > 0 && value === null) found(path, null);
    return;
  }
  if (Array.isArray(value)) {
    found(path, value);
    if (path.length < deepest && value.length > 0 && typeof value[0] === "object")
      walk(value[0], [...path, 1], found);
    else if (path.length < deepest && (value.length === 1 || path.at(-1) === "turns"))
      found([...path, 1], value[0]);
    return;
  }
  if (typeof value !== "object") {
    found(path, value);
    return;
  }
  if (path.length > 0) found(path, value);
  if (path.length >= deepest) return;
  for (const [key, inner] of Object.entries(value)) {
    const next = [...path, key];
    const isRecords =
      leaveOut.length > 0 &&
      leaveOut.length === next.length &&
      leaveOut.every((part, at) => part === next[at]);
    if (!isRecords) walk(inner, next, found, leaveOut);
  }
}

function nameOf(path: Path): string {
  return path.reduce<string>(
    (name, step) => (typeof step === "number" ? `${name}[${step}]` : name === "" ? step : `${name}.${step}`),
    "",
  );
}

/** The alias of a record that was taken out of a list. */
export const recordAlias = "record";

function sqlOf(path: Path, place: FileSample["place"], isOutside: boolean): string {
  const inRecord = place.length > 0 && !isOutside ? [recordAlias, ...path] : path;
  return inRecord.reduce<string>(
    (sql, step) =>
      typeof step === "number" ? `${sql}[${step}]` : sql === "" ? name(step) : `${sql}.${name(step)}`,
    "",
  );
}

/** A value inside a JSON value, as text if it is a text. */
function jsonPath(path: Path): string {
  if (path.length === 1 && path[0] === "key") return "key";
  const text = path
    .map((step) => (typeof step === "number" ? `[${step - 1}]` : `."${step.replaceAll('"', '\\"')}"`))
    .join("");
  return `(${recordAlias} ->> ${literal(`$${text}`)})`;
}

const words = new Set(
  `all analyse analyze and any array as asc asymmetric between bigint bit boolean both case cast char character check coalesce collate
   column columns constraint create cross current_date dec decimal default deferrable desc describe distinct do else end except exists
   extract false fetch float for foreign freeze from full generated glob group grouping having ilike in initially inner inout int integer
   intersect interval into is isnull join key_block lambda lateral leading left like limit map national natural nchar none not notnull null
   nullif numeric offset on only or order out outer over overlaps overlay pivot placing position positional precision primary qualify real
   record_block references returning right row select semi anti setof show similar smallint some struct substring summarize symmetric table
   tablesample then time timestamp to trailing treat trim true try_cast union unique unpivot user using values varchar variadic verbose
   when where window with asof authorization binary collation concurrently`.split(/\s+/),
);

/** A name as SQL writes it, with quotation marks only where they are needed. */
export function name(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !words.has(text.toLowerCase()) ? text : identifier(text);
}
