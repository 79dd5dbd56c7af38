import { LANGUAGE_PACKS, type Language } from "./language-packs.js";
import type { LanguagePack } from "./languages/language-pack.js";

/** Between words of a phrase and the letter, in a text prepared by `readingText`. */
const GLUE = "[ \\n\\t:=>\"'()[\\]{<#~|$\\\\–—−⇒👉➡→✅✓✔☑…-]{0,6}";
const OPEN = "[\"'(\\[{<]{0,3}";
const CLOSE = "[\"')\\]}>]{0,3}";

/** The alternatives of a part of the packs; a pattern that never matches if no pack has it. */
export function anyPhrase(languages: readonly Language[], part: keyof LanguagePack): string {
  const phrases = languages.flatMap((language) => LANGUAGE_PACKS[language][part] ?? []);
  return phrases.length === 0 ? "(?:[^\\s\\S])" : `(?:${phrases.join("|")})`;
}

/** Words that correct an answer, at the beginning of a clause; for prepared texts and for those as they are. */
export const correctionOf = (languages: readonly Language[]) =>
  `(?:^|[。.!！?？;；,，*\\n…—–→]| -)[ \\n"'(（…—–*-]{0,4}${anyPhrase(languages, "correction")}`;

/**
 * The phrases of the packs as patterns for one place in the text: `before…` patterns end where they are tried, the
 * others begin there. So none of them scans, and reading takes time in proportion to the number of letters.
 */
export interface Phrases {
  readonly beforeVerdict: RegExp;
  readonly beforeDenial: RegExp;
  readonly beforeException: RegExp;
  readonly beforeNoun: RegExp;
  readonly beforeCopula: RegExp;
  readonly copula: RegExp;
  readonly beforeNegation: RegExp;
  readonly afterNoun: RegExp;
  readonly praise: RegExp;
  readonly wrong: RegExp;
  readonly reason: RegExp;
  readonly exclusion: RegExp;
  readonly rest: RegExp;
  readonly forced: RegExp;
  readonly denies: RegExp;
  readonly connective: RegExp;
  readonly term: RegExp;
  readonly thing: RegExp;
  readonly beforeCasual: RegExp;
  readonly casualBehind: RegExp;
  readonly amidBefore: RegExp;
  readonly amidBehind: RegExp;
  readonly join: RegExp;
  readonly joinTight: RegExp;
  readonly nounAhead: RegExp;
  readonly hypothesis: RegExp;
  readonly hearsay: RegExp;
  readonly contrast: RegExp;
  readonly conclusion: RegExp;
  readonly elsewhere: RegExp;
  readonly superlative: RegExp;
  readonly beforeRight: RegExp;
  readonly beforeWrong: RegExp;
  readonly others: RegExp;
  readonly disowning: RegExp;
  readonly disowned: RegExp;
  readonly correction: RegExp;
  readonly beforeRejectedOption: RegExp;
  readonly optionFails: RegExp;
  readonly apart: RegExp;
  readonly apartBehind: RegExp;
  readonly turned: RegExp;
  readonly aside: RegExp;
  readonly copulaHere: RegExp;
  readonly noneFits: RegExp;
  readonly several: RegExp;
  readonly refusal: RegExp;
  readonly beforeOption: RegExp;
  readonly beforeNoOption: RegExp;
}

const known = new Map<string, Phrases>();

export function phrasesOf(languages: readonly Language[]): Phrases {
  const key = languages.join();
  const ready = known.get(key);
  if (ready !== undefined) return ready;
  const fresh = compile(languages);
  known.set(key, fresh);
  return fresh;
}

