import { certainRules, SHORT, TAIL } from "./choice-reader/certain-rules.js";
import { cleanText, isBlank, tailOf } from "./choice-reader/clean.js";
import { asCorrected } from "./choice-reader/correction.js";
import { ownTurn } from "./choice-reader/end-of-turn.js";
import { foldOptions } from "./choice-reader/folded-options.js";
import type { Found } from "./choice-reader/found.js";
import {
  FURTHER_LANGUAGES,
  type FurtherLanguage,
  languageShownBy,
} from "./choice-reader/further-languages.js";
import { LANGUAGES, type Language } from "./choice-reader/language-packs.js";
import { earlierTurns, hasOtherOptions } from "./choice-reader/next-turn.js";
import type { OptionTexts } from "./choice-reader/option-text.js";
import { isContradicted, isRefusal, saysNoneFits } from "./choice-reader/outcomes.js";
import { phrasesOf } from "./choice-reader/phrases.js";
import type { Asks } from "./choice-reader/question/asked-forms.js";
import { questionOf } from "./choice-reader/question/question.js";
import { type FurtherReading, readFurther } from "./choice-reader/read-further.js";
import { readingText } from "./choice-reader/reading-text.js";
import { sceneOf } from "./choice-reader/scene.js";
import { isTurnedAway, TEXT_RULES } from "./choice-reader/text-rules.js";
import { VERDICT_RULES } from "./choice-reader/verdict-rules.js";
import { WEAK_RULES } from "./choice-reader/weak-rules.js";
import { withoutReasoning } from "./reasoning-marks.js";

export type { FurtherLanguage } from "./choice-reader/further-languages.js";
export { LANGUAGES, type Language } from "./choice-reader/language-packs.js";
export type { Asks } from "./choice-reader/question/asked-forms.js";

/** Letters accepted when the options are not known; the MedBench item with the most options has A to L. */
export const DEFAULT_LETTERS = "ABCDEFGHIJKL";

/** Options of `readChoice`. */
export interface ReadChoiceOptions {
  /**
   * Languages whose verdict phrases are recognized. Default: all. Those of `FURTHER_LANGUAGES` are recognized in their
   * common forms, in texts whose script or words show them.
   */
  readonly languages?: readonly (Language | FurtherLanguage)[];
  /**
   * The item's question, with or without its options. It tells whether the item asks for the wrong option, so that "A and B are
   * right, C is wrong" answers C, and what of a response repeats the question. Default: not known.
   */
  readonly question?: string | null;
  /** Whether the item may have several correct letters. Default false: two letters are not a valid answer. */
  readonly multiple?: boolean;
}

/**
 * `ok`: a letter was read; `multiple`: more letters than the item allows; `conflict`: the announced letter comes with
 * the text of another option; `refused`: the response declines; `empty`: only white space; `truncated`: cut off inside
 * its reasoning block; `no language pack`: no rule found a letter, and the script shows a language that the reader does
 * not know; `invalid`: no rule found a letter.
 */
export type ReadingStatus =
  | "ok"
  | "multiple"
  | "conflict"
  | "refused"
  | "empty"
  | "truncated"
  | "no language pack"
  | "invalid";

/** Result of `readChoice`. */
export interface ChoiceReading {
  /** The letter, or the letters in order ("ACE") where several are allowed; null unless `status` is `ok`. */
  readonly answer: string | null;
  /** Every letter read, in order, even if there are too many; of a `conflict` the announced letter. */
  readonly letters: readonly string[];
  /** Name of the rule that matched; the status if none did. */
  readonly readBy: string;
  readonly status: ReadingStatus;
  /** The words in which the answer was found, without markdown; null if none was. */
  readonly evidence: string | null;
}

const unread = (status: ReadingStatus): ChoiceReading => ({
  answer: null,
  letters: [],
  readBy: status,
  status,
  evidence: null,
});

