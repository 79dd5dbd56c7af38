import { ar } from "./further/ar.js";
import { fr } from "./further/fr.js";
import type { FurtherPack } from "./further/further-pack.js";
import { hi } from "./further/hi.js";
import { id } from "./further/id.js";
import { it } from "./further/it.js";
import { ja } from "./further/ja.js";
import { ko } from "./further/ko.js";
import { ru } from "./further/ru.js";
import { th } from "./further/th.js";
import { vi } from "./further/vi.js";

/** Packs of languages that are read in their common forms only, by their code. */
const PACKS = { ja, ko, ar, vi, th, id, ru, fr, it, hi } as const satisfies Readonly<
  Record<string, FurtherPack>
>;

/** A language that the reader knows in its common forms only. */
export type FurtherLanguage = keyof typeof PACKS;

export const FURTHER_LANGUAGES = Object.keys(PACKS) as readonly FurtherLanguage[];

export const furtherPack = (language: FurtherLanguage): FurtherPack => PACKS[language];

/** Greek, Armenian, Hebrew, most scripts of India, Lao, Tibetan, Burmese, Georgian, Ethiopic, Khmer, Mongolian. */
const NO_PACK =
  /[\u0370-\u03ff\u0530-\u05ff\u0780-\u08ff\u0980-\u0dff\u0e80-\u10ff\u1200-\u137f\u1780-\u18af]/gu;
/** Letters of languages that share the script of a pack: Ukrainian, Serbian, Kazakh; Persian, Urdu; Marathi. */
const NEIGHBOR = /[іїєґўјљњћђџқғңәөүұһІЇЄҐЎЈЉЊЋЂЏҚҒҢӘӨҮҰҺپچژگکیےٹڈڑںळ]/u;

/** Share of a script among the letters that a few foreign names do not reach. */
const SHARE = 0.05;
/** A script that has no pack and no other use: more than the Greek letters of formulas. */
const MAIN_SHARE = 0.3;
const HEAD = 1000;
const TAIL = 500;

export interface ShownLanguage {
  /** The pack to read it with; null if there is none. */
  readonly language: FurtherLanguage | null;
  /** Whether a text that could not be read counts as one in a language without a pack. */
  readonly hasNoPack: boolean;
}

/** The language that the script or the commonest words of a text show; null for all others. */
export function languageShownBy(text: string): ShownLanguage | null {
  const sample = text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)}\n${text.slice(-TAIL)}`;
  if (!ANY_SCRIPT.test(sample) && !WORDS.some(([, words]) => words.test(sample))) return null;
  const letters = count(sample, /\p{L}/gu);
  let best: FurtherLanguage | null = null;
  let most = SHARE * letters;
  for (const [language, script] of SCRIPTS) {
    const found = count(sample, script);
    if (found > 0 && found >= most) [best, most] = [language, found];
  }
  if (best !== null) return { language: best, hasNoPack: NEIGHBOR.test(sample) };
  const unknown = count(sample, NO_PACK);
  if (unknown > 0 && unknown >= MAIN_SHARE * letters) return { language: null, hasNoPack: true };
  const [byWord] = WORDS.find(([, words]) => words.test(sample)) ?? [];
  return byWord === undefined ? null : { language: byWord, hasNoPack: false };
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

const SCRIPTS = FURTHER_LANGUAGES.filter((language) => PACKS[language].byScript).map(
  (language) => [language, new RegExp(PACKS[language].shownBy, "gu")] as const,
);
const WORDS = FURTHER_LANGUAGES.filter((language) => !PACKS[language].byScript).map(
  (language) => [language, new RegExp(PACKS[language].shownBy, "iu")] as const,
);
/** One look at the scripts, which most texts end with; without flags it takes half as long. */
const ANY_SCRIPT = new RegExp(
  [NO_PACK.source, ...SCRIPTS.map(([, script]) => script.source)].join("|").replaceAll("]|[", ""),
);
