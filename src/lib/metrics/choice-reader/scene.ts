import type { FoldedOptions } from "./folded-options.js";
import { extendList } from "./letter-list.js";
import { type Mention, mentionsOf } from "./mentions.js";
import { at, type Phrases } from "./phrases.js";
import type { ReadingContext } from "./reading-context.js";
import { REACH, sentenceEnd, sentenceStart } from "./reading-text.js";

/** A response prepared for the rules: its text and every place that names options. */
export interface Scene extends ReadingContext {
  readonly mentions: readonly Place[];
  /** Whether the item may have several correct letters. */
  readonly multiple: boolean;
}

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

const MARKUP: readonly (readonly [Markup, RegExp])[] = [
  ["boxed", /(?<=\\f?boxed ?\{[ {(]{0,3})/uy],
  ["answer-tag", /(?<=<(?:final[_ ]?)?(?:answer|choice|option)>[ \n("[]{0,6})/iuy],
  [
    "json-field",
    /(?<=["'](?:final[_ ]?)?(?:correct[_ ]?)?(?:answer|choice|option|letter|prediction|resposta|respuesta|antwort|alternativa|letra|答案|选项|选择|输出)(?:[_ ]?(?:idx|choice|letter|option))?["'] ?: ?\[?[\n ]?["'(]{0,3})/iuy,
  ],
  ["angle-brackets", /(?<=< ?)/uy],
];
/** Marks behind an option: "A (×)", "C ✓". */
const RIGHT = "√✓✔✅☑";
const TICKED = /^[ "')\]}>:.(-]{0,4}([√✓✔✅☑×✗✘❌✖])/u;
/** Behind a letter without a noun, praise further away may be about something else: "A. text: who can correctly ...". */
const SHORT_PRAISE = 30;
const CLOSES_ANGLE = / ?>/uy;

/** How far back a remark about another question holds. */
const ELSEWHERE_REACH = 400;
/** How far before a letter the words about others may stand. */
const HEARSAY_REACH = 24;

export function sceneOf(
  text: string,
  allowed: string,
  options: FoldedOptions | null,
  phrases: Phrases,
  multiple: boolean,
): Scene {
  const elsewhere = elsewhereRanges(text, phrases);
  const mentions = mentionsOf(text, allowed, options, phrases);
  const around = { text, options, phrases, elsewhere, allowed, openings: new Map() };
  const places: Place[] = [];
  for (const [i, mention] of mentions.entries()) {
    // Part of a list that an earlier letter begins.
    if (mention.start < (places.at(-1)?.end ?? 0)) continue;
    places.push(placeOf(mention, mentions[i + 1]?.start ?? text.length, around));
  }
  return { text, options, phrases, mentions: withoutWalk(places, text, allowed), allowed, multiple };
}

/** A line up to its letter: marks, and a noun. */
const LINE_START = /(?:^|\n)["'([#>• -]{0,4}(?:\p{L}{2,8}[ :]?)?$/u;
/** Behind the letter of a step: "A. ", "A:". */
const STEP = /["')\]}>]{0,2} ?[.:)、]/uy;

/** Whether a letter begins a line and its option's discussion. */
const isStep = ({ letters, start, end }: Place, text: string) =>
  letters.length === 1 &&
  /(?:^|\n)["'([#>• -]{0,4}$/u.test(text.slice(Math.max(0, start - 6), start)) &&
  at(STEP, text, end);

/** "Let us look at the options:" before lines A, B, C announces no answer. */
function withoutWalk(places: readonly Place[], text: string, allowed: string): Place[] {
  const lines = places.filter((place) => isStep(place, text));
  const first = lines.find(
    (line, i) => line.letters[0] === allowed[0] && lines[i + 1]?.letters[0] === allowed[1],
  );
  return places.map((place) =>
    place === first && place.markup === null ? { ...place, announced: false } : place,
  );
}

/** What surrounds a mention. */
interface Around extends ReadingContext {
  readonly elsewhere: (place: number) => boolean;
  /** By the place where a sentence begins. */
  readonly openings: Map<number, SentenceOpening>;
}

/** Where words end that say what kind of sentence it is; infinite if there are none. */
interface SentenceOpening {
  readonly conclusion: number;
  readonly hypothesis: number;
  readonly forced: number;
}

const endOf = (pattern: RegExp, text: string) => {
  const match = pattern.exec(text);
  return match === null ? Number.POSITIVE_INFINITY : match.index + match[0].length;
};

function openingOf(start: number, { text, phrases, openings }: Around): SentenceOpening {
  const known = openings.get(start);
  if (known !== undefined) return known;
  const words = text.slice(start, start + 2 * REACH);
  const fresh = {
    conclusion: start + endOf(phrases.conclusion, words),
    hypothesis: start + endOf(phrases.hypothesis, words),
    forced: start + endOf(phrases.forced, words),
  };
  openings.set(start, fresh);
  return fresh;
}

function placeOf(mention: Mention, nextStart: number, around: Around): Place {
  const { text, phrases, elsewhere } = around;
  const markup = markupAt(text, mention);
  const denied = at(phrases.beforeDenial, text, mention.start);
  const announced = !denied && (markup !== null || at(phrases.beforeVerdict, text, mention.start));
  const list = mention.small ? mention : extendList(mention, announced, around);
  const sentence = { start: sentenceStart(text, mention.start), end: sentenceEnd(text, list.end) };
  const opening = openingOf(sentence.start, around);
  const isBefore = (end: number) => end <= mention.start;
  const named = at(phrases.beforeNoun, text, mention.start) || at(phrases.afterNoun, text, list.end);
  return {
    ...list,
    markup,
    announced,
    denied: denied || at(phrases.beforeNegation, text, mention.start),
    ...judgedBehind(list, Math.min(sentence.end, Math.max(nextStart, list.end)), named, around),
    named,
    completed: at(phrases.beforeCopula, text, mention.start),
    beginsLine: LINE_START.test(text.slice(Math.max(0, mention.start - 12), mention.start)),
    sentence,
    concluding: isBefore(opening.conclusion),
    opensConclusion: isBefore(opening.conclusion) && mention.start - opening.conclusion <= 2,
    tentative:
      text.charAt(sentence.end) === "?" || (isBefore(opening.hypothesis) && !isBefore(opening.forced)),
    foreign:
      phrases.hearsay.test(
        text
          .slice(Math.max(sentence.start, mention.start - HEARSAY_REACH), mention.start)
          .replace(phrases.contrast, ""),
      ) || elsewhere(mention.start),
  };
}

/** Whether the words behind the letter, up to the next letter or the end of the sentence, call it right or wrong. */
function judgedBehind(
  { end, letters }: Mention,
  until: number,
  named: boolean,
  { text, options, phrases }: Around,
): { praised: boolean; rejected: boolean } {
  const own = letters.length === 1 ? options?.optionAt(text, end) : null;
  const from = own?.letter === letters[0] ? (own?.end ?? end) : end;
  const words = text.slice(from, until);
  const ticked = TICKED.exec(words)?.[1];
  if (ticked !== undefined) return { praised: RIGHT.includes(ticked), rejected: !RIGHT.includes(ticked) };
  const reason = words.search(phrases.reason);
  const behind = reason < 0 ? words : words.slice(0, reason);
  const wrong = phrases.denies.exec(behind)?.index ?? Number.POSITIVE_INFINITY;
  const reach = named || letters.length > 1 ? behind.length : SHORT_PRAISE;
  const praised =
    at(phrases.praise, behind, 0) && wrong >= phrases.praise.lastIndex && phrases.praise.lastIndex <= reach;
  return { praised, rejected: !praised && Number.isFinite(wrong) };
}

function markupAt(text: string, { start, end, run, small }: Mention): Markup | null {
  for (const [markup, before] of MARKUP) {
    if (!at(before, text, start)) continue;
    if (markup === "angle-brackets" && (small || run || !at(CLOSES_ANGLE, text, end))) continue;
    return markup;
  }
  return null;
}

/** Tells whether the last remark before a place turns to another question and not back to this one. */
function elsewhereRanges(text: string, { elsewhere }: Phrases): (place: number) => boolean {
  const turns = Array.from(text.matchAll(elsewhere), ({ 1: away, index }) => ({
    index,
    away: away !== undefined,
  }));
  return (place) => {
    const last = turns.findLast(({ index }) => index < place);
    if (last?.away !== true || place - last.index > ELSEWHERE_REACH) return false;
    // A remark without a colon is about its own sentence only.
    return (
      place <= sentenceEnd(text, last.index) ||
      /^[^。!?;\n]{0,60}:/u.test(text.slice(last.index, last.index + 64))
    );
  };
}
