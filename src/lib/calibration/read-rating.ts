/** The scale that a grade must be on. */
export interface RatingScale {
  readonly min: number;
  readonly max: number;
  /** Distance of two neighboring grades, counted from `min`; null if any value between the ends is allowed. */
  readonly step: number | null;
}

/** What one cell of a returned rating sheet says. */
export type ReadRating =
  | { readonly kind: "grade"; readonly value: number }
  /** The rater says that the answer cannot be rated. */
  | { readonly kind: "cannot-rate" }
  /** Not filled in: no rating was given. */
  | { readonly kind: "blank" }
  | {
      readonly kind: "unreadable";
      /** `not-a-grade` is no number, `unclear` can be read in several ways, `off-scale` and `off-grid` are wrong numbers. */
      readonly problem: "not-a-grade" | "unclear" | "off-scale" | "off-grid";
    };

/**
 * Reads one grade as people write it. Only what has one meaning is read: digits of any width (`４`, `④`), blanks around
 * them, `4.0`, a unit (`4分`, `4 points`), a closing punctuation mark (`5。`), and `4/5` on a scale that ends at 5. Everything else
 * is unreadable, such as `good`, `四`, `3?`, `4-5`, `4,0` and `1e0`.
 *
 * A rating is missing only where the cell is blank, or says so in words such as `cannot rate`, `n/a` or `无法评分`.
 *
 * @param text the cell as received
 * @param scale grades outside it, or between its steps, are unreadable
 * @example readRating("４分", { min: 1, max: 5, step: 1 }).value // 4
 * @example readRating("good", { min: 1, max: 5, step: 1 }).problem // "not-a-grade"
 */
export function readRating(text: string, scale: RatingScale): ReadRating {
  const plain = plainText(text);
  if (plain === "") return { kind: "blank" };
  if (plain.length > longestCell) return { kind: "unreadable", problem: "not-a-grade" };
  if (isCannotRate(plain)) return { kind: "cannot-rate" };
  const written = withoutUnit(plain, scale.max);
  const number = /^([+-]?)(\d{1,15})(\.\d{1,15})?$/.exec(written);
  if (number === null) return { kind: "unreadable", problem: /\d/.test(plain) ? "unclear" : "not-a-grade" };
  // A sign has a meaning only on a scale that goes below zero; elsewhere "+4" may be "a good 4".
  if (number[1] === "+" && scale.min >= 0) return { kind: "unreadable", problem: "unclear" };
  const value = Number(written) + 0;
  if (value < scale.min || value > scale.max) return { kind: "unreadable", problem: "off-scale" };
  if (scale.step !== null && !Number.isInteger((value - scale.min) / scale.step))
    return { kind: "unreadable", problem: "off-grid" };
  return { kind: "grade", value };
}

/** Blanks of any kind, and characters without width. */
const blanks = /[\s\u00ad\u200b-\u200f\u2060\ufeff]+/gu;

/** The longest cell that can be a grade or say why there is none; anything longer is a remark. */
const longestCell = 80;

/** Zeros of the digits that are written one for one like 0 to 9. */
const zeros = [0xff10, 0x0660, 0x06f0, 0x0966, 0x0e50];

/** In ASCII digits and punctuation, lower case, one blank between words. A circled digit counts only if it is alone. */
function plainText(text: string): string {
  const trimmed = text.replace(blanks, " ").trim();
  if (trimmed.length > longestCell) return trimmed;
  const inner = /^="(.*)"$/u.exec(trimmed)?.[1] ?? trimmed.replace(/^'/, "");
  const closed = inner.replace(/(?<=[^\p{P}\s]) ?[.。．｡,，;；!！、]$/u, "").trim();
  const circled = circledNumber(closed);
  if (circled !== null) return String(circled);
  return [...closed].map(plainCharacter).join("").toLowerCase();
}

function plainCharacter(character: string): string {
  const code = character.codePointAt(0) as number;
  for (const zero of zeros) if (code >= zero && code < zero + 10) return String(code - zero);
  if (code === 0x2212 || code === 0xff0d) return "-";
  if (code === 0x2019 || code === 0x2018) return "'";
  // Full-width forms of ASCII.
  if (code > 0xff00 && code < 0xff5f) return String.fromCharCode(code - 0xfee0);
  return character;
}

/** First characters of the runs of numbers in circles, brackets and with a full stop, each for 1, and their length. */
const numberForms: readonly (readonly [first: number, count: number])[] = [
  [0x2460, 20],
  [0x2474, 20],
  [0x2488, 20],
  [0x24f5, 10],
  [0x2776, 10],
  [0x2780, 10],
  [0x278a, 10],
];

function circledNumber(text: string): number | null {
  if (text.length !== 1) return null;
  const code = text.charCodeAt(0);
  if (code === 0x24ea || code === 0x24ff) return 0;
  for (const [first, count] of numberForms)
    if (code >= first && code < first + count) return code - first + 1;
  return null;
}

const unit = "(?: ?(?:分|点|星|颗星|points?|pts?|stars?)\\.?)?";
const withUnit = new RegExp(`^([+-]?[\\d.]+)${unit}$`, "u");
const outOf = new RegExp(`^([+-]?[\\d.]+)${unit} ?(?:\\/|out of|of) ?(\\d+(?:\\.0+)?)${unit}$`, "u");

/** The number without its unit, and without "of 5" on a scale to 5. */
function withoutUnit(plain: string, max: number): string {
  const parts = outOf.exec(plain);
  if (parts !== null && Number(parts[2]) === max) return parts[1] as string;
  return withUnit.exec(plain)?.[1] ?? plain;
}

const cannotRate = new Set([
  "cannot rate",
  "can not rate",
  "can't rate",
  "cant rate",
  "could not rate",
  "cannot be rated",
  "unable to rate",
  "not rateable",
  "not ratable",
  "not applicable",
  "n/a",
  "n.a",
  "n.a.",
  "na",
  "无法评分",
  "無法評分",
  "不能评分",
  "不能評分",
  "无法评价",
  "無法評價",
  "无法打分",
  "无法评定",
  "无法评估",
  "不可评分",
  "不适用",
  "不適用",
]);

/** Also both languages in one cell, as the form shows them: `无法评分 / Cannot rate`. */
function isCannotRate(plain: string): boolean {
  const bare = plain.replace(/^[([{"'“「]+|[)\]}"'”」]+$/gu, "").replace(/[_-]/g, " ");
  if (cannotRate.has(bare)) return true;
  const parts = bare.split(/ ?[/|(] ?/).map((part) => part.replace(/\)$/, ""));
  return parts.length > 1 && parts.every((part) => cannotRate.has(part));
}
