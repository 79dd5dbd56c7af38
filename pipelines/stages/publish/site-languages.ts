import { posix } from "node:path";
import type { Language } from "../../../src/components/words.js";

/** English pages are at the root of the site, their Chinese twins under `zh`. */
export const chineseFolder = "zh";

/** Values of `lang` and `hreflang`: the Chinese is simplified, as written in mainland China. */
export const languageTags: Readonly<Record<Language, string>> = { en: "en", zh: "zh-CN" };

/** The language of a page or link, from its path below the site's root; a slash in front does not matter. */
export function languageOf(path: string): Language {
  return /^\/?zh(?:\/|$)/.test(path) ? "zh" : "en";
}

/** The path of the same page in the other language. */
export function twinOf(path: string): string {
  return languageOf(path) === "zh" ? posix.relative(chineseFolder, path) : posix.join(chineseFolder, path);
}

/** A link from one file of the site to another, both given from its root. */
export function linkBetween(from: string, to: string): string {
  const link = posix.relative(posix.dirname(from), to);
  return link.startsWith("..") ? link : `./${link}`;
}
