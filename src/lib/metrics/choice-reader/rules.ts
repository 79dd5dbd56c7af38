import { LANGUAGE_PACKS, type Language } from "./language-packs.js";
import type { LanguagePack } from "./languages/language-pack.js";

/**
 * Where a rule looks: `all` of the response without its `<think>` blocks, its first (`opening`, or the longer `head`)
 * or last (`tail`) code points, or all of it if it is `short`. Short responses are stripped of markdown first; the
 * patterns of the other rules tolerate markdown, because cleaning long texts costs more than all patterns together.
 */
export type Scope = "short" | "opening" | "head" | "tail" | "all";

export const SHORT = 100;
/**
 * Long enough for a sentence with a verdict. Rules that read the whole text find later verdicts: windows of 150 give
 * the same letter in each of 10,521 real responses, windows of 80 do not.
 */
export const OPENING = 100;
export const TAIL = 100;
/** Long enough for a refusal with its reasons. */
export const HEAD = 300;

/**
 * One way in which a response gives its letter. `pattern` is one source for two engines (JavaScript with the flag `u`,
 * and RE2 in DuckDB): no look-around, no `\b` `\w` `\s` (they differ on Unicode), bounded repetition wherever the part
 * before it may start at many places, and one capturing group in which the only capitals are the letters. A match
 * without letters is a decoy: it is skipped, so that its letter is not read.
 */
export interface ReadingRule {
  readonly name: string;
  readonly scope: Scope;
  /**
   * Which match counts; `sole`: any, as long as all matches give the same letters; `only`: the pattern is anchored at
   * the start or the end, so that there is at most one match.
   */
  readonly take: "first" | "last" | "sole" | "only";
  /** Only for items that may have several correct letters. */
  readonly multiple?: true;
  /** Some matches contain no letters; so may those of rules with `match`. */
  readonly decoys?: true;
  /**
   * A character that every response matched by the rule contains (reasoning included); cheaper to test than the
   * pattern.
   */
  readonly needs?: "<" | "{";
  /** The rule skips texts that this matches. Kept out of `pattern` because its long counted run would slow it down. */
  readonly unless?: string;
  /** Reads the whole text but rarely matches, so all such rules share one test that runs first. */
  readonly rarelyMatches?: true;
  readonly pattern: (languages: readonly Language[]) => string;
  /**
   * For rules with many phrases: `pattern` has no group, and these two read only the match. RE2 finds a match of a
   * large pattern many times faster than a group inside it.
   */
  readonly match?: {
    /** Contains the group and ends where the match ends. */
    readonly letters: (languages: readonly Language[]) => string;
    /** Begins a decoy. */
    readonly decoy: (languages: readonly Language[]) => string;
  };
  /** For a match of several lines: the pattern of one line, with the group. */
  readonly line?: (languages: readonly Language[]) => string;
}

const S = "[ \u00a0*_]";
const MARKS = "✅✓✔☑👉➡→\ufe0f";
const OPENERS = `[ \\t\\r\\n"'(（【「“\\[{<#>*_\ufeff${MARKS}-]`;
const ENDERS = `[ \\t\\r\\n"')）】」”\\]}>*_.。!！${MARKS}]`;
/**
 * Not a counted repetition, because every count adds a copy of the class to the automaton; each run follows one word.
 */
const GLUE = `[ \u00a0\u3000\\t\\r\\n:：=＝>"'(（【「“\\[{<＜«#~|*_$–—−⇒${MARKS}-]*`;
const LETTER = "[A-ZＡ-Ｚ]";
const AFTER_LETTER = "(?:[^A-Za-z0-9À-ɏ'’+-]|-[ \\n]|$)";
/** What may follow A, E, I, O, U and Y, which are words as well: not a space and the next word of a sentence. */
const AFTER_WORD_LIKE = `${S}{0,4}(?:[).:,;\\]}<>"»。、|!(（）．：，；】」”＞\\r${MARKS}]|\\n|$|[–—−-] )`;
/** Follows a letter that is followed by its option's text. */
const DELIMITER = "[).:）．：、]";

/**
 * An organism ("E. coli", "C. difficile") or a letter before its option's text ("B. watchful waiting"): only the option
 * texts can tell which. The capture ends with the first letter of the word, which marks it as doubtful.
 */
const DOUBTFUL = `${LETTER}[.．]${S}{0,2}[a-zß-ÿ]`;
/** How a capture of `DOUBTFUL` ends, and no other capture. */
export const DOUBT = "[.．][ \u00a0*_]{0,2}[a-zß-ÿ]";

function any(languages: readonly Language[], part: keyof LanguagePack): string {
  return `(?:${languages.map((language) => LANGUAGE_PACKS[language][part]).join("|")})`;
}

