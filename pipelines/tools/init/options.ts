import { literal } from "../../warehouse/sql.js";
import { type Column, columnWords } from "./column.js";
import { asText, present } from "./content.js";
import type { Recognized } from "./recognize.js";

/** How options get into a mapping, and which texts they have by record. */
export interface Options {
  readonly sql: string;
  /** Texts in their order by record; none where they are not known. */
  readonly texts: readonly (readonly string[])[];
  readonly words: string;
  /** SQL for the letter of the option with a given text. */
  readonly letterOf: ((sql: string) => string) | null;
}

/** A text as the text of an option is compared. */
const plain = (sql: string) => `lower(trim(${sql}))`;
const letterAt = (at: number) => String.fromCharCode(65 + at);

/** SQL for the letter of the option of a list that has a given text; `textOf` is the text of an element. */
const letterInList =
  (list: string, textOf: (element: string) => string = (element) => element) =>
  (sql: string) =>
    `chr(64 + nullif(list_position(list_transform(${list}, lambda o: ${plain(textOf("o"))}), ${plain(sql)}), 0))`;

/** Options in columns of their own, or in one column as an object, a list or a text; null where there are none. */
export function optionsOf({ roles, optionColumns }: Recognized): {
  options: Options | null;
  note: string | null;
} {
  if (optionColumns.length > 0) return { options: inColumns(optionColumns), note: null };
  const { options: column } = roles;
  if (column === undefined) return { options: null, note: null };
  const options = inOne(column);
  return {
    options,
    note:
      options === null
        ? `${columnWords(column)} has options in a form that is not read, so only answers with a letter can be read; write \`options\` in the mapping: docs/mapping.md`
        : null,
  };
}

function inColumns(columns: Recognized["optionColumns"]): Options {
  const n = columns[0]?.column.values.length ?? 0;
  const texts = Array.from({ length: n }, (_, at) =>
    columns
      .map(({ column }) => asText(column.values[at]) ?? "")
      .filter((text, place, all) => text !== "" || all.slice(place).some((later) => later !== "")),
  );
  return {
    sql: `json_object(${columns.map(({ letter, column }) => `${literal(letter)}, ${column.sql}`).join(", ")})`,
    texts,
    words: `columns ${columns.map(({ column }) => JSON.stringify(column.name)).join(", ")}`,
    letterOf: (sql) =>
      `CASE ${plain(sql)} ${columns.map(({ letter, column }) => `WHEN ${plain(column.sql)} THEN ${literal(letter)}`).join(" ")} END`,
  };
}

function inOne(column: Column): Options | null {
  const words = columnWords(column);
  const values = present([...column.values]);
  const isList = values.every(Array.isArray);
  if (isList && values.every((value) => (value as unknown[]).every((one) => asText(one) !== null))) {
    const texts = column.values.map((value) =>
      Array.isArray(value) ? value.map((one) => asText(one) as string) : [],
    );
    if (
      texts.every((one) =>
        one.every((text, at) => new RegExp(`^\\s*[(（]?${letterAt(at)}[)）.．、:：]\\s*`).test(text)),
      )
    )
      return {
        sql: `to_json(map(list_transform(${column.sql}, lambda o: regexp_extract(o, '([A-Z])', 1)), list_transform(${column.sql}, lambda o: regexp_replace(o, '^\\s*[(（]?[A-Z][)）.．、:：]\\s*', ''))))`,
        texts: texts.map((one) => one.map((text) => text.replace(/^\s*[(（]?[A-Z][)）.．、:：]\s*/, ""))),
        words: `${words}, a list of texts with their letters`,
        letterOf: null,
      };
    return {
      sql: `to_json(map(list_transform(range(1, len(${column.sql}) + 1), lambda n: chr(CAST(64 + n AS INTEGER))), ${column.sql}))`,
      texts,
      words: `${words}, a list: the first is A`,
      letterOf: letterInList(column.sql),
    };
  }
  if (isList) return listOfObjects(column, words);
  if (values.every((value) => typeof value === "object")) return inObject(column, words);
  return values.every((value) => typeof value === "string") ? inText(column, words) : null;
}