function compile(languages: readonly Language[]): Phrases {
  const any = (part: keyof LanguagePack) => anyPhrase(languages, part);
  const between = `${GLUE}(?:${any("between")}${GLUE}){0,4}`;
  /** With the number of the question: "Answers: 1. C". */
  const numbered = "(?:\\d{1,3}[.、)] ?)?";
  const before = (phrase: string) => new RegExp(`(?<=${phrase})`, "uy");
  const here = (phrase: string) => new RegExp(phrase, "uy");
  const joiner = any("joiner");
  return {
    beforeVerdict: before(`(?:${any("verdict")}|${any("verdictToo")})${between}${numbered}`),
    beforeDenial: before(`(?:${any("denial")}|${any("denialToo")})${between}`),
    beforeException: before(`${any("exception")}${between}`),
    beforeNoun: before(`${any("noun")}[ :"(]{0,4}`),
    beforeCopula: before(`${any("copula")} ?:?[ \\n"(]{0,4}(?:${any("between")} ){0,3}`),
    copula: new RegExp(any("copula"), "u"),
    beforeNegation: before(`${any("negation")} ?(?:${any("between")} )?(?:${any("noun")}[ :"(]{0,4})?`),
    afterNoun: here(`${CLOSE}${any("nounBehind")}`),
    praise: here(`${CLOSE}(?: ?\\([^()\\n]{0,80}\\))?[ ,]{0,2}${any("praise")}`),
    denies: new RegExp(any("rejection"), "u"),
    wrong: new RegExp(any("wrong"), "u"),
    reason: new RegExp(`,[ ]?${any("reason")}`, "u"),
    exclusion: new RegExp(any("exclusion"), "uy"),
    rest: new RegExp(any("rest"), "u"),
    forced: new RegExp(any("forced"), "u"),
    connective: here(` ?${any("connective")}[ ,]`),
    term: here(`[ -]?${any("term")}`),
    thing: here(any("thing")),
    beforeCasual: before(`${any("casual")}:?[ \\n"(]{0,4}(?:${any("between")} ){0,3}`),
    casualBehind: here(`${CLOSE}${any("casualBehind")}`),
    amidBefore: before(any("amidBefore")),
    amidBehind: here(`${CLOSE}${any("amidBehind")}`),
    join: here(
      `(${CLOSE})( ?[,、;/|&+] ?(?:${joiner} )?| ${joiner} |${any("joinerTight")}|)((?:${any("noun")}[ :]{0,2})?)(${OPEN}(?:\\\\boxed ?\\{)?${OPEN})`,
    ),
    joinTight: here(`${CLOSE} ?(?:${joiner}|${any("joinerTight")}) ?`),
    nounAhead: here(`${any("noun")}[ :"(]{0,2}`),
    hypothesis: new RegExp(any("hypothesis"), "u"),
    contrast: new RegExp(`[\\s\\S]*${any("contrast")}`, "u"),
    hearsay: new RegExp(any("hearsay"), "u"),
    conclusion: new RegExp(`(?:^|[,，] ?)[ "'(\\[#-]{0,6}${any("conclusion")}`, "u"),
    elsewhere: new RegExp(`(${any("elsewhere")})|${any("here")}`, "gu"),
    beforeOption: before(
      `(?:${any("copula")}|${any("verdict")}|${any("optionBefore")}|:)[ \\n"'(]{0,3}(?:${any("between")} ?){0,2}`,
    ),
    beforeNoOption: before(
      `(?:${any("negation")}|${any("denial")})${any("copula")}?[ "'(]{0,3}(?:${any("between")} ?){0,2}`,
    ),
    beforeRight: before(`${any("trueStatement")}${between}`),
    beforeWrong: before(`${any("falseStatement")}${between}`),
    superlative: new RegExp(any("superlative"), "u"),
    others: new RegExp(any("others"), "gu"),
    disowning: new RegExp(`(?:^|[^A-Za-z])${any("disowning")}`, "u"),
    disowned: here(`${CLOSE}${any("disowned")}`),
    correction: new RegExp(correctionOf(languages), "gu"),
    beforeRejectedOption: before(`(?:^|[^a-z])${any("optionRejected")} ?["'(]?`),
    optionFails: here(`["')\\]]{0,2} ?${any("optionFails")}`),
    apart: new RegExp(any("apart"), "u"),
    apartBehind: here(any("apart")),
    turned: new RegExp(any("turned"), "u"),
    aside: new RegExp(any("aside"), "u"),
    copulaHere: here(any("copula")),
    noneFits: new RegExp(any("noneFits"), "u"),
    several: new RegExp(any("several"), "u"),
    refusal: new RegExp(`(?:^|[^A-Za-zÀ-ɏ])${any("refusal")}`, "u"),
  };
}

/** Whether a sticky pattern matches at this place. */
export function at(pattern: RegExp, text: string, place: number): boolean {
  pattern.lastIndex = place;
  return pattern.test(text);
}
