// cspell:ignore verdadeira falsa

import { InputError } from "../../../src/lib/errors.js";
import { type Column, columnWords } from "./column.js";
import { areWholeNumbers, asText, isLetter, isLetters, present, textsOf } from "./content.js";
import { type Answers, answerTo } from "./open-question.js";
import type { Options } from "./options.js";

/** Numbers, percentages, dates and durations in weeks and days. */
const isQuantity =
  /^\s*(?:-?\d+(?:[.,]\d+)?\s*%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\(?'?\d+ weeks?'?(?:, )?'?\d+ days?'?\)?)\s*$/;

export type GoldKind =
  | "letter"
  | "letters"
  | "label"
  | "labels"
  | "number"
  | "list"
  | "object"
  | "text"
  | "none";

export interface Gold {
  readonly sql: string;
  /** Kind of the gold of each record. */
  readonly kinds: readonly GoldKind[];
  readonly words: string;
}

/** How the gold answers are written, and the expression that gives them as the scorers compare them. */
export function goldOf(
  column: Column,
  {
    options,
    answer,
    limits,
  }: {
    readonly options: Options | null;
    readonly answer: Column | undefined;
    readonly limits: readonly [Column, Column] | null;
  },
  answers: Answers,
): Gold {
  const words = columnWords(column);
  const all = (kind: GoldKind): GoldKind[] =>
    column.values.map((value) => (value === undefined || value === null || value === "" ? "none" : kind));
  const given = present([...column.values]);
  const texts = textsOf(column);
  if (given.every((value) => typeof value === "object")) {
    const isList = given.every(Array.isArray);
    const areMarks =
      isList &&
      given.every((value) => (value as unknown[]).every((one) => /^[A-La-l]$/.test(asText(one) ?? "")));
    if (areMarks)
      return { sql: `to_json(${column.sql})`, kinds: all("letters"), words: `${words}, lists of letters` };
    return { sql: `to_json(${column.sql})`, kinds: all(isList ? "list" : "object"), words };
  }
  const known = options?.texts.some((one) => one.length > 0) ?? false;
  const lettered = texts.filter((text) => isLetter(text) || isLetters(text)).length;
  // A few values that are no letters are refused by the ingest, one by one.
  if (lettered >= texts.length * 0.98)
    return {
      sql: `to_json(${column.sql})`,
      kinds: column.values.map((value) => {
        const text = asText(value);
        if (text === null || text === "") return "none";
        return isLetter(text) ? "letter" : isLetters(text) ? "letters" : "none";
      }),
      words: `${words}, option letters`,
    };
  if (known && options !== null) {
    if (areWholeNumbers(column)) {
      if (answer !== undefined && areWholeNumbers(answer)) {
        const text = `CAST(${column.sql} AS VARCHAR)`;
        return {
          sql: `to_json(${text})`,
          kinds: all("label"),
          words: `${words}, compared with the answers as numbers`,
        };
      }
      return positions(column, options, answers, words);
    }
    const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();
    const kinds = column.values.map((value, at): GoldKind => {
      const text = asText(value);
      return text !== null && (options.texts[at] ?? []).some((option) => same(option, text))
        ? "letter"
        : "none";
    });
    const named = kinds.filter((kind) => kind === "letter").length;
    const withOptions = column.values.filter(
      (value, at) => asText(value) !== null && (options.texts[at]?.length ?? 0) > 0,
    ).length;
    if (options.letterOf !== null && named > 0 && withOptions < texts.length && named >= withOptions * 0.95)
      return {
        sql: `to_json(coalesce(${options.letterOf(column.sql)}, ${column.sql}))`,
        kinds: kinds.map((kind, at) =>
          kind === "letter" || asText(column.values[at]) === null ? kind : "text",
        ),
        words: `${words}, the text of the right option, and texts where there are no options`,
      };
    if (named >= texts.length * 0.95 && options.letterOf !== null)
      return {
        sql: `to_json(${options.letterOf(column.sql)})`,
        kinds,
        words: `${words}, the text of the right option`,
      };
  }
  const values = new Set(texts.map((text) => text.trim().toLowerCase()));
  const isNumeric = texts.every((text) => isQuantity.test(text));
  const areLabels =
    values.size <= 30 && values.size * 3 <= texts.length && texts.every((text) => text.length <= 40);
  const areYesNo = [...values].every((value) =>
    [
      "yes",
      "no",
      "maybe",
      "true",
      "false",
      "是",
      "否",
      "对",
      "错",
      "正确",
      "错误",
      "verdadeira",
      "falsa",
      "verdadeiro",
      "falso",
      "v",
      "f",
      "0",
      "1",
    ].includes(value),
  );
  if (areYesNo || (areLabels && !(isNumeric && values.size > 5)))
    return {
      sql: `to_json(CAST(${column.sql} AS VARCHAR))`,
      kinds: all("label"),
      words: `${words}, ${values.size} labels`,
    };
  const arePiped = texts.filter((text) => text.includes("|")).length;
  if (
    arePiped > texts.length * 0.2 &&
    texts.every((text) => text.split("|").every((part) => part.length <= 40))
  )
    return {
      sql: `to_json(string_split(${column.sql}, '|'))`,
      kinds: all("labels"),
      words: `${words}, labels between |`,
    };
  if (isNumeric && limits !== null) {
    const number = (limit: Column) => `TRY_CAST(${limit.sql} AS DOUBLE)`;
    return {
      sql: `CASE WHEN ${number(column)} IS NULL THEN to_json(${column.sql}) ELSE json_object('value', ${number(column)}, 'lower', ${number(limits[0])}, 'upper', ${number(limits[1])}) END`,
      kinds: all("number"),
      words: `${words}, numbers from ${JSON.stringify(limits[0].name)} to ${JSON.stringify(limits[1].name)}`,
    };
  }
  if (isNumeric) return { sql: `to_json(${column.sql})`, kinds: all("number"), words: `${words}, numbers` };
  return { sql: `to_json(${column.sql})`, kinds: all("text"), words: `${words}, texts` };
}

/** A position among the options; whether the first is 0 or 1 is read from the values, or asked. */
function positions(column: Column, options: Options, answers: Answers, words: string): Gold {
  const numbers = column.values.map((value) => Number(asText(value) ?? Number.NaN));
  const hasZero = numbers.includes(0);
  const hasLast = numbers.some((number, at) => number > 0 && number === options.texts[at]?.length);
  const shown = hasZero && !hasLast ? "0" : hasLast && !hasZero ? "1" : null;
  const stated = answers.get("first option");
  if (stated !== undefined && shown !== null && stated !== shown)
    throw new InputError(
      `--first-option ${stated}: ${words} has ${shown === "0" ? "the position 0" : "the number of options as a position"}, so the first option is ${shown}`,
      { hint: `Write --first-option ${shown}, or leave it out.` },
    );
  const first =
    shown ??
    answerTo(answers, {
      id: "first option",
      text: `Column ${JSON.stringify(column.name)} has positions of the right option. Is the first option 0 or 1?`,
      choices: ["0", "1"],
      option: "--first-option 0 (or 1)",
    });
  const lowest = first === "0" ? 0 : 1;
  return {
    sql: `to_json(CASE WHEN CAST(${column.sql} AS INTEGER) >= ${lowest} THEN chr(${65 - lowest} + CAST(${column.sql} AS INTEGER)) END)`,
    kinds: numbers.map((number) => (Number.isNaN(number) || number < lowest ? "none" : "letter")),
    words: `${words}, positions of the right option (the first is ${first})`,
  };
}
