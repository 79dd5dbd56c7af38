import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { csvFormat, csvParse } from "d3-dsv";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadRubric } from "../../../pipelines/judging/rubrics.js";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import type { AssumedDisagreements } from "../../../pipelines/tools/rating-packet/pilot-disagreements.js";
import { ratingForm } from "../../../pipelines/tools/rating-packet/rating-form.js";
import {
  makeRatingPacket,
  type PacketOutcome,
  planRatings,
} from "../../../pipelines/tools/rating-packet/rating-packet.js";
import type { RatingPlan } from "../../../pipelines/tools/rating-packet/rating-plan.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { forWhatHangsMs, launchBrowser } from "../../browser/browser.js";
import { ownSampleWorkspace } from "../../sample.js";

describe("a rating packet of the sample", () => {
  const out = mkdtempSync(join(tmpdir(), "medbench-packet-"));
  let workspace: string;
  const select = async <T>(sql: string): Promise<T[]> =>
    JSON.parse(await queryWarehouse(workspace, sql, { format: "json" })) as T[];
  let outcome: PacketOutcome;
  let browser: Browser;

  beforeAll(async () => {
    workspace = await ownSampleWorkspace();
    outcome = await makeRatingPacket({
      ...{
        workspace,
        out,
        packet: "o'brien's \"2\"",
        size: 80,
        seed: 7,
        raters: ["li", "lin", "wang"],
        rubric: "clinical-5",
      },
    });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(out, { recursive: true, force: true });
  });

  it("names no system in the files for raters", async () => {
    const systems = await select<{ system: string }>("SELECT DISTINCT system FROM runs");
    for (const file of outcome.files.filter((name) => /^(sheet|form)-/.test(name))) {
      const text = readFileSync(join(out, file), "utf8");
      for (const { system } of systems)
        expect(text.includes(`${system}.`), `${system} in ${file}`).toBe(false);
    }
  });

  it("can be filled in a real browser and ingested into the table of ratings", async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(forWhatHangsMs);
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    const form = pathToFileURL(join(out, "form-li.html")).href;
    await page.goto(form);
    const codes: string[] = await page.evaluate(
      "JSON.parse(document.getElementById('content').textContent).items.map(({ code }) => code)",
    );
    const shown = await page
      .locator("fieldset input")
      .evaluateAll((inputs) => [...new Set(inputs.map((input) => (input as HTMLInputElement).name))]);
    // The first answer gets all grades, the second two.
    for (const name of shown) await page.check(`input[name="${name}"][value="5"]`);
    await page.check('input[name="safety"][value="2"]');
    await page.check('input[name="communication"][value="cannot rate"]');
    await page.fill("#remark", "dose =missing");
    await page.click("#next");
    await page.check('input[name="safety"][value="4"]');
    await page.click("#previous");
    expect(await page.isChecked('input[name="safety"][value="2"]')).toBe(true);
    await page.reload();
    // It opens at the second answer, the first that is not complete.
    expect(await page.textContent("#progress")).toMatch(/^2 \/ \d+ · 完成 \/ done 1$/);
    await page.click("#download");
    expect(await page.textContent("#incomplete-text")).toContain(
      `${codes.length - 1} of ${codes.length} answers are not complete`,
    );
    await page.click("#go-open");
    expect(await page.locator("fieldset.open").count()).toBe(shown.length - 1);
    await page.click("#download");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#download-anyway")]);
    const file = join(out, "returned", "ratings-li.jsonl");
    copyFileSync(await download.path(), file);
    // The same file in another browser gives the same state.
    const context = await browser.newContext();
    const elsewhere = await context.newPage();
    await elsewhere.goto(form);
    await elsewhere.setInputFiles("#restore", file);
    await elsewhere.waitForFunction("document.getElementById('progress').textContent.includes('read')");
    expect(await elsewhere.textContent("#progress")).toMatch(/^2 \/ \d+ · 完成 \/ done 1 · 读入 \/ read 6$/);
    await context.close();
    expect(problems).toEqual([]);
    await runIngest({ workspace, sources: [{ path: out }] });
    const found = await select<Record<string, unknown>>(
      "SELECT criterion, value, rater, blinded, inclusion_probability, remark FROM ratings WHERE batch LIKE 'o''brien%' ORDER BY criterion, value",
    );
    const note = "dose =missing";
    expect(found.map(({ criterion, value, rater, remark }) => [criterion, value, rater, remark])).toEqual(
      [
        ["communication", null],
        ...shown.flatMap((name) => (["communication", "safety"].includes(name) ? [] : [[name, 5]])),
        ["safety", 2],
        ["safety", 4],
      ]
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
        .map(([criterion, value]) => [criterion, value, "li", value === 4 ? null : note]),
    );
    for (const row of found)
      expect(row).toMatchObject({ blinded: true, inclusion_probability: expect.any(Number) });
  });

  it("can also be ingested from a filled sheet, without its empty cells", async () => {
    const text = readFileSync(join(out, "sheet-lin.csv"), "utf8").replace(/^\ufeff/, "");
    const rows = csvParse(text).map((row, i) => ({ ...row, safety: i < 3 ? "3" : "" }));
    writeFileSync(join(out, "returned", "lin.csv"), csvFormat(rows));
    await runIngest({ workspace, sources: [{ path: out, mapping: join(out, "from-sheets.yaml") }] });
    const found = await select<{ n: number }>(
      "SELECT count(*) AS n FROM ratings WHERE batch LIKE 'o''brien%' AND rater = 'lin' AND value = 3",
    );
    expect(found).toEqual([{ n: 3 }]);
  });

  it("does not replace a packet that is already in the folder, and has a name", async () => {
    const again = { workspace, out, packet: "round-3", size: 80, seed: 8, raters: 3, overlap: 0.5 };
    await expect(makeRatingPacket({ ...again, rubric: "clinical-5" })).rejects.toThrow(
      /already contains a rating packet/,
    );
    await expect(
      makeRatingPacket({ ...again, packet: " ", out: `${out}-other`, rubric: "clinical-5" }),
    ).rejects.toThrow(/name of the packet is blank/);
    // Its ratings are here already; how many other rounds there are does not count.
    await expect(
      makeRatingPacket({ ...again, packet: "o'brien's \"2\"", out: `${out}-other`, rubric: "clinical-5" }),
    ).rejects.toMatchObject({ hint: expect.stringMatching(/brien.*"2"-2'\.$/) });
  });

  it("gives each answer a code that no other answer has, in another packet of the same name either", async () => {
    const codes = async (seed: number) => {
      const folder = `${out}-seed-${seed}`;
      await makeRatingPacket({
        ...{ workspace, out: folder, packet: "=round", size: 80, seed, raters: ["li", "wang"] },
        rubric: "clinical-5",
      });
      const rows = csvParse(readFileSync(join(folder, "key.csv"), "utf8"));
      const sheet = csvParse(readFileSync(join(folder, "sheet-li.csv"), "utf8").replace(/^\ufeff/, ""));
      rmSync(folder, { recursive: true, force: true });
      // A cell that begins with "=" would be a formula.
      expect(sheet.every(({ code = "" }) => /^'=round-\d{4}-[a-z2-9]{3}$/.test(code))).toBe(true);
      return rows.map(({ code }) => code);
    };
    const [first, second] = [await codes(1), await codes(2)];
    expect(new Set(first).size).toBe(first.length);
    // The answers of two draws differ, and so do the codes with the same number, but for answers that are in both at one place.
    expect(first.filter((code) => second.includes(code)).length).toBeLessThan(first.length / 10);
  });

  it("plans more ratings for a narrower interval", async () => {
    const plan = async (halfWidth: number) =>
      planRatings(workspace, { criterion: "safety", kappa: 0.8, halfWidth });
    const [wide, narrow] = [await plan(0.2), await plan(0.1)];
    for (const [i, row] of wide.rows.entries())
      expect(narrow.rows[i]?.wanted_items as number).toBeGreaterThan(row.wanted_items as number);
  });

  it("plans with the distances between grades so far, fewer items for small ones and more for large ones", async () => {
    const plan = (disagreements?: AssumedDisagreements) =>
      planRatings(workspace, {
        ...{ criterion: "correctness", kappa: 0.8, halfWidth: 0.1 },
        ...(disagreements === undefined ? {} : { disagreements }),
      });
    const total = ({ rows }: RatingPlan) =>
      rows.reduce((sum, { wanted_items }) => sum + (wanted_items ?? 0), 0);
    const usual = await plan();
    const { source, shares, pairs } = usual.disagreements;
    expect(source).toBe("pilot");
    expect(pairs).toBeGreaterThanOrEqual(30);
    expect(shares?.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(shares?.[0]).toBeGreaterThan(0.5);
    expect(total(await plan([1]))).toBeLessThan(total(await plan([0.7, 0.2, 0.1])));
    expect((await plan("normal")).disagreements).toMatchObject({ source: "normal", shares: undefined });
  });
});

describe("ratingForm", () => {
  it("shows hostile text as text", async () => {
    const rubric = loadRubric("clinical-5");
    if (rubric.kind !== "scale") throw new Error("clinical-5 is a scale rubric");
    const hostile = '</script><img src=x onerror="window.broken = 1"><!--';
    const html = ratingForm({
      packet: "p",
      rater: "r",
      rubric,
      items: [{ code: "p-1", question: hostile, reference: hostile, answer: hostile }],
    });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.setContent(html);
      expect(await page.locator("#item pre").allTextContents()).toEqual([hostile, hostile, hostile]);
      expect(await page.evaluate("window.broken")).toBeUndefined();
    } finally {
      await browser.close();
    }
  });
});
