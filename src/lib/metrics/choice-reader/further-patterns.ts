import type { FurtherPack } from "./further/further-pack.js";
import { type FurtherLanguage, furtherPack } from "./further-languages.js";

const LETTER = "[A-ZＡ-Ｚ]";
const OPEN = "[ \u00a0\u3000\\t\\r\\n\"'()（）【】「」『』“‘«‹\\[\\]{<＜〈《*_~#|:：=＝—–-]{0,12}";
const CLOSE = "[\"'”’»›」』)）\\]】}>＞〉》*_]{0,4}[ \u00a0]{0,2}";
/** "C (cold pack)" and "C: cold pack" before what is said about it. */
const OPTION_TEXT = "(?:[(（][^()（）\\n]{0,60}[)）][ ]?)?";
/** A small letter counts only after an announcement and at the end of a clause. */
const SMALL = "[a-zａ-ｚ](?=[\"'”」』)）\\]】*_ ]{0,3}(?:[.。,，、!।]|\\n|$))";
/** Not the beginning of a word, nor a hyphenated term. */
const NO_WORD = "(?![A-Za-z0-9À-ɏ'’+]|-[A-Za-z0-9])";

/** The patterns of one pack. */
export interface FurtherPatterns {
  readonly pack: FurtherPack;
  readonly isLatin: boolean;
  readonly announcement: RegExp;
  readonly letters: RegExp;
  readonly anyLetters: RegExp;
  readonly said: RegExp;
  readonly but: RegExp;
  readonly hedge: RegExp;
  readonly perhaps: RegExp;
  readonly refusal: RegExp;
  readonly connective: RegExp;
}

const built = new Map<FurtherLanguage, FurtherPatterns>();

export function furtherPatterns(language: FurtherLanguage): FurtherPatterns {
  const known = built.get(language);
  if (known !== undefined) return known;
  const pack = furtherPack(language);
  const isLatin = !pack.byScript || language === "vi";
  // Words are written with spaces; markdown may put marks between them.
  const spaced = (source: string) =>
    source.replaceAll(/ (\??)/gu, (_, optional) => `[ \u00a0*_]{${optional === "?" ? 0 : 1},4}`);
  const list = `${LETTER}(?:["'”」』)）]{0,2}(?:[ ]{0,2}[,，、;；/|&+·،~〜～–-][ ]{0,2}(?:(?:${spaced(pack.joiner)})[ ]{0,2})?|[ ]{0,2}(?:${spaced(pack.joiner)})[ ]{0,2})["'“「『(（]{0,2}(?:(?:${spaced(pack.noun)})[ ]?)?${LETTER}${NO_WORD}){0,11}|[A-Z]{2,12}`;
  const wordStart = isLatin || language === "ru" ? "(?<![\\p{L}\\p{N}])" : "";
  const patterns: FurtherPatterns = {
    pack,
    isLatin,
    announcement: new RegExp(
      `${wordStart}(?:(?<denial>${spaced(pack.denial)})|(?<exception>${spaced(pack.exception)})|(?:${spaced(pack.verdict)}))${OPEN}(?:(?:${spaced(pack.noun)})${OPEN}){0,3}`,
      "giu",
    ),
    letters: new RegExp(`(?<letters>(?:${list})${NO_WORD}|${SMALL})`, "yu"),
    anyLetters: new RegExp(`(?<![A-Za-z0-9À-ɏ'’./+-])(?<letters>${list})${NO_WORD}`, "gu"),
    said: new RegExp(
      `${CLOSE}${OPTION_TEXT}(?:(?<rejection>${spaced(pack.rejection)})|(?<praise>${spaced(pack.praise)}))`,
      "yiu",
    ),
    but: new RegExp(
      `${CLOSE}${OPTION_TEXT}(?:${spaced(pack.but)})${OPEN}(?:(?:${spaced(pack.noun)})${OPEN}){0,2}`,
      "yiu",
    ),
    hedge: new RegExp(spaced(pack.hedge), "iu"),
    perhaps: new RegExp(spaced(pack.perhaps), "iu"),
    refusal: new RegExp(spaced(pack.refusal), "iu"),
    connective: new RegExp(`^(?:${pack.connective})$`, "iu"),
  };
  built.set(language, patterns);
  return patterns;
}
