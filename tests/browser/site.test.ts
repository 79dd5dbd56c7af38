import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { readTrials } from "../../bench/simulations/frame/results-file.js";
import { queryWarehouse } from "../../pipelines/tools/sql.js";
import type { TrialMeasure } from "../../src/components/trial-results.js";
import { wordsFor } from "../../src/components/words.js";
import { languageBreaches, unmarkedEnglish } from "./language-laws.js";
import { drawsChart, layoutBreaches, unreachableControls } from "./page-laws.js";
import { type Findings, isChinese, pagesOf, type SampleSite, sampleSite, visitPages } from "./sample-site.js";

/** Pages whose question is answered by a chart. */
const chartPages = [
  "index.html",
  "leaderboard.html",
  "distributions.html",
  "specialties.html",
  "judge.html",
  "methods/trials.html",
].flatMap((page) => [page, `zh/${page}`]);

let built: SampleSite;
beforeAll(async () => {
  built = await sampleSite();
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
  // A text with quotes or line ends is escaped in JSON: look for both forms.
  return [...new Set(rows.flatMap(({ text }) => [text, JSON.stringify(text).slice(1, -1)]))];
}

describe("the report site built from the sample", () => {
  test("carries no item text, answer, gold, rationale or rater in any built file", async () => {
    const secrets = await confidentialTexts(built.workspace);
    expect(secrets.length).toBeGreaterThan(500);
    const files = (await readdir(built.site, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    const found: string[] = [];
    for (const entry of files) {
      const bytes = (await readFile(join(entry.parentPath, entry.name))).toString("utf8");
      for (const secret of secrets) if (bytes.includes(secret)) found.push(`${entry.name}: ${secret}`);
    }
    expect(found).toEqual([]);
  });

  test("has a page for each question that the report answers", async () => {
    expect(await pagesOf(built.site)).toEqual(
      expect.arrayContaining([...chartPages, "quality.html", "downloads.html", "methods/index.html"]),
    );
  });
});

/** Links of a page to its own site that lead to no file. */
async function brokenLinks(page: Page): Promise<string[]> {
  const { origin } = new URL(page.url());
  const links = await page.evaluate(() => Array.from(document.links, ({ href }) => href));
  const own = new Set(
    links.map((href) => href.replace(/#.*/, "")).filter((href) => href.startsWith(`${origin}/`)),
  );
  const broken: string[] = [];
  for (const link of own) {
    const { status } = await fetch(link, { method: "HEAD" });
    if (status !== 200) broken.push(`${link.slice(origin.length)} answers ${status}`);
  }
  return broken;
}

/** Items of the judge page's reporting checklist that are left open. */
async function openChecklistItems(page: Page, name: string): Promise<string[]> {
  const { caption, gap } = wordsFor(isChinese(name) ? "zh" : "en").judge.grras;
  const texts = await page.getByRole("region", { name: caption }).locator("tbody tr").allInnerTexts();
  return texts.length === 15 ? texts.filter((text) => text.includes(gap)) : [`${texts.length} rows`];
}

/** Rows of the trials' tables that do not show the figures of the file behind the page. */
async function trialBreaches(page: Page, name: string): Promise<string[]> {
  const language = isChinese(name) ? "zh" : "en";
  const { scenarios } = readTrials(join(import.meta.dirname, "..", "..", "src", "methods", "trials.json"));
  // The tables are folded away, which innerText would leave out.
  const tables = await page.locator("figure").evaluateAll((figures) =>
    figures.map((figure) => ({
      title: figure.querySelector("h3")?.textContent,
      rows: [...figure.querySelectorAll("tbody tr")].map((row) =>
        [...row.children].map((cell) => cell.textContent).join(" | "),
      ),
    })),
  );
  return scenarios.flatMap(({ title, measures, results, runs }) => {
    const shown = tables.find((table) => table.title === title[language])?.rows ?? [];
    const average = wordsFor(language).trials.average;
    const wanted = results.map(({ setting, measure, value }) => {
      const { label, kind } = measures[measure] as TrialMeasure;
      // Halves are rounded up, which toFixed does only where the binary fraction happens to be above.
      const thousandths = Math.floor(Number((1000 * (value ?? 0)).toFixed(6)) + 0.5);
      const shares = kind === "mean" ? (thousandths / 1000).toFixed(3) : `${(thousandths / 10).toFixed(1)}%`;
      const text = value === null ? "–" : shares;
      return `${setting?.[language] ?? average} | ${label[language]} | ${text} | `;
    });
    const lost = wanted.filter((start, i) => shown[i]?.startsWith(start) !== true);
    return runs > 0 && results.length > 0
      ? lost.map((row) => `${title[language]}: ${row}`)
      : [title[language]];
  });
}

describe("every page in a wide window in light colors, in either language", () => {
  const laws = [
    "logs an error or contacts another host, or overflows, or leaves a chart or table unnamed",
    "misses its twin in the other language or leads to the wrong one",
    "shows English on a Chinese page without saying so",
    "lacks the chart that answers its question",
    "leaves an item of the sample's rating study open in its checklist",
    "has a link inside the site that leads to no file",
    "has a control that the Tab key does not reach",
    "shows a figure of a trial that is not in the file of trials",
  ] as const;
  let visited: { pages: readonly string[]; found: Findings<(typeof laws)[number]> };

  beforeAll(async () => {
    const options = { width: 1440, colorScheme: "light" } as const;
    visited = await visitPages(built.site, options, async (opened, name) => {
      const { page } = opened;
      return {
        [laws[3]]: chartPages.includes(name) && !(await drawsChart(page)) ? ["no chart"] : [],
        [laws[0]]: [...(await opened.problems()), ...(await layoutBreaches(page))],
        [laws[1]]: await languageBreaches(page),
        [laws[2]]: await unmarkedEnglish(page),
        [laws[4]]: name.endsWith("judge.html") ? await openChecklistItems(page, name) : [],
        [laws[5]]: await brokenLinks(page),
        [laws[7]]: name.endsWith("methods/trials.html") ? await trialBreaches(page, name) : [],
        // The twins share their controls. Last, because it moves the focus.
        [laws[6]]: isChinese(name) ? [] : await unreachableControls(page),
      };
    });
  });

  test("was opened", async () => {
    expect(visited.pages).toEqual(await pagesOf(built.site));
    expect(visited.pages.length).toBeGreaterThan(40);
  });

  test.each(laws)("none %s", (law) => {
    expect(visited.found[law]).toEqual([]);
  });
});

// The twins share cells and style with the English pages; test:all opens them at this width too.
test("no English page in a narrow window in dark colors logs an error, contacts another host, overflows or leaves a chart or table unnamed", async () => {
  const options = { width: 380, colorScheme: "dark" } as const;
  const choose = (page: string) => !isChinese(page);
  const { pages, found } = await visitPages(built.site, { ...options, choose }, async (opened) => ({
    problems: [...(await opened.problems()), ...(await layoutBreaches(opened.page))],
  }));
  expect(pages.length).toBeGreaterThan(20);
  expect(found.problems).toEqual([]);
});