/** "A, C", "A、C", "A and C". */
function listed(languages: readonly Language[]): string {
  const joiner = any(languages, "joiner");
  const separator = `(?:[ ]?[,，、;；/|&+][ ]?(?:${joiner}[ ])?|[ ]${joiner}[ ]|和|与|及|或)`;
  return `${LETTER}(?:${separator}${LETTER})+`;
}

const AFTER_LIST = `${S}{0,4}(?:[).\\]}>"。!）】]|\\r|\\n|$)`;
const WORD_LIKE = "[AEIOUY]";
const afterWordLike = (languages: readonly Language[]) =>
  `(?:${AFTER_WORD_LIKE}|[一-鿿]|${S}{1,3}${any(languages, "connective")}[ ,])`;

/** "C", "A, C", "A、C", "A and C", "ACD": the capitals in it are the letters. */
const letters = (languages: readonly Language[]) =>
  `(?:${DOUBTFUL}|(?:${listed(languages)}|[A-Z]{2,12})${AFTER_LIST}|${WORD_LIKE}${afterWordLike(languages)}|[B-DF-HJ-NP-TV-XZＡ-Ｚ]${AFTER_LETTER})`;

/** The letters at the end of a match of `letters`, regardless of what comes before them, if `behind` follows. */
const closingLetters = (languages: readonly Language[], behind = "") =>
  `(?:^|[^A-Za-z])(${DOUBTFUL}|${listed(languages)}|[A-Z]{1,12}|[Ａ-Ｚ])(?:${AFTER_LIST}|${afterWordLike(languages)}|${AFTER_LETTER})${behind}$`;

const between = (languages: readonly Language[]) => `${GLUE}(?:${any(languages, "between")}${GLUE}){0,4}`;
const denied = (languages: readonly Language[]) => `${any(languages, "denial")}${between(languages)}`;
const exception = (languages: readonly Language[]) =>
  `${any(languages, "exception")}${between(languages)}${letters(languages)}`;
const verdict = (languages: readonly Language[]) =>
  `(?:${any(languages, "denial")}|${any(languages, "verdict")})${between(languages)}${letters(languages)}`;

const announced = {
  letters: (languages: readonly Language[]) => closingLetters(languages),
  decoy: (languages: readonly Language[]) => `${denied(languages)}${LETTER}`,
};
const named = (languages: readonly Language[]) => `${any(languages, "noun")}[ :"(*_]{1,5}`;

/** Letters inside brackets, tags and fields, where nothing else is expected. */
const RAW_LETTERS = "[A-ZＡ-Ｚ](?:(?:[ ]{0,2}[,，、;/|][ ]{0,2})?[A-ZＡ-Ｚ])*";

const bracketed = () => `<${S}{0,4}(${RAW_LETTERS})${S}{0,4}>`;
const boxed = () =>
  `\\\\boxed[ ]?[{][{ ]{0,2}(?:\\\\[a-z]{4,8}[{ ]{1,3})?[(]?(${DOUBTFUL}|${RAW_LETTERS}[).:,} ])`;

/** A line that gives one option of several: "- **C)** Angiography". */
const letteredLine = (languages: readonly Language[], letter: string) =>
  `[ \\t>#(*_-]{0,6}(?:${any(languages, "noun")}[ :"(*_]{0,5})?${letter}${S}{0,2}${DELIMITER}[^\\r\\n]*`;

/** What follows a letter at the start of a response. */
const AFTER_OPENING = `${S}{0,4}(?:[).:;\\]}>、,"(（）．：，；】」”${MARKS}]|\\r|\\n|\\t|[–—−-] |$)`;
/** A response that starts with option A and continues with B is discussing all of them. */
const WALK = "^[ #(*-]{0,6}A[).:\\n][^\\n]{0,250}\\n{1,3}[ #(*-]{0,6}B[).:\\n]";
const rejectedLetter = (languages: readonly Language[]) =>
  `[ #(*-]{0,6}${LETTER}${DELIMITER}${S}{0,4}${any(languages, "rejection")}`;

/**
 * Tried in this order; the first that finds a letter wins. A refusal is also a rule: it ends the reading without a
 * letter.
 */
