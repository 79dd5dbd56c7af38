import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { chineseFolder } from "./site-languages.js";
import { readTranslations, type TranslatedPage, translatedPage } from "./translated-page.js";

/** Paths of the English pages below Framework's root, as `methods/reading.md`. */
export async function englishPages(root: string): Promise<string[]> {
  return (await pagesBelow(root)).filter((page) => !page.startsWith(`${chineseFolder}/`));
}

/** The Chinese twin of an English page, made with its translations in `zh`. */
export async function chinesePage(root: string, page: string): Promise<TranslatedPage> {
  const file = join(root, chineseFolder, page.replace(/\.md$/, ".txt"));
  const translations = existsSync(file) ? readTranslations(await readFile(file, "utf8"), file) : new Map();
  return translatedPage(await readFile(join(root, page), "utf8"), translations, page);
}

/**
 * Writes the Chinese twin of every English page into the folder `zh` of Framework's root, and removes those whose
 * English page is gone. Framework finds pages by their files; one loader per page would start one process per page.
 */
export async function writeChinesePages(root: string): Promise<void> {
  const pages = await englishPages(root);
  for (const page of pages) {
    const target = join(root, chineseFolder, page);
    const { text } = await chinesePage(root, page);
    if (existsSync(target) && (await readFile(target, "utf8")) === text) continue;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  for (const page of await pagesBelow(join(root, chineseFolder)))
    if (!pages.includes(page)) await rm(join(root, chineseFolder, page));
}

async function pagesBelow(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true }))
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".md") && !/^\.|\/\./.test(file))
    .sort();
}
