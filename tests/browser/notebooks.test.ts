import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildNotebooks, serveNotebooks } from "../../notebooks/serve.js";
import { packageRoot } from "../../pipelines/warehouse/package-root.js";
import { writeTinyWarehouse } from "../tiny-warehouse.js";
import { launchBrowser } from "./browser.js";
import { type OpenPage, openPage } from "./open-page.js";
import { layoutBreaches } from "./page-laws.js";
import { serveFolder } from "./static-server.js";

let folder: string;
let built: string;
let pages: string[];
let browser: Browser;

const run = (system: string) => ({
  run_id: `${system}.run`,
  system,
  benchmark: "b",
  board: "upload",
  pool: "p1",
});
/** Text that would end the script it is carried in, if it were not escaped. */
const hostileQuestion = "Which drug? </script><script>console.error('escaped')</script>";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medbench-notebooks-"));
  const workspace = join(folder, "workspace");
  const item = { benchmark: "b", dataset: "MedExam", pool: "p1", item_id: "1", variant: 1 };
  await writeTinyWarehouse(workspace, {
    // alpha: 3 groups at 0, 1 at 1; beta: 4 groups at 1.
    score_distributions: [
      { ...run("alpha"), dataset: "MedExam", group_score: 0, n_groups: 3 },
      { ...run("alpha"), dataset: "MedExam", group_score: 1, n_groups: 1 },
      { ...run("beta"), dataset: "MedExam", group_score: 1, n_groups: 4 },
    ],
    task_scores: [
      {
        ...run("alpha"),
        dataset: "MedExam",
        metric: "task",
        estimate: 0.25,
        lower: 0.05,
        upper: 0.7,
        n_groups: 4,
        n_expected: 4,
        n_scored: 4,
      },
      {
        ...run("beta"),
        dataset: "MedExam",
        metric: "task",
        estimate: 1,
        lower: 0.51,
        upper: 1,
        n_groups: 4,
        n_expected: 4,
        n_scored: 4,
      },
    ],
    scores: [
      { ...run("alpha"), ...item, metric: "accuracy", node: "", value: 0 },
      { ...run("beta"), ...item, metric: "accuracy", node: "", value: 1 },
    ],
    items_private: [{ ...item, question: hostileQuestion }],
  });
  built = join(folder, "built");
  pages = await buildNotebooks(built, { workspace });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function visit(page: string, look: (opened: OpenPage) => Promise<void>): Promise<void> {
  const server = await serveFolder(built);
  const opened = await openPage(browser, `${server.url}/${page}`);
  try {
    await look(opened);
  } finally {
    await opened.close();
    await server.close();
  }
}

describe("built notebooks", () => {
  test("every notebook opens without an error and without a request to another host", async () => {
    expect(pages).toContain("score-distributions.html");
    for (const page of pages) {
      await visit(page, async (opened) => {
        await opened.page.waitForSelector("main table");
        expect(await opened.problems()).toEqual([]);
        expect(await layoutBreaches(opened.page)).toEqual([]);
      });
    }
  });

  test("SQL cells were answered from the warehouse and statistics come from src/lib", async () => {
    await visit("score-distributions.html", async ({ page }) => {
      await page.waitForSelector("main table");
      const cells = await page.locator("main table").first().locator("tbody tr").allInnerTexts();
      // Wilson intervals of 4/4 and 1/4: R prop.test(4, 4, correct = FALSE), prop.test(1, 4, correct = FALSE).
      expect(cells.map((row) => row.split("\t"))).toEqual([
        ["beta", "100.0", "51.0 to 100.0", "100.0", "51.0 to 100.0", "4", "4 of 4"],
        ["alpha", "25.0", "5.0 to 70.0", "25.0", "4.6 to 69.9", "4", "4 of 4"],
      ]);
    });
  });

  test("text of an item is shown as text, whatever it contains", async () => {
    await visit("score-distributions.html", async ({ page }) => {
      await page.waitForSelector("main table");
      expect(await page.locator("main table").nth(1).textContent()).toContain(hostileQuestion);
    });
  });

  test("no built file loads code from a content delivery network", async () => {
    const files = (await readdir(built, { recursive: true })).filter((file) => /\.(js|html|css)$/.test(file));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const text = await readFile(join(built, file), "utf8");
      expect(text.match(/cdn\.jsdelivr\.net\/npm\/[^"'`]*\+esm/g) ?? [], file).toEqual([]);
    }
  });

  test("a notebook of the user's own, served, asks nothing of another host for what Inputs brings along", async () => {
    const own = join(packageRoot, "build", `own-notebook-${process.pid}`);
    await mkdir(own, { recursive: true });
    try {
      await writeFile(
        join(own, "mine.html"),
        `<!doctype html>
        <notebook theme="air">
          <title>Mine</title>
          <script id="2" type="application/sql" database="warehouse" output="rows" hidden="">
            SELECT system, group_score FROM score_distributions
          </script>
          <script id="3" type="module">display(Inputs.table(rows));</script>
        </notebook>`,
      );
      const server = await serveNotebooks(0, { workspace: join(folder, "workspace"), folder: own });
      try {
        const opened = await openPage(browser, server.pages[0] as string);
        await opened.page.getByText("alpha").first().waitFor();
        const elsewhere = (await opened.problems()).filter((problem) => problem.includes("another host"));
        expect(elsewhere).toEqual([]);
        await opened.close();
      } finally {
        await server.close();
      }
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  });

  test("a workspace without a warehouse is an error that says what to run", async () => {
    await expect(
      buildNotebooks(join(folder, "none"), { workspace: join(folder, "empty") }),
    ).rejects.toMatchObject({
      name: "InputError",
      hint: expect.stringContaining("npm start"),
    });
  });
});
