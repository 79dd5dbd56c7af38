import { InputError } from "../../../src/lib/errors.js";
import { literal } from "../../warehouse/sql.js";
import type { Column } from "./columns.js";
import { present, scoreOf, verdictWords } from "./content.js";
import { type Answers, answerTo } from "./open-question.js";
import { statedScale } from "./stated-scale.js";

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly words: string;
}

/**
 * The scale of columns with scores: stated, or read from the values where one scale is plain. Shares, right and wrong, and percentages
 * can be told apart; grades such as 1 to 5 can, if the lowest and highest grade occur.
 */
export function scaleOf(columns: readonly Column[], answers: Answers, what: string): Scale {
  const stated = statedScale(answers.get("scale") ?? "");
  if (stated !== null) return { ...stated, words: `${stated.min} to ${stated.max}, as stated` };
  const numbers = columns.flatMap(({ values }) =>
    present([...values]).flatMap((value) => scoreOf(value) ?? []),
  );
  const [lowest, highest] = numbers.reduce(
    ([low, high], number) => [Math.min(low, number), Math.max(high, number)],
    [Infinity, -Infinity],
  );
  const areWhole = numbers.every(Number.isInteger);
  if (lowest >= 0 && highest <= 1)
    return { min: 0, max: 1, words: areWhole ? "0 or 1" : "shares from 0 to 1" };
  if (areWhole && lowest >= 1 && [3, 4, 5, 6, 7, 10].includes(highest))
    return { min: 1, max: highest, words: `1 to ${highest}, the lowest and highest that occur` };
  if (areWhole && lowest === 0 && [2, 3, 4, 5, 10].includes(highest))
    return { min: 0, max: highest, words: `0 to ${highest}, the lowest and highest that occur` };
  if (lowest >= 0 && highest > 10 && highest <= 100) return { min: 0, max: 100, words: "0 to 100" };
  const found = `${lowest} to ${highest}`;
  const answer = answerTo(answers, {
    id: "scale",
    text: `${what} has values from ${found}. What are the lowest and the highest score of the scale (for example 0-10)?`,
    option: "--scale 0-10",
  });
  throw new InputError(`the scale ${JSON.stringify(answer)} is not two numbers, the lower one first`, {
    hint: "Write it as 0-10.",
  });
}

/** SQL for the score in a column as a number. */
export function scoreSql(column: Column): string {
  const given = present([...column.values]);
  if (given.every((value) => typeof value === "number")) return column.sql;
  if (given.every((value) => typeof value === "boolean")) return `CAST(${column.sql} AS INTEGER)`;
  const text = `lower(trim(CAST(${column.sql} AS VARCHAR)))`;
  const words = new Set(given.map((value) => String(value).normalize("NFKC").trim().toLowerCase()));
  const right = verdictWords.right.filter((word) => words.has(word));
  const wrong = verdictWords.wrong.filter((word) => words.has(word));
  const number = `TRY_CAST(regexp_replace(${text}, '\\s*[%分]$', '') AS DOUBLE)`;
  if (right.length + wrong.length === 0)
    return [...words].every((word) => /^[+-]?\d*\.?\d+$/.test(word))
      ? `CAST(${column.sql} AS DOUBLE)`
      : number;
  const cases = [
    ...(right.length > 0 ? [`WHEN ${text} IN (${right.map(literal).join(", ")}) THEN 1`] : []),
    ...(wrong.length > 0 ? [`WHEN ${text} IN (${wrong.map(literal).join(", ")}) THEN 0`] : []),
  ];
  return `CASE ${cases.join(" ")} ELSE ${number} END`;
}
