import { minusSigns, parsePlainNumber } from "./number-text.js";
import { withoutReasoning } from "./reasoning-marks.js";
import { trimMarks } from "./text-normalization.js";

/** Options of `parseNumericText`. */
export interface NumericTextOptions {
  /**
   * Factor that converts each unit to the gold value's unit, by unit text in lower case (`{mg: 1, g: 1000}`). Default
   * none.
   */
  readonly units?: Readonly<Record<string, number>>;
}

/** Result of `parseNumericText`. */
export type NumericText =
  | {
      readonly status: "ok";
      readonly value: number;
      readonly unit: string | null;
      readonly readBy: NumberRule;
    }
  | { readonly status: "range"; readonly lower: number; readonly upper: number }
  | { readonly status: "empty" | "invalid" | "multiple" };

/** The rule that read a number: the whole text is one, or it is the only one in the text. */
export type NumberRule = "whole" | "only-number";

const unsigned = String.raw`(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)`;
/** Words for powers of ten; 千克, 千卡 and the like are units. */
const power = String.raw`(?:\s*(?:[百十]?[万亿]|百(?!分)|千(?:万|亿|(?![克卡帕米瓦焦伏赫升]))|thousand\b|million\b|billion\b))`;
const powers: readonly (readonly [word: string, exponent: number])[] = [
  ...([
    ["十", 1],
    ["百", 2],
    ["千", 3],
    ["万", 4],
    ["亿", 8],
  ] as const),
  ...([
    ["thousand", 3],
    ["million", 6],
    ["billion", 9],
  ] as const),
];
const number = String.raw`[+-]?${unsigned}(?:e[+-]?\d+|\s*[x×*]\s*10\s*\^\s*[+-]?\d+|${power})?`;
const fraction = new RegExp(`^(${number})\\s*/\\s*(${unsigned})$`, "iu");
/** A unit may not start with an arithmetic sign, or `95*5` would be 95 with a unit. */
const unitName = String.raw`(?![x×*+^<>=-])[^\d\s.,/]\S*`;
const range = new RegExp(`^(${number})\\s*(?:-|~|～|to|到|至)\\s*(${number})\\s*(?:${unitName})?$`, "iu");
const withUnit = new RegExp(`^(${number}(?:\\s*/\\s*${unsigned})?)\\s*(${unitName})?$`, "iu");
const anyNumber = new RegExp(`(?<![\\w.]|\\w-)${number}(?:\\s*/\\s*${unsigned})?`, "giu");

/**
 * Reads one number from an answer: decimal, thousands commas, exponent (`1e-3`, `1.2×10^3`), fraction (`3/8`), a word for a
 * power of ten (`1.5万`, `2 million`), an optional unit, an optional `≈` or `=` before it; a range (`3-5`) is reported as such, and
 * a blood pressure (`120/80`) is two numbers. Prose is read only if it
 * contains exactly one number; with several the status is `multiple`, and the first is not taken. Nothing is evaluated:
 * `95*5` is not a number.
 *
 * @example parseNumericText("≈ 1,234.5 mg").value // 1234.5
 */
export function parseNumericText(text: string | null, { units = {} }: NumericTextOptions = {}): NumericText {
  const plain = withoutReasoning(text ?? "")
    .normalize("NFKC")
    .replace(minusSigns, "-")
    .replace(/\*\*|[_`$]/gu, "");
  const answer = trimMarks(plain.trim()).replace(/^[≈=~]\s*/u, "");
  if (answer === "") return { status: "empty" };
  const between = range.exec(answer);
  if (between) return readRange(between[1] as string, between[2] as string);
  const whole = withUnit.exec(answer);
  if (whole) return converted(whole[1] as string, whole[2] ?? null, units, "whole");
  const found = [...answer.matchAll(anyNumber)];
  if (found.length !== 1) return { status: found.length === 0 ? "invalid" : "multiple" };
  const only = found[0] as RegExpExecArray;
  const after = answer.slice(only.index + only[0].length).trimStart();
  const unit = Object.keys(units)
    .filter((name) => after.toLowerCase().startsWith(name.toLowerCase()))
    .sort((a, b) => b.length - a.length)[0];
  // An operator next to the number means an expression or a bound, not an answer.
  if (/^[*+^<>]/u.test(after) || /[*+^<>]\s*$/u.test(answer.slice(0, only.index)))
    return { status: "invalid" };
  return converted(only[0], unit ?? null, units, "only-number");
}

function converted(
  text: string,
  unit: string | null,
  units: Readonly<Record<string, number>>,
  readBy: NumberRule,
): NumericText {
  const value = readNumber(text);
  if (value === null) return { status: "invalid" };
  const key = unit?.toLowerCase();
  const [, factor] = Object.entries(units).find(([known]) => known.toLowerCase() === key) ?? [null, 1];
  return { status: "ok", value: value * factor, unit, readBy };
}

function readRange(from: string, to: string): NumericText {
  // 3-5万 is 3万 to 5万.
  const word = new RegExp(`${power}$`, "iu").exec(to)?.[0] ?? "";
  const isShared = word !== "" && /^[+-]?\d+(?:\.\d+)?$/u.test(from);
  const [a, b] = [readNumber(isShared ? from + word : from), readNumber(to)];
  if (a === null || b === null) return { status: "invalid" };
  return { status: "range", lower: Math.min(a, b), upper: Math.max(a, b) };
}

function readNumber(text: string): number | null {
  const parts = fraction.exec(text);
  if (parts) {
    // A blood pressure: two numbers of two or three digits, the higher one first.
    if (/^\d{2,3}\s*\/\s*\d{2,3}$/u.test(text) && Number.parseInt(text, 10) > Number(parts[2])) return null;
    const [top, bottom] = [readNumber(parts[1] as string), readNumber(parts[2] as string)];
    return top === null || bottom === null || bottom === 0 ? null : top / bottom;
  }
  const [digits = ""] = text.split(/\s*(?=[百千万亿十tmb])/iu);
  const exponent = powers.reduce(
    (sum, [word, tens]) => sum + (text.toLowerCase().includes(word) ? tens : 0),
    0,
  );
  if (exponent > 0) return parsePlainNumber(`${digits.replaceAll(",", "")}e${exponent}`);
  return parsePlainNumber(text.replace(/\s*[x×*]\s*10\s*\^\s*/iu, "e"));
}
