import { cellOf } from "./cell-numbers.js";
import type { Column } from "./column.js";

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

/** Whether values are short codes such as `Q1`, `case-017`, `第3题` or `12`, and no texts. */
export function areCodes(column: Pick<Column, "values">): boolean {
  return isMostly(column.values, (value) => {
    const text = asText(value)?.trim() ?? "";
    return text.length <= 24 && /^[\p{L}_.#:/-]{0,16}\d[\p{L}\d_.#:/-]*$/u.test(text);
  });
}

export function distinct(column: Pick<Column, "values">): Set<string> {
  return new Set(textsOf(column));
}

/** Whether most cells that are not blank have a score; single ones that are not are named, and cost themselves only. */
export function areScores({ values }: Pick<Column, "values">): boolean {
  let [numbers, texts] = [0, 0];
  for (const value of values) {
    const { kind } = cellOf(value);
    if (kind === "number") numbers += 1;
    if (kind === "text") texts += 1;
  }
  return numbers > texts;
}

/** Whether no cell has anything but a mark such as N/A. */
export function areBlank({ values }: Pick<Column, "values">): boolean {
  return values.every((value) => cellOf(value).kind === "blank");
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
