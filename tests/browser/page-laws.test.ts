import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "./browser.js";
import { languageBreaches, unmarkedEnglish } from "./language-laws.js";
import { openPage } from "./open-page.js";
import { layoutBreaches, unreachableControls } from "./page-laws.js";
import { type StaticServer, serveFolder } from "./static-server.js";

let folder: string;
let server: StaticServer;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medbench-pages-"));
  server = await serveFolder(folder);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function problemsOf(main: string, width = 380): Promise<string[]> {
  await writeFile(
    join(folder, "page.html"),
    `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>page</title><main>${main}</main>`,
  );
  const opened = await openPage(browser, `${server.url}/page.html`, { width });
  try {
    return [
      ...(await opened.problems()),
      ...(await layoutBreaches(opened.page)),
      ...(await unreachableControls(opened.page)),
    ];
  } finally {
    await opened.close();
  }
}

/** What the language laws say of a Chinese page with this content. */
async function languageProblems(main: string, { html = 'lang="zh-CN"', twin = "../page.html" } = {}) {
  await mkdir(join(folder, "zh"), { recursive: true });
  const navigation = '<a href="./other.html">页面</a>'.repeat(10);
  await writeFile(
    join(folder, "zh", "page.html"),
    `<!doctype html><html ${html}><meta charset="utf-8"><link rel="icon" href="data:,"><title>页面</title>
     <link rel="alternate" hreflang="zh-CN" href="./page.html"><link rel="alternate" hreflang="en" href="../page.html">
     <nav>${navigation}</nav><a class="mb-language" href="${twin}" lang="en" hreflang="en">English</a><main>${main}</main>`,
  );
  const opened = await openPage(browser, `${server.url}/zh/page.html`);
  try {
    return [...(await languageBreaches(opened.page)), ...(await unmarkedEnglish(opened.page))];
  } finally {
    await opened.close();
  }
}

const chart = (attributes: string, inner = "") =>
  `<svg width="200" height="100" ${attributes}>${inner}<rect width="10" height="10"/></svg>`;

describe("the checks of the browser tests detect the faults that they look for", () => {
  test("a page with a named chart, a captioned table and a button passes", async () => {
    const good = `${chart('role="img" aria-label="Scores"')}<table><caption>Scores</caption><tr><td>1</td></table><button>Go</button>`;
    expect(await problemsOf(good)).toEqual([]);
  });

  test.each([
    ["a console error", "<script>console.error('broken')</script>", /^console error: broken/],
    ["a console warning", "<script>console.warn('odd')</script>", /^console warning: odd/],
    ["an uncaught error", "<script>throw new Error('lost')</script>", /^uncaught error: lost/],
    ["a missing file", '<img src="/none.png" alt="">', /^request answered 404: .*none\.png/],
    [
      "a foreign host",
      '<img src="https://example.com/a.png" alt="">',
      /^request to another host: https:\/\/example\.com/,
    ],
    [
      "a cell in error",
      '<div class="observablehq--error">RuntimeError: x</div>',
      /^cell error: RuntimeError: x/,
    ],
    [
      "a page wider than the window",
      '<div style="width:600px">wide</div>',
      /^the page is \d+ px wide in a window of 380 px; <div>/,
    ],
    ["a chart without a name", chart(""), /^the chart <svg> \(200 x 100 px\) has no accessible name/],
    ["a chart with an empty title", chart("", "<title> </title>"), /has no accessible name/],
    ["a table without a caption", "<table><tr><td>1</td></table>", /^the table <table> "1" has no caption/],
    [
      "a control out of the Tab order",
      '<button tabindex="-1">Go</button>',
      /^the Tab key does not reach <button/,
    ],
  ])("%s is reported", async (_, main, expected) => {
    expect(await problemsOf(main)).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
  });

  test("a table that scrolls inside its own box does not make the page too wide", async () => {
    const scrolling =
      '<div style="overflow-x:auto"><table style="width:900px"><caption>Scores</caption><tr><td>1</td></table></div>';
    expect(await problemsOf(scrolling)).toEqual([]);
  });

  test("one stop of the Tab key is enough for a group of radio buttons", async () => {
    const radios =
      '<label><input type="radio" name="a"> a</label><label><input type="radio" name="a"> b</label>';
    expect(await problemsOf(radios)).toEqual([]);
  });

  test("a Chinese page may contain marked English, code and names", async () => {
    const good =
      '<p>得分 <span lang="en">as the board does it</span> <code>a b c def</code> Bland-Altman 与 R 的 psych</p>';
    expect(await languageProblems(good)).toEqual([]);
  });

  test.each([
    [
      "English that does not say so",
      "<p>得分 as the board does it</p>",
      {},
      /^English without lang: as the board does it/,
    ],
    ["emphasis that did not close", "<p>**注意。**得分</p>", {}, /^markup that was not read/],
    ["a page in another language than its place", "", { html: 'lang="en"' }, /^<html lang="en">, not zh-CN/],
    ["a twin that is another page", "", { twin: "../other.html" }, /^no link to \/page\.html/],
    [
      "a navigation in the other language",
      '<nav><a href="../other.html">Other</a></nav>',
      {},
      /leads to the other language/,
    ],
  ])("on a Chinese page, %s is reported", async (_, main, options, expected) => {
    expect(await languageProblems(main, options)).toEqual([expect.stringMatching(expected)]);
  });
});