/**
 * Reads which option a response finally gives, by an ordered list of named rules: bare letters and closing verdicts,
 * markup, the conclusion, a letter at the start or the end of the response, an option called right, an option's own
 * text. It never takes the first capital letter of running text: in Portuguese "A" is the article.
 *
 * It reads what the response says, whether correct or not; after a self-correction the last verdict counts. Letters
 * that are not an option of the item are skipped. What holds only under a condition, what others answer and the answer
 * of another question are no verdict. Time is linear in the length of the response.
 *
 * @param text the response as received
 * @param options option texts by letter, or null when unknown; without them no option is recognized by its words
 * @see protocols section 0, "Reading a choice letter"
 * @example readChoice("A resposta correta é a letra C, pois…", null).answer // "C"
 */
export function readChoice(
  text: string,
  options: OptionTexts | null,
  { languages = EVERY_LANGUAGE, multiple = false, question = null }: ReadChoiceOptions = {},
): ChoiceReading {
  const item: Item = { options, languages, multiple, question };
  const kept = ownTurn(withoutReasoning(text));
  if (isBlank(kept)) return unread(isBlank(ownTurn(text)) ? "empty" : "truncated");
  for (const { before, behind } of earlierTurns(kept)) {
    const given = readKept(before, item);
    const isStated = given.letters.length > 0 && STATED.has(given.readBy);
    if (isStated || (options !== null && hasOtherOptions(behind, options))) return given;
  }
  return readKept(kept, item);
}

/**
 * What an item's question asks for: the right option, the false statement ("which is incorrect") or what does not belong to the
 * others ("EXCEPT"), judged by its last sentences before the options, in Chinese, English, Portuguese, Spanish and German.
 *
 * @param question the question, with or without its options
 * @param options option texts by letter, or null when unknown
 * @example questionAsks("下列哪项不正确？", null) // "false"
 */
export function questionAsks(question: string, options: OptionTexts | null): Asks {
  return questionOf(question, foldOptions(options), LANGUAGES).asks;
}

/** What a response answers. */
interface Item {
  readonly options: OptionTexts | null;
  readonly languages: readonly (Language | FurtherLanguage)[];
  readonly multiple: boolean;
  readonly question: string | null;
}

/** Rules that read an answer which the response states, and not one that it only lets see. */
const STATED: ReadonlySet<string> = new Set([
  "bare-letters",
  "boxed",
  "angle-brackets",
  "answer-tag",
  "json-field",
  "correction",
  "closing-verdict",
  "verdict",
  "closing-line",
  "conclusion",
  "opens-with-letter",
  "opening-verdict",
  "verdict-before-explanation",
  "option-quoted",
]);

/** Reads one turn of the response, without reasoning marks. */
function readKept(kept: string, { options, languages: known, multiple, question }: Item): ChoiceReading {
  const allowed = options === null ? DEFAULT_LETTERS : Object.keys(options).join("");
  const main = LANGUAGES.filter((language) => known.includes(language));
  const folded = foldOptions(options);
  const asked = question === null ? null : questionOf(question, folded, main);
  const certain = readCertainly(kept, allowed, main, asked?.asks ?? "right");
  if (certain !== null) return reading(certain.found, multiple, certain.seen);

  const shown = languageShownBy(kept);
  const further = shown?.language ?? null;
  const stated =
    further !== null && known.includes(further) ? readFurther(kept, further, { allowed, options }) : null;
  if (stated !== null && stated.letters !== null)
    return reading({ ...stated, letters: stated.letters, readBy: stated.rule }, multiple, kept);
  if (stated?.refused) return unread("refused");
  // In a text of another language only English phrases are to be expected besides its own.
  const languages = shown === null ? main : main.filter((language) => language === "en");
  const seen = readingText(kept);
  const scene = sceneOf(
    { text: seen, allowed, options: folded, phrases: phrasesOf(languages), question: asked },
    multiple,
  );
  const read = (stated: Found): ChoiceReading => {
    const found = asCorrected(stated, scene);
    if (found === null) return unread("invalid");
    const plain = reading(found, multiple, seen);
    return isContradicted(found, scene) ? { ...plain, answer: null, status: "conflict" } : plain;
  };
  for (const rule of VERDICT_RULES) {
    const found = rule.read(scene);
    if (found !== null && !isRuledOut(found, stated)) return read(found);
  }
  if (isRefusal(scene)) return unread("refused");
  if (saysNoneFits(scene)) return unread("invalid");
  for (const rule of WEAK_RULES) {
    const found = rule.read(scene);
    if (found !== null && !isRuledOut(found, stated)) return read(found);
  }
  for (const rule of options === null ? [] : TEXT_RULES) {
    const found = rule.read(scene);
    if (found === null || isRuledOut(found, stated)) continue;
    if ((asked?.asks ?? "right") !== "right" || !isTurnedAway(found, scene))
      return reading(found, multiple, seen);
  }
  return unread(shown?.hasNoPack ? "no language pack" : "invalid");
}

