import { elsewhereRanges } from "./elsewhere.js";
import type { FoldedOptions } from "./folded-options.js";
import { extendList } from "./letter-list.js";
import type { Mention } from "./mentions.js";
import { at, type Phrases } from "./phrases.js";
import type { ReadingContext } from "./reading-context.js";
import { REACH, sentenceEnd, sentenceStart } from "./reading-text.js";

/** Markup that announces an answer. */
export type Markup = "angle-brackets" | "boxed" | "answer-tag" | "json-field";

/** A mention with what is around it. */
export interface Place extends Mention {
  /** Markup around it; null if there is none. */
  readonly markup: Markup | null;
  /** Announced as the answer by a phrase. */
  readonly announced: boolean;
  /** Announced as what is not the answer ("not B", "wrong options:"). */
  readonly denied: boolean;
  /** Called wrong by the words behind it. */
  readonly rejected: boolean;
  /** Called right by the words behind it. */
  readonly praised: boolean;
  /** With a noun: "option B", "B选项". */
  readonly named: boolean;
  /** The sentence's subject is put equal to it: "... is B". */
  readonly completed: boolean;
  /** It begins a line: "A. text", "选项A：", "A选项". */
  readonly beginsLine: boolean;
  readonly sentence: { readonly start: number; readonly end: number };
  /** The sentence draws a conclusion. */
  readonly concluding: boolean;
  /** The word that draws it is right before: "综上，B". */
  readonly opensConclusion: boolean;
  /** Under a condition, in a question. */
  readonly tentative: boolean;
  /** What others answer, a warning, or another question's answer. */
  readonly foreign: boolean;
}

