import { posix } from "node:path";
import { InputError } from "../../../src/lib/errors.js";
import { chineseFolder, linkBetween } from "./site-languages.js";

/** English texts, with whitespace collapsed, and their Chinese. */
export type Translations = ReadonlyMap<string, string>;

export interface TranslatedPage {
  readonly text: string;
  /** English texts of the page that have no Chinese, in the page's order. */
  readonly missing: readonly string[];
  /** English texts that the page no longer contains. */
  readonly unused: readonly string[];
}

/**
 * Reads a file of translations: pairs of lines, English above Chinese, with empty lines between the pairs.
 *
 * @throws InputError naming file and line where a pair does not have two lines, or an English text occurs twice
 */
export function readTranslations(text: string, file: string): Translations {
  const translations = new Map<string, string>();
  let line = 1;
  for (const part of text.split(/(\n{2,})/)) {
    const [english, chinese, ...more] = part.trim() === "" ? [] : part.trimEnd().split("\n");
    if (english !== undefined) {
      if (chinese === undefined || more.length > 0 || translations.has(english)) {
        throw new InputError(
          `${file} line ${line}: ${JSON.stringify(english)} is not one new pair of lines`,
          {
            hint: "Write the English on one line and its Chinese on the next; leave a line empty between pairs.",
          },
        );
      }
      translations.set(english, chinese);
    }
    line += part.split("\n").length - 1;
  }
  return translations;
}

/**
 * The Chinese twin of an English page: paths of files and imports are adjusted to the twin's folder, and prose and
 * texts in cells come from the translations. Prose without Chinese stays English and is marked with `lang`.
 *
 * Prose is taken by paragraph, list item and line of HTML; in cells by string literal.
 *
 * @param page path of the English page below the site's root, as `methods/reading.md`
 */
export function translatedPage(english: string, translations: Translations, page: string): TranslatedPage {
  const missing: string[] = [];
  const used = new Set<string>();
  const find = (text: string, isNeeded: boolean): string | undefined => {
    const chinese = translations.get(text);
    if (chinese !== undefined) used.add(text);
    else if (isNeeded) missing.push(text);
    return chinese;
  };
  const text = english
    .split(/((?<=^```\w[^\n]*\n).*?(?=^```$)|^<style>.*?^<\/style>$)/gms)
    .map((part, index) => {
      if (index % 2 === 0) return translateProse(part, find);
      return part.startsWith("<style>") ? part : translateCell(part, page, find);
    })
    .join("");
  return { text, missing, unused: [...translations.keys()].filter((key) => !used.has(key)) };
}

type Find = (text: string, isNeeded: boolean) => string | undefined;

function translateProse(prose: string, find: Find): string {
  return prose
    .split(/(^```.*$|\n{2,})/m)
    .flatMap((block) => (/^\n*(?:<|[-*] |\d+\. |---)/.test(block) ? block.split(/(\n+)(?=\S)/) : [block]))
    .map((text) => {
      const inner = text.trim();
      if (inner.startsWith("```") || !hasProse(inner)) return text;
      return text.replace(inner, () => find(inner.replaceAll(/\s+/g, " "), true) ?? asEnglish(inner));
    })
    .join("");
}

/** Whether a text contains words besides markup and expressions. */
function hasProse(text: string): boolean {
  const spoken = [...text.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label).join(" ");
  return /\p{L}/u.test(`${spoken} ${text.replaceAll(/<[^>]*>|\$\{[^}]*\}|&\w+;/g, "")}`);
}

/** English that is left, marked for readers, screen readers and the style sheet. */
function asEnglish(text: string): string {
  if (text.startsWith("title:")) return text;
  const mark = 'lang="en" class="mb-untranslated';
  if (/^<(?:div|p|caption|t[rhd]|thead)\b/.test(text))
    return text.replace(/^<(\w+)(?: class="([^"]*)")?/, (_, tag: string, own?: string) =>
      own === undefined ? `<${tag} ${mark}"` : `<${tag} ${mark} ${own}"`,
    );
  const marker = /^(?:#+|[-*]|\d+\.)\s+/.exec(text)?.[0] ?? "";
  return `${marker}<span ${mark}">${text.slice(marker.length)}</span>`;
}

const literals = /\/\/.*|(FileAttachment\()?"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;

function translateCell(cell: string, page: string, find: Find): string {
  return cell.replaceAll(literals, (whole, opens: string | undefined, quoted?: string, template?: string) => {
    const text = quoted ?? template;
    if (text === undefined) return whole;
    const put = (inner: string) => (template === undefined ? `${opens ?? ""}"${inner}"` : `\`${inner}\``);
    // Pages state their language once, as the code of the word list.
    if (text === "en") return put("zh");
    if (opens !== undefined || (/^\.{1,2}\//.test(text) && !text.endsWith(".html"))) {
      return put(linkBetween(posix.join(chineseFolder, page), posix.join(posix.dirname(page), text)));
    }
    return put(find(text, isRead(text)) ?? text);
  });
}

/** Whether a literal is a text for readers rather than a key, a class or a path: it has several words or a capital letter. */
function isRead(literal: string): boolean {
  const text = literal.replaceAll(/\$\{[^}]*\}/g, "0");
  return /^[A-Z][a-z]+$/.test(text) || (/[A-Za-z]{2}/.test(text) && /\s/.test(text));
}
