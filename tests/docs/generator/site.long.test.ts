import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDocs } from "../../../docs/generator/build.js";
import { sitePages } from "../../../docs/generator/navigation.js";
import { launchBrowser } from "../../browser/browser.js";
import { openPage } from "../../browser/open-page.js";
import { type StaticServer, serveFolder } from "../../browser/static-server.js";

let folder: string;
let site: string;
let server: StaticServer;
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "medbench-docs-site-"));
  site = join(folder, "docs");
  // Fails on a broken link, and on any request to the network.
  await buildDocs(site);
  server = await serveFolder(site);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the site of the documentation (npm run docs)", () => {
  it("has every page of docs, the references of commands, tables and library, and nothing left over", async () => {
    const built = (await readdir(site, { recursive: true })).filter((file) => file.endsWith(".html"));
    const paths = built.map((file) => file.replaceAll("\\", "/").replace(/\.html$/, ""));
    expect(paths.sort()).toEqual(
      sitePages()
        .map(({ path }) => path)
        .sort(),
    );
    for (const path of [
      "reference/commands",
      "reference/tables",
      "api/agreement",
      "cookbook",
      "guides/analyst",
    ])
      expect(paths).toContain(path);
    expect(await readdir(folder)).toEqual(["docs"]);
  });

  it.each([
    [1440, "light"],
    [1440, "dark"],
    [390, "light"],
  ] as const)("opens without an error or a sideways scroll at %i pixels, %s", async (width, colorScheme) => {
    for (const path of ["index", "guides/methodologist", "cookbook", "reference/tables", "api/agreement"]) {
      const opened = await openPage(browser, `${server.url}/${path}.html`, { width, colorScheme });
      try {
        expect(await opened.problems(), path).toEqual([]);
        const overflow = await opened.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, path).toBe(0);
      } finally {
        await opened.close();
      }
    }
  });

  it("finds a page by its words, without another host", async () => {
    const opened = await openPage(browser, `${server.url}/index.html`);
    try {
      await opened.page.fill("#observablehq-search input", "quarantine");
      const found = opened.page.locator("#observablehq-search-results a");
      await found.first().waitFor();
      expect(await found.allInnerTexts()).toContain("Ingest");
      expect(await opened.problems()).toEqual([]);
    } finally {
      await opened.close();
    }
  });
});
