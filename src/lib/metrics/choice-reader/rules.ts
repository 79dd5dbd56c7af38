import { LANGUAGE_PACKS, type Language, type LanguagePack } from "./language-packs.js";

/**
 * Where a rule looks. `raw`: the response without its `<think>` blocks; the others are cleaned as well: `all` of it,
 * the first (`head`) or last (`tail`) code points, or all of it if it is `short`. Cut first, cleaned afterwards:
 * then both engines see the same text, and SQL cleans a few hundred characters instead of thousands.
 */
export type Scope = "raw" | "short" | "head" | "tail" | "all";

export const SHORT = 100;
export const HEAD = 300;
export const TAIL = 600;

/**
 * One way in which a response gives its letter. `pattern` is one source for two engines (JavaScript with the flag
 * `u`, and RE2 in DuckDB): no look-around, no `\b` `\w` `\s` (they differ on Unicode), repetition bounded wherever
 * the part before it may start at many places, and one capturing group that holds the letters as its only
 * capitals. A match with an empty group is a decoy: it keeps its letter from being read and is passed over.
 */
export interface ReadingRule {
  readonly name: string;
  readonly scope: Scope;
  /** Which match counts; `sole`: any, as long as all matches give the same letters. */
  readonly take: "first" | "last" | "sole";
  /** Texts of which every match contains one: a cheap test before the pattern runs. Only for `raw` rules. */
  readonly needs?: readonly string[];
  readonly pattern: (languages: readonly Language[]) => string;
}

const MARKS = "✅✓✔☑👉➡→";
const OPENERS = `[ "'(\\[{#>${MARKS}-]`;
const GLUE = `[ \\t\\n:=>"'(\\[{<«#~|–—−⇒${MARKS}-]{0,12}`;
const AFTER_LETTER = "(?:[^A-Za-z0-9À-ɏ'’+-]|-[ \\n]|$)";
/** What may follow A, E, I, O, U and Y, which are words as well: not a space and the next word of a sentence. */
const AFTER_WORD_LIKE = `[ ]{0,2}(?:[).:,;\\]}<>"»。、|!(${MARKS}]|\\n|$|[–—−-] )`;

function any(languages: readonly Language[], part: keyof LanguagePack): string {
  return `(?:${languages.map((language) => LANGUAGE_PACKS[language][part]).join("|")})`;
}

/** "C", "A, C", "A、C", "A and C", "ACD": the capitals in it are the letters. */
function letters(languages: readonly Language[]): string {
  const joiner = any(languages, "joiner");
  const separator = `(?:[ ]?[,、;/|&+][ ]?(?:${joiner}[ ])?|[ ]${joiner}[ ]|和|与|及|或)`;
  const list = `(?:[A-Z](?:${separator}[A-Z]){1,11}|[A-Z]{2,12})[ ]{0,2}(?:[).\\]}>"。!]|\\n|$)`;
  const wordLike = `[AEIOUY](?:${AFTER_WORD_LIKE}|[一-鿿]|[ ]${any(languages, "connective")}[ ,])`;
  return `(${list}|${wordLike}|[B-DF-HJ-NP-TV-XZ]${AFTER_LETTER})`;
}

function announced(languages: readonly Language[], announcement: "verdict" | "exception"): string {
  const between = `(?:${any(languages, "between")}(?:[ ]|${GLUE})){0,4}`;
  const decoy = `${any(languages, "denial")}${GLUE}${between}[A-Z]${AFTER_LETTER}|`;
  return `${announcement === "verdict" ? decoy : ""}${any(languages, announcement)}${GLUE}${between}${GLUE}${letters(languages)}`;
}

const verdict = (languages: readonly Language[]) => announced(languages, "verdict");
const optionalNoun = (languages: readonly Language[]) => `(?:${any(languages, "noun")}[ :]{1,3})?`;

const RAW_LETTERS = "[A-ZＡ-Ｚ](?:[ ]{0,2}[,，、;/|][ ]{0,2}[A-ZＡ-Ｚ]|[A-ZＡ-Ｚ]){0,11}";

