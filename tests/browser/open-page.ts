import type { Browser, Page } from "playwright-core";
import { forWhatHangsMs } from "./browser.js";

export interface OpenPageOptions {
  /** Width of the window in CSS pixels. Default 1440. */
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
}

export interface OpenPage {
  readonly page: Page;
  /**
   * What went wrong so far, one sentence each: console errors and warnings, uncaught errors, failed requests, requests
   * to any host but 127.0.0.1, and cells that ended in an error or never ended.
   */
  problems(): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens a page in a fresh profile, waits until its cells have ended and keeps watching it. */
export async function openPage(
  browser: Browser,
  url: string,
  { width = 1440, colorScheme = "light" }: OpenPageOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  context.setDefaultTimeout(forWhatHangsMs);
  const page = await context.newPage();
  const seen: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      seen.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => seen.push(`uncaught error: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && hostname !== "127.0.0.1") {
      seen.push(`request to another host: ${request.url()}`);
    }
  });
  page.on("requestfailed", (request) =>
    seen.push(`request failed: ${request.url()} (${request.failure()?.errorText ?? "no reason given"})`),
  );
  page.on("response", (response) => {
    if (response.status() >= 400) seen.push(`request answered ${response.status()}: ${response.url()}`);
  });
  await page.goto(url, { waitUntil: "networkidle" });
  await page.waitForFunction(cellsHaveEnded, undefined, { timeout: forWhatHangsMs }).catch(() => {
    seen.push(`cells were still running after ${forWhatHangsMs / 1000} s`);
  });
  await page.evaluate(twoFrames);
  return {
    page,
    problems: async () => [...seen, ...(await page.evaluate(cellErrors))],
    close: () => context.close(),
  };
}

/** Framework leaves this element where a cell has not displayed anything yet. */
function cellsHaveEnded(): boolean {
  return document.querySelector("observablehq-loading") === null;
}

/** Charts are drawn to the width that the first layout after their cell gives them: in the frame after it. */
function twoFrames(): Promise<void> {
  return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn())));
}

function cellErrors(): string[] {
  return Array.from(
    document.querySelectorAll(".observablehq--error"),
    (cell) => `cell error: ${cell.textContent?.trim().slice(0, 300)}`,
  );
}
