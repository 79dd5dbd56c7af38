import type { Language } from "./language-packs.js";
import { anyPhrase, correctionOf } from "./phrases.js";

/** Code points of the longest response that can be nothing but letters. */
export const SHORT = 100;
/** Code points at the end of a response, in which its last verdict is looked for. */
export const TAIL = 100;

/**
 * A form of answer that leaves no doubt, so that neither the rest of the response nor the option texts need to be read. One
 * pattern for two engines (JavaScript with the flag `u`, and RE2 in DuckDB): no look-around, bounded repetition, anchored
 * at the end.
 */
export interface CertainRule {
  readonly name: string;
  /** `short`: responses of at most `SHORT` characters, cleaned; `tail`: the last `TAIL` characters as they are. */
  readonly scope: "short" | "tail";
  readonly pattern: string;
  /** Letters and markup alone, which answer any question; the words of the others may say what the question does not ask for. */
  readonly isBare: boolean;
  /** Finds the letters in a match of `pattern`, in its only group. */
  readonly letters: string;
  /** Words in the same scope that leave a doubt after all. */
  readonly unless?: string;
  /** Words in the match that do. */
  readonly unlessInMatch?: string;
}

const MARKS = "✅✓✔☑👉➡→\ufe0f";
const CLOSED = `["'）)】」”\\]}>*_.。!！$ \u00a0\u3000\\t\\r\\n${MARKS}]{0,16}$`;
const GLUE = `["'“「(（【〖\\[{<《〈＜>*_$:：=＝】〗 \u00a0\u3000\\t\\r\\n${MARKS}–—−⇒-]{0,8}`;
const LETTER = "[A-ZＡ-Ｚ]";
/** Letters inside brackets, tags and fields, where nothing else is expected. */
const ONLY_LETTERS = `${LETTER}(?:(?:[ ]{0,2}[,，、;/|][ ]{0,2})?${LETTER}){0,11}`;

/** "C", "A, C", "A、C", "A and C", "ACE". */
function letterList(languages: readonly Language[]): string {
  const joiner = anyPhrase(languages, "joiner");
  const separator = `(?:[ ]?[,，、;；/|&+][ ]?(?:${joiner}[ ])?|[ ]${joiner}[ ]|和|与|及|或)`;
  return `(?:${LETTER}(?:${separator}${LETTER}){0,11}|[A-Z]{2,12})`;
}

/** A second question's number right before its letter: "2、C", "第2题选C". */
const SECOND =
  "(?:^|[^0-9.])[2-9二三四五][.、．:：)）题问 ]{0,3}(?:的)?(?:答案|选)?(?:是|为|选)?[:： ]{0,2}[A-ZＡ-Ｚ](?:[^A-Za-z]|$)";
/** Words that make the last verdict one of others, of another case or of no case, or that move it. */
const doubt = (languages: readonly Language[]) =>
  `[?？]|${SECOND}|${(["denial", "exception", "hypothesis", "hearsay", "elsewhere", "disowning"] as const).map((part) => anyPhrase(languages, part)).join("|")}|${correctionOf(languages)}`;

/** Ends the sentence before that of a verdict; the line end behind a colon or comma does not. */
const SENTENCE_END =
  "(?:[。！!；;]|[^:：,，、是为 \\t*\\r\\n][ \\t*\\r\\n]*\\n|[A-Za-zÀ-ɏ]{2}[)）*]*[.．][)）*]*[ ])";
const IN_SENTENCE = "[^。.．！!；;？?\\n]*";
/** From a letter to the reason for it, and a reason that names no other letter. */
const TO_REASON = `["'）)】」”\\]*_]{0,6}[,，;；]?[ ]?`;
const NO_CAPITALS = "[^A-ZＡ-Ｚ?？]*$";

/** Tried in this order on every response, in SQL and in TypeScript. */
export function certainRules(languages: readonly Language[]): readonly CertainRule[] {
  const joiner = anyPhrase(languages, "joiner");
  const bare = `(?:[A-Z](?:(?:[ ]?[,、;/|&+\\n][ ]?|[ ]|[ ]${joiner}[ ])?[A-Z]){0,11}|[a-z])`;
  const list = letterList(languages);
  const closing = `(?:^|[^A-Za-zＡ-Ｚ])(${list})${CLOSED}`;
  const reason = `${TO_REASON}${anyPhrase(languages, "reason")}[ ,，:：]?${NO_CAPITALS}`;
  const announced = `${anyPhrase(languages, "verdict")}${GLUE}(?:${anyPhrase(languages, "between")}${GLUE}){0,3}`;
  const elsewhere = `${SECOND}|${anyPhrase(languages, "elsewhere")}`;
  const marked = `(?:^|[^A-Za-zＡ-Ｚ])(${ONLY_LETTERS})${CLOSED}`;
  return [
    {
      name: "bare-letters",
      isBare: true,
      scope: "short",
      pattern: `^[ \\n"'(\\[{<#]{0,8}${bare}[ \\n"')\\]}>.,。、;:!${MARKS}]{0,8}$`,
      letters: `(${bare})[ \\n"')\\]}>.,。、;:!${MARKS}]{0,8}$`,
    },
    {
      name: "angle-brackets",
      isBare: true,
      scope: "tail",
      pattern: `(?:^|\\n)[ *]{0,4}<[ *]{0,4}${ONLY_LETTERS}[ *]{0,4}>${CLOSED}`,
      letters: marked,
      unless: "[>＞][^A-Za-z]{0,6}[<＜]",
    },
    {
      name: "boxed",
      isBare: true,
      scope: "tail",
      pattern: `(?:^|\\n)[ *$]{0,4}\\\\boxed[{](?:\\\\text[{])?[ (]{0,2}${ONLY_LETTERS}${CLOSED}`,
      letters: marked,
      unless: "boxed[^b]{1,80}boxed",
    },
    {
      name: "closing-verdict",
      isBare: false,
      scope: "tail",
      pattern: `${announced}${list}${CLOSED}`,
      letters: closing,
      unless: doubt(languages),
    },
    {
      // Words of doubt in an earlier sentence leave none.
      name: "closing-verdict",
      isBare: false,
      scope: "tail",
      pattern: `${SENTENCE_END}${IN_SENTENCE}${announced}${list}${CLOSED}`,
      letters: closing,
      unless: elsewhere,
      unlessInMatch: doubt(languages),
    },
    {
      name: "verdict",
      isBare: false,
      scope: "tail",
      pattern: `${SENTENCE_END}${IN_SENTENCE}${announced}${LETTER}${reason}`,
      letters: `(?:^|[^A-Za-zＡ-Ｚ])(${LETTER})${reason}`,
      unless: elsewhere,
      unlessInMatch: `${doubt(languages)}|${anyPhrase(languages, "disowned")}`,
    },
  ];
}
