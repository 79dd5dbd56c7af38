import { describe, expect, test } from "vitest";
import { findBrowser, launchBrowser } from "./browser.js";

describe("a browser is found on any machine", () => {
  test("the packaged browser starts where none is installed and shows a page", async () => {
    const { CHROME_PATH: _, ...env } = process.env;
    const browser = await launchBrowser({ ...env, PATH: "" });
    try {
      const page = await browser.newPage();
      await page.setContent("<h1>知情同意</h1>");
      expect(await page.locator("h1").textContent()).toBe("知情同意");
    } finally {
      await browser.close();
    }
  });

  test("CHROME_PATH rules out every other browser", async () => {
    const found = [];
    for await (const { executable } of findBrowser({
      PATH: process.env["PATH"],
      CHROME_PATH: "/none/chrome",
    })) {
      found.push(executable);
    }
    expect(found).toEqual(["/none/chrome"]);
  });

  test("a browser that does not start is an error that names it and says what to do", async () => {
    await expect(launchBrowser({ CHROME_PATH: "/none/chrome" })).rejects.toMatchObject({
      message: expect.stringContaining("/none/chrome (CHROME_PATH)"),
      hint: expect.stringContaining("Install Chromium"),
    });
  });
});