export const READING_RULES: readonly ReadingRule[] = [
  {
    name: "angle-brackets",
    scope: "tail",
    take: "last",
    needs: "<",
    pattern: bracketed,
  },
  {
    name: "bare-letters",
    scope: "short",
    take: "only",
    pattern: (languages) =>
      `^[ \\n"'(\\[{<#]{0,8}([A-Z](?:(?:[ ]?[,、;/|&+\\n][ ]?|[ ]|[ ]${any(languages, "joiner")}[ ])?[A-Z]){0,11}|[a-z])[ \\n"')\\]}>.,。、;:!${MARKS}]{0,8}$`,
  },
  {
    name: "json-field",
    scope: "all",
    take: "last",
    needs: "{",
    pattern: () =>
      `"(?:[Ff]inal[_ ]?)?(?:[Cc]orrect[_ ]?)?(?:[Aa]nswer|ANSWER|[Cc]hoice|[Oo]ption|[Ll]etter|[Rr]esposta|[Rr]espuesta|[Aa]ntwort|[Aa]lternativa|[Ll]etra|答案|选项)(?:[_ ]?(?:idx|[Cc]hoice|[Ll]etter))?"[ ]?:[ \\n]{0,8}\\[?[ \\n]{0,8}"?[(]?(${DOUBTFUL}|(?:[A-Z]{2,12}|[A-Z](?:"?[ ]?[,、][ \\n]{0,8}"?[A-Z]){0,11})[).:"、,\\] \\n}])`,
  },
  {
    name: "answer-tag",
    scope: "tail",
    take: "last",
    needs: "<",
    pattern: () => `<(?:final[_ ]?)?[Aa]nswer>[ \\n*]{0,8}[(]?(${DOUBTFUL}|${RAW_LETTERS}[).:<* \\n])`,
  },
  { name: "boxed", scope: "tail", take: "last", needs: "{", pattern: boxed },
  {
    name: "closing-verdict",
    scope: "all",
    take: "only",
    pattern: (languages) => `(?:${verdict(languages)})${ENDERS}*$`,
    match: { ...announced, letters: (languages) => closingLetters(languages, `${ENDERS}*`) },
  },
  { name: "verdict", scope: "tail", take: "last", pattern: verdict, match: announced },
  {
    name: "closing-line",
    scope: "all",
    take: "only",
    pattern: (languages) => `\\n${OPENERS}{0,8}(?:${named(languages)})?(${LETTER})${ENDERS}{0,12}$`,
  },
  { name: "angle-brackets-before-explanation", scope: "all", take: "last", needs: "<", pattern: bracketed },
  { name: "boxed-before-explanation", scope: "all", take: "last", needs: "{", pattern: boxed },
  {
    name: "lettered-lines",
    scope: "all",
    take: "first",
    multiple: true,
    pattern: (languages) => `^[ \\r\\n]*(?:${letteredLine(languages, LETTER)}(?:[\\r\\n]+|$)){2,}$`,
    line: (languages) => `${letteredLine(languages, `(${LETTER})`)}[\\r\\n]*`,
  },
  {
    name: "opens-with-letter",
    scope: "all",
    take: "only",
    unless: WALK,
    pattern: (languages) =>
      `^${rejectedLetter(languages)}|^${OPENERS}{0,12}(?:${named(languages)})?(?:${DOUBTFUL}|${LETTER}${AFTER_OPENING})`,
    match: {
      letters: () => `(${DOUBTFUL}|${LETTER})(?:${AFTER_OPENING})?$`,
      decoy: rejectedLetter,
    },
  },
  { name: "opening-verdict", scope: "opening", take: "last", pattern: verdict, match: announced },
  {
    name: "verdict-before-explanation",
    scope: "all",
    take: "last",
    rarelyMatches: true,
    pattern: verdict,
    match: announced,
  },
  {
    name: "refused",
    scope: "head",
    take: "first",
    pattern: (languages) => `(?:^|[^A-Za-zÀ-ɏ])${any(languages, "refusal")}`,
  },
  {
    name: "called-correct",
    scope: "all",
    rarelyMatches: true,
    take: "last",
    pattern: (languages) =>
      `(?:${named(languages)}|[(])(${LETTER})[)"*_]{0,4}(?:[ ]?[(][^()\\n]{0,80}[)])?[ ,]{0,2}${any(languages, "praise")}`,
  },
  {
    name: "check-mark",
    scope: "all",
    rarelyMatches: true,
    take: "sole",
    pattern: (languages) =>
      `[${MARKS}]${S}{0,4}(?:${named(languages)})?(${DOUBTFUL}|${LETTER}${S}{0,4}[).:,;\\n–—-])`,
  },
  {
    name: "completes-sentence",
    scope: "all",
    rarelyMatches: true,
    take: "first",
    pattern: (languages) =>
      `${any(languages, "copula")}${S}{0,2}:?[ \\r\\n"(*_]{0,8}(?:${any(languages, "between")}${S}{1,3}){0,3}(${DOUBTFUL}|${LETTER}${S}{0,3}[).:,])`,
  },
  {
    name: "sole-option-named",
    scope: "all",
    take: "sole",
    decoys: true,
    pattern: (languages) =>
      `${any(languages, "negation")}[ ]?(?:${any(languages, "between")}[ ])?${named(languages)}${LETTER}|${named(languages)}(${DOUBTFUL}|${LETTER}${AFTER_LETTER})`,
  },
  {
    name: "exception",
    scope: "all",
    rarelyMatches: true,
    take: "last",
    pattern: exception,
    match: announced,
  },
];
