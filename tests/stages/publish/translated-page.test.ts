/** biome-ignore-all lint/suspicious/noTemplateCurlyInString: the pages under test hold expressions */
import { describe, expect, it } from "vitest";
import { readTranslations, translatedPage } from "../../../pipelines/stages/publish/translated-page.js";

const english = `---
title: Intervals
---

\`\`\`js
import {wilson} from "../lib/wilson.js";
import {examplesIn} from "./worked-example.js";
const {fixed} = examplesIn("en");
// A comment with "quoted words" stays.
const rows = FileAttachment("data/scores.json").json();
const random = createRandom("seed");
display(element("p", {class: "mb-aside"}, element("a", {href: "./quality.html"}, "Data quality of " + names)));
display(\`\${n} of \${all} rows\`, "./files");
\`\`\`

<style>
.mb-judge { color: red; }
</style>

# Intervals for *scores*

A paragraph over
two lines with [a link](./reading).

- first item
- second item, \${n} of them

<div class="mb-table" role="region" aria-label="A table">
<table>
<tr><th scope="row">Pool</th><td>items rotate</td></tr>
</table>
</div>
`;

const pairs = `title: Intervals
title: 置信区间

Data quality of 
数据质量：

\${n} of \${all} rows
\${all} 行中的 \${n} 行

# Intervals for *scores*
# 得分的置信区间

A paragraph over two lines with [a link](./reading).
一段文字，含[链接](./reading)。

- first item
- 第一项

- second item, \${n} of them
- 第二项，共 \${n} 个

<div class="mb-table" role="region" aria-label="A table">
<div class="mb-table" role="region" aria-label="一张表">

<tr><th scope="row">Pool</th><td>items rotate</td></tr>
<tr><th scope="row">题库批次</th><td>题目轮换</td></tr>
`;

describe("the Chinese twin of a page", () => {
  const translations = readTranslations(pairs, "zh/methods/intervals.txt");
  const { text, missing, unused } = translatedPage(english, translations, "methods/intervals.md");

  it("has every paragraph, list item, line of HTML and text in a cell in Chinese", () => {
    expect([missing, unused]).toEqual([[], []]);
    expect(text).toContain("---\ntitle: 置信区间\n---");
    expect(text).toContain(
      "# 得分的置信区间\n\n一段文字，含[链接](./reading)。\n\n- 第一项\n- 第二项，共 ${n} 个\n",
    );
    expect(text).toContain('aria-label="一张表">\n<table>\n<tr><th scope="row">题库批次</th>');
    expect(text).toContain("`${all} 行中的 ${n} 行`");
  });

  it("keeps cells and styles, and sets their language", () => {
    expect(text).toContain('examplesIn("zh")');
    expect(text).toContain('createRandom("seed")');
    expect(text).toContain('// A comment with "quoted words" stays.');
    expect(text).toContain("<style>\n.mb-judge { color: red; }\n</style>");
  });

  it("finds files, imports and downloads from its own folder, and links to other Chinese pages", () => {
    expect(text).toContain('from "../../lib/wilson.js"');
    expect(text).toContain('from "../../methods/worked-example.js"');
    expect(text).toContain('FileAttachment("../../methods/data/scores.json")');
    expect(text).toContain('"../../methods/files"');
    expect(text).toContain('href: "./quality.html"');
  });

  it("keeps text without a translation in English, and marks it", () => {
    const bare = translatedPage(english, new Map(), "methods/intervals.md");
    expect(bare.missing).toEqual([...translations.keys()]);
    expect(bare.text).toContain('# <span lang="en" class="mb-untranslated">Intervals for *scores*</span>');
    expect(bare.text).toContain('- <span lang="en" class="mb-untranslated">first item</span>');
    expect(bare.text).toContain('<tr lang="en" class="mb-untranslated"><th scope="row">Pool</th>');
    expect(bare.text).toContain('<div lang="en" class="mb-untranslated mb-table" role="region"');
    expect(bare.text).not.toMatch(/class="[^"]*" class=/);
  });

  it("shows English that changed after its translation, and names the unused Chinese", () => {
    const changed = translatedPage(
      english.replace("first item", "new item"),
      translations,
      "methods/intervals.md",
    );
    expect(changed.missing).toEqual(["- new item"]);
    expect(changed.unused).toEqual(["- first item"]);
  });
});

describe("a file of translations", () => {
  it.each([
    ["a line without its Chinese", "# One\n# 一\n\n# Two\n", "zh/a.txt line 4"],
    ["three lines together", "# One\n# 一\n# Two\n", "zh/a.txt line 1"],
    ["an English text that occurs twice", "# One\n# 一\n\n\n# One\n# 壹\n", "zh/a.txt line 5"],
  ])("is refused for %s, with file and line", (_, text, place) => {
    expect(() => readTranslations(text, "zh/a.txt")).toThrow(place);
  });
});
