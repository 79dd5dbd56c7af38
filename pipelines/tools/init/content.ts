import type { Column } from "./columns.js";

/** Values that are there, as they are. */
export function present(values: readonly unknown[]): unknown[] {
  return values.filter((value) => value !== undefined && value !== null && value !== "");
}

/** A value as text: texts and numbers as they are written, truth values as `true` and `false`; null for anything else. */
export function asText(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

/** The texts of a column's values, without those that are lists or objects. */
export function textsOf(column: Pick<Column, "values">): string[] {
  return present(column.values).flatMap((value) => asText(value) ?? []);
}

export function isMostly(
  values: readonly unknown[],
  test: (value: unknown) => boolean,
  share = 0.9,
): boolean {
  const given = present(values);
  return given.length > 0 && given.filter(test).length >= given.length * share;
}

const isScalar = (value: unknown): boolean => asText(value) !== null;

/** Texts, numbers or truth values, and none of them longer than a name. */
export function areNames({ values }: Column, longest = 200): boolean {
  return isMostly(values, isScalar, 1) && textsOf({ values }).every((text) => text.length <= longest);
}

export function distinct(column: Pick<Column, "values">): Set<string> {
  return new Set(textsOf(column));
}

const right = [
  "true",
  "yes",
  "correct",
  "right",
  "pass",
  "passed",
  "t",
  "y",
  "verdadeiro",
  "sim",
  "正确",
  "对",
  "是",
  "√",
  "✓",
  "✔",
  "对的",
];
const wrong = [
  "false",
  "no",
  "incorrect",
  "wrong",
  "fail",
  "failed",
  "f",
  "n",
  "falso",
  "não",
  "nao",
  "错误",
  "错",
  "否",
  "×",
  "✗",
  "✘",
  "x",
  "不正确",
];
/** Words that say whether an answer was right. */
export const verdictWords = { right, wrong };

/** A score as a number: numbers, percentages, truth values and words for right and wrong; null for anything else. */
export function scoreOf(value: unknown): number | null {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  const text = value.normalize("NFKC").trim().toLowerCase();
  if (right.includes(text)) return 1;
  if (wrong.includes(text)) return 0;
  const number = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%|分)?$/.exec(text);
  return number === null ? null : Number(number[1]);
}

export function areScores({ values }: Pick<Column, "values">): boolean {
  return isMostly(values, (value) => scoreOf(value) !== null, 0.95);
}

export function areNumbers({ values }: Pick<Column, "values">): boolean {
  return isMostly(
    values,
    (value) =>
      typeof value === "number" || (typeof value === "string" && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)),
    0.98,
  );
}

export function areWholeNumbers({ values }: Pick<Column, "values">): boolean {
  return isMostly(values, (value) => /^\s*-?\d+(\.0+)?\s*$/.test(asText(value) ?? "x"), 1);
}

const oneLetter = /^\s*[([【]?\s*([A-L])\s*[)\]】.、:。]?\s*$/i;
const letterAndText = /^\s*(?:[([【]\s*([A-L])\s*[)\]】]|([A-L])\s*[.、:)．：])\s*\S/i;

/** Whether a text is one option letter, also with brackets or with the option's text behind it. */
export function isLetter(text: string): boolean {
  const plain = text.normalize("NFKC");
  return (
    oneLetter.test(plain) || letterAndText.test(plain) || /^(?:选项|option )\s*[A-L]$/i.test(plain.trim())
  );
}

/** Whether a text is two or more option letters: `ABD`, `A,C`, `A、C`. */
export function isLetters(text: string): boolean {
  const plain = text.normalize("NFKC").replace(/[\s,、;|&+/和]/g, "");
  if (!/^(?:[A-L]{2,8}|[a-l]{2,8})$/.test(plain)) return false;
  const letters = [...plain.toUpperCase()];
  return letters.every((letter, at) => at === 0 || letter > (letters[at - 1] as string));
}

/** The share of Chinese characters among the letters of texts. */
export function languageOf(texts: readonly string[]): string {
  const sample = texts.slice(0, 200).join(" ").slice(0, 100_000);
  const han = sample.match(/\p{Script=Han}/gu)?.length ?? 0;
  const kana = sample.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (kana > han / 5 && kana > 10) return "ja";
  if (han > latin / 4 && han > 0) return "zh";
  const english = sample.match(/\b(the|of|and|is|with|which|what|patient|following)\b/gi)?.length ?? 0;
  return english * 25 > sample.split(/\s+/).length ? "en" : "und";
}