/** Each with a look that tells whether the text has any of it. */
const MARKUP: readonly (readonly [Markup, before: RegExp, any: RegExp])[] = [
  ["boxed", /(?<=\\f?boxed ?\{[ {(]{0,3})/uy, /boxed/u],
  ["answer-tag", /(?<=<(?:final[_ ]?)?(?:answer|choice|option)>[ \n("[]{0,6})/iuy, /</u],
  [
    "json-field",
    /(?<=["'](?:final[_ ]?)?(?:correct[_ ]?)?(?:answer|choice|option|letter|prediction|resposta|respuesta|antwort|alternativa|letra|答案|选项|选择|输出)(?:[_ ]?(?:idx|choice|letter|option))?["'] ?: ?\[?[\n ]?["'(]{0,3})/iuy,
    /["'] ?:/u,
  ],
  ["angle-brackets", /(?<=< ?)/uy, /</u],
];
/** Marks behind an option: "A (×)", "C ✓". */
const RIGHT = "√✓✔✅☑";
const TICKED = /^[ "')\]}>:.(-]{0,4}([√✓✔✅☑×✗✘❌✖])/u;
/** A mark at the end of what the line says of an option: "B. text: explanation. √". */
const TICKED_AT_END = /([√✓✔✅☑×✗✘❌✖])["')\]|。.;, ]{0,4}$/u;
/** Behind a letter without a noun, praise further away may be about something else: "A. text: who can correctly ...". */
const SHORT_PRAISE = 30;
const CLOSES_ANGLE = / ?>/uy;

/** How far before a letter the words about others may stand. */
const HEARSAY_REACH = 24;
/** How far before a letter the clause that announces it is looked at. */
const CLAUSE_REACH = 120;
const CLAUSE_END = /[,、;]|(?<![a-z])(?:so|therefore|thus|hence)(?![a-z])|故|所以|因此/iu;
/** A line up to its letter: marks, and a noun. */
const LINE_START = /(?:^|\n)["'([#>• -]{0,4}(?:\p{L}{2,8}[ :]?)?$/u;

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
  readonly markups: typeof MARKUP;
  readonly #ends = {
    conclusion: new Map<number, number>(),
    hypothesis: new Map<number, number>(),
    forced: new Map<number, number>(),
  };
  #elsewhere: ((place: number) => boolean) | null = null;

  constructor({ text, options, phrases, allowed }: ReadingContext) {
    this.text = text;
    this.options = options;
    this.phrases = phrases;
    this.allowed = allowed;
    this.markups = MARKUP.filter(([, , any]) => any.test(text));
  }

  /** Where the words of this kind end in the sentence that begins at `start`. */
  endOf(kind: "conclusion" | "hypothesis" | "forced", start: number): number {
    const known = this.#ends[kind].get(start);
    if (known !== undefined) return known;
    const end = start + endOf(this.phrases[kind], this.text.slice(start, start + 2 * REACH));
    this.#ends[kind].set(start, end);
    return end;
  }

  isElsewhere(place: number): boolean {
    this.#elsewhere ??= elsewhereRanges(this.text, this.phrases);
    return this.#elsewhere(place);
  }
}

/** A mention that finds out what surrounds it when a rule asks: most rules ask for little, and of few places. */
export class PlaceInText implements Place {
  readonly letters: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly small: boolean;
  readonly run: boolean;
  readonly markup: Markup | null;
  announced: boolean;
  readonly #mention: Mention;
  readonly #nextStart: number;
  readonly #around: Surroundings;
  readonly #isDenied: boolean;
  #named: boolean | undefined;
  #sentence: Place["sentence"] | undefined;
  #judged: Pick<Place, "praised" | "rejected"> | undefined;
  #foreign: boolean | undefined;

  constructor(mention: Mention, nextStart: number, around: Surroundings) {
    const { text, phrases } = around;
    this.markup = markupAt(mention, around);
    this.#isDenied = at(phrases.beforeDenial, text, mention.start);
    this.announced =
      !this.#isDenied && (this.markup !== null || at(phrases.beforeVerdict, text, mention.start));
    const list = mention.small ? mention : extendList(mention, this.announced, around);
    this.letters = list.letters;
    this.start = list.start;
    this.end = list.end;
    this.small = list.small;
    this.run = list.run;
    this.#mention = list;
    this.#nextStart = nextStart;
    this.#around = around;
  }

  get denied(): boolean {
    return this.#isDenied || at(this.#around.phrases.beforeNegation, this.#around.text, this.start);
  }

  get rejected(): boolean {
    return this.#judgment.rejected;
  }

  get praised(): boolean {
    return this.#judgment.praised;
  }

  get #judgment(): Pick<Place, "praised" | "rejected"> {
    this.#judged ??=
      judgedByMark(this.#mention, this.#nextStart, this.#around.text) ??
      judgedBehind(this.#mention, this.#clauseEnd, this.named, this.#around);
    return this.#judged;
  }

  /** Where the next letter begins, if it does so in the same sentence. */
  get #clauseEnd(): number {
    return Math.min(this.sentence.end, Math.max(this.#nextStart, this.end));
  }

  get named(): boolean {
    const { text, phrases } = this.#around;
    this.#named ??= at(phrases.beforeNoun, text, this.start) || at(phrases.afterNoun, text, this.end);
    return this.#named;
  }

  get completed(): boolean {
    return at(this.#around.phrases.beforeCopula, this.#around.text, this.start);
  }

  get beginsLine(): boolean {
    return LINE_START.test(this.#around.text.slice(Math.max(0, this.start - 12), this.start));
  }

  get sentence(): Place["sentence"] {
    const { text } = this.#around;
    this.#sentence ??= { start: sentenceStart(text, this.start), end: sentenceEnd(text, this.end) };
    return this.#sentence;
  }

  #follows(kind: "conclusion" | "hypothesis" | "forced"): boolean {
    return this.#around.endOf(kind, this.sentence.start) <= this.start;
  }

  get concluding(): boolean {
    return this.#follows("conclusion");
  }

  get opensConclusion(): boolean {
    return this.concluding && this.start - this.#around.endOf("conclusion", this.sentence.start) <= 2;
  }

  get tentative(): boolean {
    return (
      this.#around.text.charAt(this.sentence.end) === "?" ||
      (this.#follows("hypothesis") && !this.#follows("forced"))
    );
  }

  get foreign(): boolean {
    this.#foreign ??= this.#isOfOthers() || this.#isDisowned() || this.#around.isElsewhere(this.start);
    return this.#foreign;
  }

  /** Whether its clause doubts, denies or only reports the announcement. */
  #isDisowned(): boolean {
    if (this.markup !== null || !(this.announced || this.completed)) return false;
    const { text, phrases } = this.#around;
    if (at(phrases.disowned, text, this.end)) return true;
    const from = Math.max(this.sentence.start, this.start - CLAUSE_REACH);
    const clause = text.slice(from, this.start).split(CLAUSE_END).at(-1) ?? "";
    return phrases.disowning.test(clause.replace(phrases.contrast, ""));
  }

  #isOfOthers(): boolean {
    const { text, phrases } = this.#around;
    const before = text.slice(Math.max(this.sentence.start, this.start - HEARSAY_REACH), this.start);
    return phrases.hearsay.test(before.replace(phrases.contrast, ""));
  }
}

/** What a mark right behind the letter, or at the end of the line before the next letter, says of it; null if there is none. */
function judgedByMark({ end }: Mention, next: number, text: string): ReturnType<typeof judgedBehind> | null {
  const line = text.indexOf("\n", end);
  const most = Math.min(end + 2 * REACH, Math.max(next, end), line < 0 ? text.length : line);
  const words = text.slice(end, most);
  const mark = (TICKED.exec(words) ?? (most === end + 2 * REACH ? null : TICKED_AT_END.exec(words)))?.[1];
  return mark === undefined ? null : { praised: RIGHT.includes(mark), rejected: !RIGHT.includes(mark) };
}

/** Whether the words behind the letter, up to the next letter or the end of the sentence, call it right or wrong. */
function judgedBehind(
  { end, letters }: Mention,
  until: number,
  named: boolean,
  { text, options, phrases }: ReadingContext,
): { praised: boolean; rejected: boolean } {
  const own = letters.length === 1 ? options?.optionAt(text, end) : null;
  const from = own?.letter === letters[0] ? (own?.end ?? end) : end;
  const words = text.slice(from, until);
  const reason = words.search(phrases.reason);
  const behind = reason < 0 ? words : words.slice(0, reason);
  const wrong = phrases.denies.exec(behind)?.index ?? Number.POSITIVE_INFINITY;
  const reach = named || letters.length > 1 ? behind.length : SHORT_PRAISE;
  const praised =
    at(phrases.praise, behind, 0) && wrong >= phrases.praise.lastIndex && phrases.praise.lastIndex <= reach;
  return { praised, rejected: !praised && Number.isFinite(wrong) };
}

function markupAt({ start, end, run, small }: Mention, { text, markups }: Surroundings): Markup | null {
  for (const [markup, before] of markups) {
    if (!at(before, text, start)) continue;
    if (markup === "angle-brackets" && (small || run || !at(CLOSES_ANGLE, text, end))) continue;
    return markup;
  }
  return null;
}
