// cspell:ignore verdadeiro falso
import { literal } from "../../warehouse/sql.js";

/** How numbers are written in cells: what a comma, a point, and blanks between digits mean. */
export interface Notation {
  readonly comma: "decimal" | "thousands" | null;
  readonly point: "decimal" | "thousands";
}

/** What a cell of a column of scores has. */
export type Cell =
  | {
      readonly kind: "number";
      readonly value: number;
      readonly form: "plain" | "percent" | "fraction" | "word";
    }
  /** Nothing, or a mark such as `N/A` that says that there is no score. */
  | { readonly kind: "blank" }
  | { readonly kind: "text" };

const right = words(`true yes correct right pass passed t y verdadeiro sim 正确 对 是 √ ✓ ✔ 对的`);
const wrong = words(`false no incorrect wrong fail failed f n falso não nao 错误 错 否 × ✗ ✘ x 不正确`);
const noScore = [
  ...words(
    `n/a na #n/a n.a. nan null none nil - -- --- – — / ? . .. missing unscored ungraded 无 缺 缺失 缺考 空 未评 未评分 未打分 未作答`,
  ),
  "not available",
  "not applicable",
  "not scored",
  "not graded",
  "no score",
  "no grade",
];

function words(text: string): string[] {
  return text.split(/\s+/);
}

/** What a cell says in small letters, without blanks around it, and with ASCII digits and signs. */
const plain = (value: unknown): string => String(value).normalize("NFKC").trim().toLowerCase();

/** Numbers as programs write them. */
export const usualNotation: Notation = { comma: null, point: "decimal" };
const unit = /\s*(?:%|分|points?|pts?\.?)$/;
const fraction = /^([^/]+)\/([^/]+)$/;

/** What a cell is; a comma counts as it does in numbers that can be read in one way only, if `notation` says nothing else. */
export function cellOf(value: unknown, notation: Notation = looseNotation(value)): Cell {
  if (value === undefined || value === null) return { kind: "blank" };
  if (typeof value === "boolean") return { kind: "number", value: value ? 1 : 0, form: "word" };
  if (typeof value === "number")
    return Number.isFinite(value) ? { kind: "number", value, form: "plain" } : { kind: "blank" };
  if (typeof value !== "string") return { kind: "text" };
  const text = plain(value);
  if (text === "" || noScore.includes(text)) return { kind: "blank" };
  if (right.includes(text) || wrong.includes(text))
    return { kind: "number", value: right.includes(text) ? 1 : 0, form: "word" };
  const [, above, below] = fraction.exec(text) ?? [];
  if (above !== undefined && below !== undefined) {
    const [part, whole] = [numberOf(above.trim(), notation), numberOf(below.trim(), notation)];
    return part === null || whole === null || whole <= 0
      ? { kind: "text" }
      : { kind: "number", value: part / whole, form: "fraction" };
  }
  const number = numberOf(text.replace(unit, ""), notation);
  if (number === null) return { kind: "text" };
  return { kind: "number", value: number, form: text.endsWith("%") ? "percent" : "plain" };
}

