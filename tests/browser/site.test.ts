import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import packageFile from "../../package.json" with { type: "json" };
import { queryWarehouse } from "../../pipelines/tools/sql.js";
import { wordsFor } from "../../src/components/words.js";
import { launchBrowser } from "./browser.js";
import { languageBreaches, unmarkedEnglish } from "./language-laws.js";
import { type OpenPage, type OpenPageOptions, openPage } from "./open-page.js";
import { drawsChart, layoutBreaches, unreachableControls } from "./page-laws.js";
import { type StaticServer, serveFolder } from "./static-server.js";

const root = resolve(import.meta.dirname, "..", "..");
const buildMs = 600_000;
/** What `npm start` gives to node. */
const start = packageFile.scripts.start.split(" ").slice(1);
/** Pages whose question is answered by a chart. */
const chartPages = [
  "index.html",
  "leaderboard.html",
  "distributions.html",
  "specialties.html",
  "judge.html",
].flatMap((page) => [page, `zh/${page}`]);
const isChinese = (page: string) => page.startsWith("zh/");

let folder: string;
let pages: string[];
let server: StaticServer;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medbench-site-"));
  const site = join(folder, "dist");
  const { status, stderr } = spawnSync(
    process.execPath,
    [...start, "--workspace", join(folder, "workspace"), "--out", site],
    { cwd: root, encoding: "utf8", timeout: buildMs },
  );
  expect(status, stderr).toBe(0);
  pages = (await readdir(site, { recursive: true })).filter((file) => file.endsWith(".html")).sort();
  server = await serveFolder(site);
  browser = await launchBrowser();
}, buildMs);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Texts of the warehouse that no reader of the report may see, as JSON or plain text would carry them. */
async function confidentialTexts(workspace: string): Promise<string[]> {
  const rows = JSON.parse(
    await queryWarehouse(
      workspace,
      `SELECT DISTINCT text FROM (
         SELECT substr(question, 20, 40) AS text FROM items_private
         UNION ALL SELECT substr(raw, 1, 40) FROM responses WHERE length(raw) >= 40
         UNION ALL SELECT gold FROM items_private WHERE length(gold) >= 20
         UNION ALL SELECT key_points FROM items_private WHERE length(key_points) >= 20
         UNION ALL SELECT rationale FROM judgments WHERE length(rationale) >= 20
         UNION ALL SELECT rater FROM ratings
       ) WHERE length(text) >= 5 ORDER BY hash(text) LIMIT 4000`,
      { format: "json" },
    ),
  ) as { text: string }[];
  // A text with quotes or line ends stands escaped in JSON: both forms are looked for.
  return [...new Set(rows.flatMap(({ text }) => [text, JSON.stringify(text).slice(1, -1)]))];
}

/** What `look` finds on each page that `choose` takes, with the page's name; three pages are open at a time. */
async function onEveryPage(
  { choose = () => true, ...options }: OpenPageOptions & { readonly choose?: (page: string) => boolean },
  look: (opened: OpenPage, page: string) => Promise<readonly string[]>,
): Promise<string[]> {
  const found: string[] = [];
  const waiting = pages.filter(choose);
  const visitNext = async (): Promise<void> => {
    for (let page = waiting.shift(); page !== undefined; page = waiting.shift()) {
      const opened = await openPage(browser, `${server.url}/${page}`, options);
      try {
        for (const finding of await look(opened, page)) found.push(`${page}: ${finding}`);
      } finally {
        await opened.close();
      }
    }
  };
  await Promise.all([visitNext(), visitNext(), visitNext()]);
  return found.sort();
}

describe("the report site built from the sample", () => {
  test("carries no item text, answer, gold, rationale or rater in any built file", async () => {
    const secrets = await confidentialTexts(join(folder, "workspace"));
    expect(secrets.length).toBeGreaterThan(500);
    const site = join(folder, "dist");
    const files = (await readdir(site, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    const found: string[] = [];
    for (const entry of files) {
      const bytes = (await readFile(join(entry.parentPath, entry.name))).toString("utf8");
      for (const secret of secrets) if (bytes.includes(secret)) found.push(`${entry.name}: ${secret}`);
    }
    expect(found).toEqual([]);
  });

  test("has a page for each question that the report answers", () => {
    expect(pages).toEqual(
      expect.arrayContaining([...chartPages, "quality.html", "downloads.html", "methods/index.html"]),
    );
  });

  // The twins share cells and style with the English pages: one narrow and one wide look find what words alone change.
  describe.each([
    { width: 380, colorScheme: "light", languages: "English" },
    { width: 380, colorScheme: "dark", languages: "both" },
    { width: 1440, colorScheme: "light", languages: "both" },
    { width: 1440, colorScheme: "dark", languages: "English" },
  ] as const)("at $width px in $colorScheme colors ($languages)", ({ languages, ...options }) => {
    test("no page logs an error, asks another host, overflows or leaves a chart or table unnamed", async () => {
      const choose = (page: string) => languages === "both" || !isChinese(page);
      const found = await onEveryPage({ ...options, choose }, async (opened) => [
        ...(await opened.problems()),
        ...(await layoutBreaches(opened.page)),
        ...(options.width === 1440 ? await languageBreaches(opened.page) : []),
        ...(await unmarkedEnglish(opened.page)),
      ]);
      expect(found).toEqual([]);
    });
  });

  test("every page that should have a chart draws one", async () => {
    const found = await onEveryPage({ choose: (page) => chartPages.includes(page) }, async ({ page }) =>
      (await drawsChart(page)) ? [] : ["no chart"],
    );
    expect(found).toEqual([]);
  });

  test("the sample's record of its rating study leaves no item of the checklist open, in either language", async () => {
    const choose = (page: string) => page.endsWith("judge.html");
    const found = await onEveryPage({ choose }, async ({ page }, name) => {
      const { caption, gap } = wordsFor(isChinese(name) ? "zh" : "en").judge.grras;
      const rows = page.getByRole("region", { name: caption }).locator("tbody tr");
      const texts = await rows.allInnerTexts();
      return texts.length === 15 ? texts.filter((text) => text.includes(gap)) : [`${texts.length} rows`];
    });
    expect(found).toEqual([]);
  });

  test("the Tab key reaches every control", async () => {
    const choose = (page: string) => !isChinese(page);
    expect(await onEveryPage({ choose }, ({ page }) => unreachableControls(page))).toEqual([]);
  });

  test("every link inside the site leads to a file", async () => {
    const known = new Map<string, number>();
    const found = await onEveryPage({}, async ({ page }) => {
      const breaches: string[] = [];
      const links = await page.evaluate(() => Array.from(document.links, ({ href }) => href));
      for (const link of new Set(links.map((href) => href.replace(/#.*/, "")))) {
        if (!link.startsWith(server.url)) continue;
        if (!known.has(link)) known.set(link, (await fetch(link, { method: "HEAD" })).status);
        if (known.get(link) !== 200)
          breaches.push(`${link.slice(server.url.length)} answers ${known.get(link)}`);
      }
      return breaches;
    });
    expect(found).toEqual([]);
  });
});
