import { anyCase } from "./clean.js";
import { de } from "./languages/de.js";
import { en } from "./languages/en.js";
import { es } from "./languages/es.js";
import type { LanguagePack } from "./languages/language-pack.js";
import { pt } from "./languages/pt.js";
import { zh } from "./languages/zh.js";

/** Languages whose phrases the reader knows. */
export type Language = "zh" | "en" | "pt" | "de" | "es";

/** The packs as written, one file a language in `languages/`; a new pack is added here. */
const PACKS: Readonly<Record<Language, LanguagePack>> = { zh, en, pt, de, es };

// Two words of a phrase are separated by spaces and, in markdown, by bold or italic marks.
const expand = (source: string) =>
  anyCase(source.replaceAll("[ao]", "(?:a|o)")).replaceAll(" ", "[ \u00a0*_]+");

/** Alternatives of a single letter ("a", "o", "e") stay lower case: in upper case they may be the answer. */
const expandWords = (source: string) =>
  source
    .split("|")
    .map((word) => (word.length === 1 ? word : expand(word)))
    .join("|");

const WORD_LISTS: ReadonlySet<string> = new Set(["between", "joiner"]);

/** The packs, ready to be joined into one pattern. */
export const LANGUAGE_PACKS = Object.fromEntries(
  Object.entries(PACKS).map(([language, pack]) => [language, expandPack(pack)]),
) as Readonly<Record<Language, LanguagePack>>;

function expandPack(pack: LanguagePack): LanguagePack {
  return Object.fromEntries(
    Object.entries(pack).map(([part, source]) => [
      part,
      WORD_LISTS.has(part) ? expandWords(source) : expand(source),
    ]),
  ) as Record<keyof LanguagePack, string>;
}

export const LANGUAGES = Object.keys(LANGUAGE_PACKS) as readonly Language[];