/** In this order; the first that finds a letter wins. A refusal is a rule too: it ends the reading without one. */
export const READING_RULES: readonly ReadingRule[] = [
  {
    name: "angle-brackets",
    scope: "raw",
    take: "last",
    needs: ["<", "＜"],
    pattern: () => `[<＜][ *]{0,3}(${RAW_LETTERS})[ *]{0,3}[>＞]`,
  },
  {
    name: "bare-letters",
    scope: "short",
    take: "first",
    pattern: (languages) =>
      `^[ \\n"'(\\[{<#]{0,8}([A-Z](?:(?:[ ]?[,、;/|&+\\n][ ]?|[ ]|[ ]${any(languages, "joiner")}[ ])?[A-Z]){0,11}|[a-z])[ \\n"')\\]}>.,。、;:!${MARKS}]{0,8}$`,
  },
  {
    name: "json-field",
    scope: "raw",
    take: "last",
    needs: ['":', '" :', '"：'],
    pattern: () =>
      `"(?:[Ff]inal[_ ]?)?(?:[Cc]orrect[_ ]?)?(?:[Aa]nswer|ANSWER|[Cc]hoice|[Oo]ption|[Ll]etter|[Rr]esposta|[Rr]espuesta|[Aa]ntwort|[Aa]lternativa|[Ll]etra|答案|选项)(?:[_ ]?(?:idx|[Cc]hoice|[Ll]etter))?"[ ]?[:：][ \\n]{0,8}\\[?[ \\n]{0,8}"?[(]?([A-Z]{2,12}|[A-Z](?:"?[ ]?[,、][ \\n]{0,8}"?[A-Z]){0,11})[).:"、,\\] \\n}]`,
  },
  {
    name: "answer-tag",
    scope: "raw",
    take: "last",
    needs: ["nswer>"],
    pattern: () => `<(?:final[_ ]?)?[Aa]nswer>[ \\n*]{0,8}[(]?(${RAW_LETTERS})[).:<* \\n]`,
  },
  {
    name: "boxed",
    scope: "raw",
    take: "last",
    needs: ["\\boxed"],
    pattern: () => `\\\\boxed[{ ]{1,3}(?:\\\\[a-z]{4,8}[{ ]{1,3})?[(]?(${RAW_LETTERS})[).:,} ]`,
  },
  { name: "verdict", scope: "tail", take: "last", pattern: verdict },
  {
    name: "closing-line",
    scope: "tail",
    take: "last",
    pattern: (languages) => `\\n${OPENERS}{0,8}${optionalNoun(languages)}([A-Z])[ "')\\]}.。!${MARKS}]{0,6}$`,
  },
  {
    name: "opens-with-letter",
    scope: "head",
    take: "first",
    pattern: (languages) =>
      `^[ #(-]{0,6}A[).:\\n][^\\n]{0,250}\\n{1,3}[ #(-]{0,6}B[).:\\n]|^[ #(-]{0,6}[A-Z][).:][ ]{0,2}${any(languages, "blame")}|^[\\n"'(\\[{#> ${MARKS}-]{0,12}${optionalNoun(languages)}([A-Z])(?:[ ]{0,3}(?:[).:;\\]}>、,"(${MARKS}]|\\n|\\t|[–—−-][ ]?)|$)`,
  },
  { name: "verdict-before-explanation", scope: "all", take: "last", pattern: verdict },
  {
    name: "refused",
    scope: "head",
    take: "first",
    pattern: (languages) => `(?:^|[^A-Za-zÀ-ɏ])${any(languages, "refusal")}`,
  },
  {
    name: "called-correct",
    scope: "all",
    take: "last",
    pattern: (languages) =>
      `(?:${any(languages, "noun")}[ :"(]{0,3}|[(])([A-Z])[)"]?(?:[ ]?[(][^()\\n]{0,80}[)])?[ ,]{0,2}${any(languages, "praise")}`,
  },
  {
    name: "check-mark",
    scope: "all",
    take: "sole",
    pattern: (languages) => `[${MARKS}][ ]{0,2}${optionalNoun(languages)}([A-Z])[ ]{0,2}[).:,;\\n–—-]`,
  },
  {
    name: "completes-sentence",
    scope: "all",
    take: "first",
    pattern: (languages) =>
      `${any(languages, "copula")}[ ]{0,2}:?[ \\n"(]{0,6}(?:${any(languages, "between")}[ ]){0,3}([A-Z])[ ]?[).:,]`,
  },
  {
    name: "sole-option-named",
    scope: "all",
    take: "sole",
    pattern: (languages) =>
      `${any(languages, "negation")}[ ]?(?:${any(languages, "between")}[ ])?${any(languages, "noun")}[ :"(]{1,3}[A-Z]|${any(languages, "noun")}[ :"(]{1,3}([A-Z])${AFTER_LETTER}`,
  },
  {
    name: "exception",
    scope: "all",
    take: "last",
    pattern: (languages) => announced(languages, "exception"),
  },
];
