import type { FoldedOptions } from "./folded-options.js";
import { hasAngle, hasBox, hasField } from "./has-markup.js";
import type { Mention } from "./mentions.js";
import { at, type Phrases } from "./phrases.js";
import type { ReadingContext } from "./reading-context.js";
import { REACH } from "./reading-text.js";

/** Markup that announces an answer. */
export type Markup = "angle-brackets" | "boxed" | "answer-tag" | "json-field";

/** Each with a look that tells whether the text has any of it. */
const MARKUP: readonly (readonly [Markup, before: RegExp, isIn: (text: string) => boolean])[] = [
  ["boxed", /(?<=\\f?boxed ?\{[ {(]{0,3})/uy, hasBox],
  ["answer-tag", /(?<=<(?:final[_ ]?)?(?:answer|choice|option)>[ \n("[]{0,6})/iuy, hasAngle],
  [
    "json-field",
    /(?<=["'](?:final[_ ]?)?(?:correct[_ ]?)?(?:answer|choice|option|letter|prediction|resposta|respuesta|antwort|alternativa|letra|答案|选项|选择|输出)(?:[_ ]?(?:idx|choice|letter|option))?["'] ?: ?\[?[\n ]?["'(]{0,3})/iuy,
    hasField,
  ],
  ["angle-brackets", /(?<=< ?)/uy, hasAngle],
];
const CLOSES_ANGLE = / ?>/uy;

/** Where the words end that this pattern finds; infinite if there are none. */
const endOf = (pattern: RegExp, text: string) => {
  const match = pattern.exec(text);
  return match === null ? Number.POSITIVE_INFINITY : match.index + match[0].length;
};

/** What all mentions of a text share; each part is looked for when the first rule asks for it. */
export class Surroundings implements ReadingContext {
  readonly text: string;
  readonly options: FoldedOptions | null;
  readonly phrases: Phrases;
  readonly allowed: string;
  readonly question: ReadingContext["question"];
  readonly markups: typeof MARKUP;
  readonly #ends = {
    conclusion: new Map<number, number>(),
    hypothesis: new Map<number, number>(),
    forced: new Map<number, number>(),
  };

  constructor({ text, options, phrases, allowed, question }: ReadingContext) {
    this.text = text;
    this.options = options;
    this.phrases = phrases;
    this.allowed = allowed;
    this.question = question;
    this.markups = MARKUP.filter(([, , isIn]) => isIn(text));
  }

  /** Where the words of this kind end in the sentence that begins at `start`. */
  endOf(kind: "conclusion" | "hypothesis" | "forced", start: number): number {
    const known = this.#ends[kind].get(start);
    if (known !== undefined) return known;
    const end = start + endOf(this.phrases[kind], this.text.slice(start, start + 2 * REACH));
    this.#ends[kind].set(start, end);
    return end;
  }
}

/** The markup around a mention; null if there is none. */
export function markupAt(
  { start, end, run, small }: Mention,
  { text, markups }: Surroundings,
): Markup | null {
  for (const [markup, before] of markups) {
    if (!at(before, text, start)) continue;
    if (markup === "angle-brackets" && (small || run || !at(CLOSES_ANGLE, text, end))) continue;
    return markup;
  }
  return null;
}
