import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { launchBrowser } from "../browser/browser.js";
import { openPage } from "../browser/open-page.js";
import { serveFolder } from "../browser/static-server.js";
import { emptyFolder } from "./runner/page-folder.js";
import { describePage, readPage } from "./runner/page-suite.js";
import { isGuide, pages } from "./runner/pages.js";

/** The text and the number of charts of a page of a site, in a browser. */
async function seen(
  site: string,
  page: string,
): Promise<{ text: string; charts: number; problems: string[] }> {
  const server = await serveFolder(site);
  const browser = await launchBrowser();
  try {
    const opened = await openPage(browser, `${server.url}/${page}`);
    return {
      text: await opened.page.innerText("main"),
      charts: await opened.page.locator("main svg").count(),
      problems: await opened.problems(),
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

const results: Readonly<Record<string, Readonly<Record<string, (folder: string) => Promise<void>>>>> = {
  "docs/guides/analyst.md": {
    "ends with a chart of the three systems": async (folder) => {
      const { text, charts, problems } = await seen(join(folder, "report"), "index.html");
      expect(problems).toEqual([]);
      expect(charts).toBeGreaterThan(0);
      for (const system of ["alpha", "beta", "gamma"]) expect(text).toContain(system);
    },
  },
  "docs/guides/methodologist.md": {
    "says how many more ratings each specialty needs": async (folder) => {
      const plan = await readFile(join(folder, "plan.json"), "utf8");
      for (const specialty of ["cardiology", "dermatology", "psychiatry"]) expect(plan).toContain(specialty);
    },
  },
  "docs/guides/operator.md": {
    "ends with a published folder of both months, without a question": async (folder) => {
      const { text, charts, problems } = await seen(join(folder, "site"), "leaderboard.html");
      expect(problems).toEqual([]);
      expect(charts).toBeGreaterThan(0);
      for (const word of ["alpha", "2026-03", "2026-04"]) expect(text).toContain(word);
      const released = await readFile(join(folder, "site", "files", "overall_scores.csv"), "utf8");
      // Three systems in two months, and the names of the columns.
      expect(released.trim().split("\n")).toHaveLength(7);
    },
  },
};

/** The guides from an empty folder: every block, in order, with nothing but what the page gives. */
for (const page of pages.filter(isGuide))
  describePage(page, await readPage(page), { folder: emptyFolder, results: results[page] ?? {} });
