import { everyMatch } from "../every-match.js";
import type { FoldedOptions } from "../folded-options.js";
import { languageShownBy } from "../further-languages.js";
import { LANGUAGES, type Language } from "../language-packs.js";
import { readingText } from "../reading-text.js";
import { ASKED_FORMS, type Asks, MAY_ASK_OTHERWISE } from "./asked-forms.js";
import { Restated } from "./restated.js";

/** What the reader takes from an item's question. */
export interface Question {
  readonly asks: Asks;
  /** Whether it is certain that the question asks for the right option, because it is in a language with forms of asking. */
  readonly surelyAsksForRight: boolean;
  /** Places of a response that repeat the question. */
  readonly restated: Restated;
  /** Whether the letter at this place names a person or a thing of the question: "A公司", "company A". */
  namesInStem(text: string, start: number, end: number): boolean;
}

const mayAskOtherwise = new RegExp(MAY_ASK_OTHERWISE, "u");

/** The sentence that asks is one of the last: an instruction may follow it. */
const LAST_SENTENCES = 3;
const SENTENCE_END = /[。!?;\n]|(?<=[a-zß-ÿ)])\. /u;

/** What the question asks for, judged by its last sentences. */
export function asksFor(stem: string, languages: readonly Language[] = LANGUAGES): Asks {
  if (!mayAskOtherwise.test(stem)) return "right";
  const sentences = stem
    .split(SENTENCE_END)
    .filter((sentence) => /\p{L}{2}/u.test(sentence))
    .slice(-LAST_SENTENCES)
    .reverse();
  for (const sentence of sentences) {
    const forms = languages.map((language) => ASKED_FORMS[language]);
    if (forms.some((form) => form.false.test(sentence))) return "false";
    if (forms.some((form) => form.except.test(sentence))) return "except";
  }
  return "right";
}

/** An option list without known texts: its first two labels. */
const LIST = /(?:^|[\n ])\(?A\)? ?[.:)、] ?[^\n]{0,300}?[\n ]\(?B\)? ?[.:)、]/u;

/** The question without its options: what an answer takes from them is no repetition of the question. */
function stemOf(question: string, options: FoldedOptions | null): string {
  const list = LIST.exec(question);
  let end = list?.index ?? question.length;
  if (options !== null) {
    const [first = "A"] = Object.keys(options.texts);
    for (const { index } of everyMatch(
      question.slice(0, end),
      new RegExp(`(?<![A-Za-z])${first}(?![A-Za-z])`, "gu"),
    ))
      if (options.beginsAt(first, question, index + 1)) {
        end = index;
        break;
      }
  }
  return question.slice(0, end);
}

/** A letter with the Chinese character behind it, and with the word before it. */
const NAMED = /(?:(?<![A-Za-z])([A-Za-z]{3,16}) ?)?(?<![A-Za-z])([A-L])(?![A-Za-z])([\u3400-\u9fff]?)/gu;
const NO_NAME = /^(?:options?|answers?|choices?|letters?|statements?|the|and|are|for|with)$/u;
const OPTION_NOUN = /[项选和与或及、是为]/u;

/** The names of the question: "A公" for A公司, "company A". */
function namesOf(stem: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, word = "", letter = "", behind = ""] of everyMatch(stem, NAMED)) {
    if (behind !== "" && !OPTION_NOUN.test(behind)) names.add(letter + behind);
    if (word !== "" && !NO_NAME.test(word.toLowerCase())) names.add(`${word.toLowerCase()} ${letter}`);
  }
  return names;
}

const WORD_BEFORE = /(?<![A-Za-z])[A-Za-z]{3,16} ?$/u;
const LONGEST = 6000;
/** A shorter one may be only the case, or a title. */
const SHORTEST = 6;

const known = new Map<string, Question>();
/** Items come one after the other, with all their responses. */
const MOST = 200;

/** Made once for all responses to an item. */
export function questionOf(
  question: string,
  options: FoldedOptions | null,
  languages: readonly Language[],
): Question {
  const key = `${languages.join()}\n${options === null ? "" : JSON.stringify(options.texts)}\n${question}`;
  const ready = known.get(key);
  if (ready !== undefined) return ready;
  const stem = stemOf(readingText(question).slice(-LONGEST), options);
  const names = namesOf(stem);
  const asks = asksFor(stem, languages);
  const fresh: Question = {
    asks,
    surelyAsksForRight: asks === "right" && stem.trim().length > SHORTEST && languageShownBy(stem) === null,
    restated: new Restated(stem),
    namesInStem(text, start, end) {
      if (names.size === 0) return false;
      const letter = text.slice(start, end);
      if (names.has(letter + text.charAt(end))) return true;
      const word = WORD_BEFORE.exec(text.slice(Math.max(0, start - 18), start))?.[0]
        .trim()
        .toLowerCase();
      return word !== undefined && names.has(`${word} ${letter}`);
    },
  };
  if (known.size >= MOST) known.clear();
  known.set(key, fresh);
  return fresh;
}
