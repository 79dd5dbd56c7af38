import { chinese } from "./words/chinese.js";
import { english, type Words } from "./words/english.js";

export type { Words } from "./words/english.js";

export type Language = "en" | "zh";

const dictionaries: Readonly<Record<Language, Words>> = { en: english, zh: chinese };

export function wordsFor(language: Language): Words {
  return dictionaries[language];
}