/** `[{"key": "A", "value": "..."}]`. */
function listOfObjects(column: Column, words: string): Options | null {
  const entries = present([...column.values]).flat() as Readonly<Record<string, unknown>>[];
  if (!entries.every((entry) => typeof entry === "object" && entry !== null)) return null;
  const keys = ["key", "label", "letter", "id", "option", "name"].find((key) =>
    entries.every((entry) => /^[A-Ja-j]$/.test(asText(entry[key]) ?? "")),
  );
  const texts = ["value", "text", "content", "answer", "option", "description"].find(
    (key) => key !== keys && entries.every((entry) => asText(entry[key]) !== null),
  );
  if (keys === undefined || texts === undefined) return null;
  const byRecord = column.values.map((value) =>
    Array.isArray(value)
      ? value.map((entry) => asText((entry as Record<string, unknown>)[texts]) as string)
      : [],
  );
  return {
    sql: `to_json(map(list_transform(${column.sql}, lambda o: upper(o.${keys})), list_transform(${column.sql}, lambda o: o.${texts})))`,
    texts: byRecord,
    words: `${words}, a list of objects`,
    letterOf: letterInList(column.sql, (element) => `${element}.${texts}`),
  };
}

/** `{"A": "...", "B": "..."}`, or `{"label": ["A", "B"], "text": ["...", "..."]}`. */
function inObject(column: Column, words: string): Options | null {
  const objects = present([...column.values]) as Readonly<Record<string, unknown>>[];
  if (objects.every(({ label, text }) => Array.isArray(label) && Array.isArray(text)))
    return {
      sql: `to_json(map(${column.sql}.label, ${column.sql}.text))`,
      texts: column.values.map((value) =>
        ((value as { text?: unknown[] } | undefined)?.text ?? []).map(String),
      ),
      words: `${words}, labels and texts`,
      letterOf: null,
    };
  const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))].sort();
  if (!keys.every((key) => /^[A-Za-z]$/.test(key))) return null;
  const texts = column.values.map((value) =>
    Object.entries((value ?? {}) as Record<string, unknown>)
      .filter(([, text]) => text !== null)
      .map(([, text]) => String(text)),
  );
  return {
    sql: `to_json(${column.sql})`,
    texts,
    words: `${words}, an object from letter to text`,
    letterOf: (sql) =>
      `CASE ${plain(sql)} ${keys.map((key) => `WHEN ${plain(`${column.sql}.${key}`)} THEN ${literal(key.toUpperCase())}`).join(" ")} END`,
  };
}

const mark = String.raw`[(（]?([A-J])[)）.．、:：]\s*`;

/** One text with all options: JSON, or `A. ...` and so on, on lines or one after the other. */
function inText(column: Column, words: string): Options | null {
  const parsedValues = column.values.map((value) => (typeof value === "string" ? parsed(value) : undefined));
  if (
    column.values.every(
      (value, at) =>
        typeof value !== "string" ||
        value === "" ||
        (typeof parsedValues[at] === "object" && parsedValues[at] !== null),
    )
  ) {
    const inner = inOne({ ...column, values: parsedValues });
    if (inner === null || inner.words.includes("objects")) return null;
    const isList = inner.words.includes("a list");
    const letters = `(${column.sql})::JSON`;
    return {
      ...inner,
      sql: isList
        ? `to_json(map(list_transform(range(1, json_array_length(${letters})::BIGINT + 1), lambda n: chr(CAST(64 + n AS INTEGER))), CAST(${letters} AS VARCHAR[])))`
        : column.sql,
      letterOf: isList ? letterInList(`CAST(${letters} AS VARCHAR[])`) : null,
      words: `${inner.words}, as JSON text`,
    };
  }
  const split = (text: string) => {
    const marks = [...text.matchAll(new RegExp(`(?:^|[\\s;；|,，])${mark}`, "g"))];
    const isInOrder = marks.length >= 2 && marks.every((found, at) => found[1] === letterAt(at));
    return isInOrder
      ? marks.map((found, at) =>
          text
            .slice((found.index as number) + found[0].length, marks[at + 1]?.index ?? text.length)
            .replace(/[\s;；|,，]+$/, ""),
        )
      : null;
  };
  const texts = column.values.map((value) => (typeof value === "string" && value !== "" ? split(value) : []));
  if (texts.some((one) => one === null)) return null;
  const lines = `string_split_regex(regexp_replace(trim(${column.sql}), '(^|[\\s;；|,，])[(（]?([A-J])[)）.．、:：]\\s*', chr(30) || '\\2' || chr(31), 'g'), chr(30))`;
  const parts = `list_filter(${lines}, lambda o: contains(o, chr(31)))`;
  return {
    sql: `to_json(map(list_transform(${parts}, lambda o: split_part(o, chr(31), 1)), list_transform(${parts}, lambda o: trim(split_part(o, chr(31), 2)))))`,
    texts: texts as string[][],
    words: `${words}, one text with a letter before each option`,
    letterOf: null,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