function numberOf(text: string, { comma, point }: Notation): number | null {
  if (!/^[+-]?(?=[.,]?\d)[\d.,\s'’]*\d[.,]?(?:e[+-]?\d+)?$/.test(text)) return null;
  let digits = text.replace(/[\s'’]/g, "");
  if (/[\s'’]/.test(text) && !/^[+-]?\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d+)?$/.test(text)) return null;
  if (point === "thousands") digits = digits.replaceAll(".", "");
  if (comma === "thousands") digits = digits.replaceAll(",", "");
  if (comma === "decimal") digits = digits.replaceAll(",", ".");
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/.test(digits) ? Number(digits) : null;
}

/** Commas between groups of three digits, with no zero before them: they may be of either kind. */
const maybeThousands = /^[+-]?(?!0,)\d{1,3}(?:,\d{3})+$/;
const surelyThousands = /^[+-]?\d{1,3}(?:(?:,\d{3}){2,}|(?:,\d{3})+\.\d+)$/;
const decimalComma = /^[+-]?(?:\d{0,3}(?:[.\s'’]\d{3})+|\d*),\d+$/;
const pointsBetweenThousands = /^[+-]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})$/;

function looseNotation(value: unknown): Notation {
  if (typeof value !== "string" || !/[,.].*[,.]|,/.test(value)) return usualNotation;
  const { notation } = readNotation([value]);
  return notation ?? { comma: "thousands", point: "decimal" };
}

/** How the numbers among values are written; null with the values between which nothing decides. */
export function readNotation(values: readonly unknown[]): {
  readonly notation: Notation | null;
  /** Where the comma may be of either kind, a value that shows it; where two values contradict each other, both. */
  readonly unclear: readonly string[];
} {
  const found: {
    thousands?: string;
    decimal?: string;
    either?: string;
    points?: string;
    threeDecimals?: string;
  } = {};
  for (const value of values) {
    if (typeof value !== "string" || !/[,.]/.test(value)) continue;
    for (const part of plain(value).split("/")) {
      const text = part.trim().replace(unit, "");
      if (surelyThousands.test(text)) found.thousands ??= value;
      else if (maybeThousands.test(text)) found.either ??= value;
      else if (decimalComma.test(text)) found.decimal ??= value;
      if (pointsBetweenThousands.test(text)) found.points ??= value;
      else if (/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(text)) found.threeDecimals ??= value;
    }
  }
  const { thousands, decimal, either, points, threeDecimals } = found;
  if (thousands !== undefined && decimal !== undefined)
    return { notation: null, unclear: [thousands, decimal] };
  if (decimal !== undefined) {
    if (points === undefined && threeDecimals !== undefined)
      return { notation: null, unclear: [decimal, threeDecimals] };
    return {
      notation: { comma: "decimal", point: points === undefined ? "decimal" : "thousands" },
      unclear: [],
    };
  }
  if (thousands !== undefined) return { notation: { comma: "thousands", point: "decimal" }, unclear: [] };
  if (either !== undefined) return { notation: null, unclear: [either] };
  return {
    notation: points === undefined ? usualNotation : { comma: "decimal", point: "thousands" },
    unclear: [],
  };
}

/** The notation that the user states for commas. */
export function statedNotation(decimal: string): Notation {
  return decimal === "comma"
    ? { comma: "decimal", point: "thousands" }
    : { comma: "thousands", point: "decimal" };
}

/** How cells are turned into numbers by SQL. */
export interface CellReading {
  readonly notation: Notation;
  /** The values that occur. */
  readonly values: readonly unknown[];
}

/**
 * SQL for the number of a cell, null for a blank. A text that is neither fails, so that ingest lists its row; with `isLenient` it
 * is null too.
 */
export function cellSql(sql: string, { notation, values }: CellReading, isLenient = false): string {
  const given = values.filter((value) => value !== undefined && value !== null);
  if (given.every((value) => typeof value === "number")) return sql;
  if (given.every((value) => typeof value === "boolean")) return `CAST(${sql} AS INTEGER)`;
  const texts = new Set(given.map((value) => String(value)));
  const plains = new Set([...texts].map(plain));
  const isWide = [...texts].some((text) => text.normalize("NFKC") !== text && /[！-～]/.test(text));
  const cell = `lower(trim(CAST(${sql} AS VARCHAR)${hasOddBlanks(texts) ? ", ' \\t\\n\\r\u00a0\u3000'" : ""}))`;
  const text = isWide ? `translate(${cell}, '０１２３４５６７８９．，％／－', '0123456789.,%/-')` : cell;
  const some = (list: readonly string[]) => list.filter((word) => plains.has(word));
  const cases = (
    [
      [some(right), "1"],
      [some(wrong), "0"],
      [["", ...some(noScore)].filter((mark) => plains.has(mark)), "NULL"],
    ] as const
  )
    .filter(([list]) => list.length > 0)
    .map(([list, value]) => `WHEN ${text} IN (${list.map(literal).join(", ")}) THEN ${value}`);
  const hasFractions = [...plains].some((one) => fraction.test(one) && !noScore.includes(one));
  const cast = isLenient ? "TRY_CAST" : "CAST";
  const number = (part: string) => `${cast}(${digitsSql(part, plains, notation)} AS DOUBLE)`;
  const value = hasFractions
    ? `${number(`split_part(${text}, '/', 1)`)} / ${number(`split_part(${text}, '/', 2)`)}`
    : number(text);
  if (cases.length === 0) return value;
  return `CASE ${cases.join(" ")} ELSE ${value} END`;
}

const hasOddBlanks = (texts: ReadonlySet<string>): boolean =>
  [...texts].some((text) => /^[\t\n\r\u00a0\u3000]|[\t\n\r\u00a0\u3000]$/.test(text));

function digitsSql(text: string, plains: ReadonlySet<string>, { comma, point }: Notation): string {
  const some = (test: RegExp) => [...plains].some((one) => test.test(one));
  let sql = text;
  if (some(/(?:%|分|points?|pts?\.?)$/)) sql = `regexp_replace(${sql}, '\\s*(%|分|points?|pts?\\.?)$', '')`;
  if (some(/\d[\s'’]+\d/)) sql = `regexp_replace(${sql}, '[\\s''’\u00a0\u202f]', '', 'g')`;
  if (point === "thousands" && some(/\./)) sql = `replace(${sql}, '.', '')`;
  if (comma !== null && some(/,/)) sql = `replace(${sql}, ',', '${comma === "decimal" ? "." : ""}')`;
  return sql;
}