const EVERY_LANGUAGE: readonly (Language | FurtherLanguage)[] = [...LANGUAGES, ...FURTHER_LANGUAGES];

/** Whether the text rejects one of the letters in words that only its language's pack knows. */
const isRuledOut = ({ letters }: Pick<Found, "letters">, stated: FurtherReading | null) =>
  stated !== null && letters.some((letter) => stated.ruledOut.has(letter));

/** The first certain rule that fits and whose letters are all options. */
function readCertainly(
  kept: string,
  allowed: string,
  languages: readonly Language[],
  asks: Asks,
): { readonly found: Found; readonly seen: string } | null {
  const isShort = kept.length <= 2 * SHORT && Array.from(kept).length <= SHORT;
  const views = { short: isShort ? cleanText(kept) : null, tail: tailOf(kept, TAIL) };
  for (const rule of compiledRules(languages)) {
    const { name, scope, pattern, letters: inMatch, unless, unlessInMatch } = rule;
    if (asks !== "right" && !rule.isBare) continue;
    const seen = views[scope];
    // A small pattern tells of most views that the large one cannot match.
    if (seen === null || !inMatch.test(seen)) continue;
    const match = pattern.exec(seen);
    if (match === null || unless?.test(seen) || unlessInMatch?.test(match[0])) continue;
    const letters = lettersOf(inMatch.exec(match[0])?.[1] ?? "");
    if (letters.length === 0 || !letters.every((letter) => allowed.includes(letter))) continue;
    const end = match.index + match[0].length;
    return { found: { letters, start: match.index, end, readBy: name }, seen };
  }
  return null;
}

interface CompiledRule {
  readonly name: string;
  readonly scope: "short" | "tail";
  readonly isBare: boolean;
  readonly pattern: RegExp;
  readonly letters: RegExp;
  readonly unless: RegExp | null;
  readonly unlessInMatch: RegExp | null;
}

const compiled = new Map<string, readonly CompiledRule[]>();

function compiledRules(languages: readonly Language[]): readonly CompiledRule[] {
  const key = languages.join();
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const fresh = certainRules(languages).map(
    ({ name, scope, isBare, pattern, letters, unless, unlessInMatch }) => ({
      name,
      scope,
      isBare,
      pattern: new RegExp(pattern, "u"),
      letters: new RegExp(letters, "u"),
      unless: unless === undefined ? null : new RegExp(unless, "u"),
      unlessInMatch: unlessInMatch === undefined ? null : new RegExp(unlessInMatch, "u"),
    }),
  );
  compiled.set(key, fresh);
  return fresh;
}

function lettersOf(captured: string): string[] {
  const plain = cleanText(captured);
  const capitals = plain.length === 1 ? plain.toUpperCase() : plain;
  return [...new Set(capitals.match(/[A-Z]/gu) ?? [])];
}

/** Characters of evidence on each side of the letter. */
const EVIDENCE = 40;

function reading({ letters, start, end, readBy }: Found, multiple: boolean, seen: string): ChoiceReading {
  const sorted = [...letters].sort();
  const evidence = seen.slice(Math.max(0, start - EVIDENCE), end + EVIDENCE).trim();
  return sorted.length === 1 || multiple
    ? { answer: sorted.join(""), letters: sorted, readBy, status: "ok", evidence }
    : { answer: null, letters: sorted, readBy, status: "multiple", evidence };
}
