import { isElsewhere } from "./elsewhere.js";
import { type Judgment, judgedBehind, judgedByMark, markBefore } from "./judgment.js";
import { extendList } from "./letter-list.js";
import type { Mention } from "./mentions.js";
import { at } from "./phrases.js";
import { sentenceEnd, sentenceStart } from "./reading-text.js";
import { type Markup, markupAt, type Surroundings } from "./surroundings.js";

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
  /** A mark before it calls it right or wrong: "✅ B". */
  readonly tickedBefore: boolean;
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

/** What looks like a copula judges the letter before ("B.是 C"), gives a grade, or one of two ("不是B就是C"). */
const OF_BEFORE =
  /[A-Z]["')\]]{0,2} ?[.:、)]? ?(?:是|对) ?$|(?:等级|级别|分级|分期|血型|分型|评级|难度|水平)(?:应该?)?(?:是|为|:) ?$|不是 ?[A-Z].{0,3}就是 ?$|(?:(?:不|未|没|无需).{0,2}|[还也再](?:需要?|要|可以?|应|会)?|需要?|要|可以?|会|能|综合|[^首]先|进行|仅|只)考虑 ?$/u;
/** How far before a letter the words about others may stand. */
const HEARSAY_REACH = 24;
/** What others answer, with their letter, up to the end of its clause: "（考生选B）". */
const THEIR_LETTER = /^[\s\S]*(?<![A-Za-z])[A-Z](?![A-Za-z])[^,;)\n]{0,8}[,;)\n]/u;
/** Not what others choose by mistake (误选). */
const WRONG_OPTION = /错误选项/gu;
/** How far before a letter the clause that announces it is looked at. */
const CLAUSE_REACH = 120;
const CLAUSE_END = /[,、;]|(?<![a-z])(?:so|therefore|thus|hence)(?![a-z])|故|所以|因此/iu;
/** A line up to its letter: marks, and a noun. */
const LINE_START = /(?:^|\n)["'([#>• -]{0,4}(?:\p{L}{2,8}[ :]?)?$/u;

/** A mention that finds out what surrounds it when a rule asks: most rules ask for little, and of few places. */
export class PlaceInText implements Place {
  readonly letters: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly small: boolean;
  readonly run: boolean;
  readonly markup: Markup | null;
  announced: boolean;
  #isListed = false;
  readonly #mention: Mention;
  readonly #nextStart: number;
  readonly #around: Surroundings;
  readonly #isDenied: boolean;
  readonly #isAskedFor: boolean;
  #named: boolean | undefined;
  #sentence: Place["sentence"] | undefined;
  #judged: Judgment | undefined;
  #foreign: boolean | undefined;

  constructor(mention: Mention, nextStart: number, around: Surroundings) {
    const { text, phrases } = around;
    this.markup = markupAt(mention, around);
    // The false statement is what such a question asks for, and the true ones are not.
    const asksForWrong = (around.question?.asks ?? "right") !== "right";
    this.#isAskedFor = asksForWrong && at(phrases.beforeWrong, text, mention.start);
    const isCalledWrong =
      around.question?.surelyAsksForRight === true &&
      (at(phrases.beforeWrong, text, mention.start) || at(phrases.beforeException, text, mention.start));
    this.#isDenied = !this.#isAskedFor && (isCalledWrong || at(phrases.beforeDenial, text, mention.start));
    this.announced =
      !this.#isDenied &&
      (this.markup !== null ||
        this.#isAskedFor ||
        (at(phrases.beforeVerdict, text, mention.start) &&
          !(asksForWrong && at(phrases.beforeRight, text, mention.start))));
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

  /** It begins a list of options: what is before it is completed by all of them. */
  opensList(): void {
    this.#isListed = true;
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

  get #judgment(): Judgment {
    this.#judged ??=
      judgedByMark(this.#mention, this.#nextStart, this.#around.text) ??
      judgedBehind(this.#mention, this.#clauseEnd, this.named, this.#around);
    return this.#judged;
  }

  get tickedBefore(): boolean {
    return markBefore(this.#mention, this.#around.text) !== undefined;
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
    const { text, phrases } = this.#around;
    return (
      !this.#isListed &&
      (at(phrases.beforeCopula, text, this.start) ||
        at(phrases.beforeCasual, text, this.start) ||
        at(phrases.casualBehind, text, this.end)) &&
      !OF_BEFORE.test(text.slice(Math.max(0, this.start - 12), this.start))
    );
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
    this.#foreign ??=
      this.#isOfOthers() ||
      this.#isDisowned() ||
      isElsewhere(this.#around.text, this.start, this.#around.phrases);
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
    const own = before.replace(phrases.contrast, "").replace(THEIR_LETTER, "");
    return phrases.hearsay.test(this.#isAskedFor ? own.replace(WRONG_OPTION, "") : own);
  }
}
