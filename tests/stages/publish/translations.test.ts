import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chinesePage, englishPages } from "../../../pipelines/stages/publish/chinese-pages.js";
import { readTranslations } from "../../../pipelines/stages/publish/translated-page.js";

const root = join(import.meta.dirname, "..", "..", "..", "src");
const pages = await englishPages(root);
const files = readdirSync(join(root, "zh"), { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".txt"));

/** The distinct matches of a pattern, in order. */
const parts = (text: string, pattern: RegExp) => [...new Set(text.match(pattern) ?? [])].sort();

describe.each(pages)("the Chinese of %s", async (page) => {
  const { missing, unused } = await chinesePage(root, page);
  const file = `zh/${page.replace(/\.md$/, ".txt")}`;
  const pairs = files.includes(file.slice(3))
    ? [...readTranslations(readFileSync(join(root, file), "utf8"), file)]
    : [];

  it("covers every heading, paragraph, list item, table row and text of a cell", () => {
    expect(
      missing.map((text) => `src/${page}: ${JSON.stringify(text)} has no Chinese in src/${file}`),
    ).toEqual([]);
  });

  it("translates no text that the page no longer contains", () => {
    expect(
      unused.map((text) => `src/${file}: ${JSON.stringify(text)} is not in src/${page} any more`),
    ).toEqual([]);
  });

  it("has the numbers and links of the English, and no expression of its own", () => {
    const differing = pairs.filter(
      ([english, chinese]) =>
        [/\d+(?:[.,]\d+)*/g, /\]\([^)]*\)|href="[^"]*"/g].some((pattern) => {
          const had = parts(chinese, pattern);
          return parts(english, pattern).some((part) => !had.includes(part));
        }) || parts(chinese, /\$\{[^}]*\}/g).some((part) => !english.includes(part)),
    );
    expect(differing).toEqual([]);
  });

  it("uses Chinese punctuation next to Chinese characters", () => {
    const odd = pairs.filter(([, chinese]) =>
      /\p{Script=Han}[,;:?!(]|[,;:?!)]\p{Script=Han}|\p{Script=Han} +\p{Script=Han}|[，。；：？！] /u.test(
        chinese.replaceAll(/\$\{[^}]*\}|<[^>]*>|\]\([^)]*\)|&nbsp;/g, "0"),
      ),
    );
    expect(odd.map(([, chinese]) => chinese)).toEqual([]);
  });
});

describe("the files of translations", () => {
  it("exist only for pages that exist", () => {
    expect(files.filter((file) => !pages.includes(file.replace(/\.txt$/, ".md")))).toEqual([]);
  });
});
