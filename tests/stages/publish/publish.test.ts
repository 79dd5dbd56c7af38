import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishSite } from "../../../pipelines/stages/publish/publish.js";
import { InputError } from "../../../src/lib/errors.js";
import { sampleSite } from "../../browser/sample-site.js";
import { filesOf } from "../../files-of.js";

let workspace: string;
let out: string;
/** For what the tests write. */
let folder: string;
beforeAll(async () => {
  ({ workspace, site: out } = await sampleSite());
  folder = mkdtempSync(join(tmpdir(), "publish-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a published site", () => {
  it("has the pages of the report, and the released tables at lasting addresses", () => {
    const present = filesOf(out);
    for (const page of [
      "index.html",
      "leaderboard.html",
      "distributions.html",
      "specialties.html",
      "quality.html",
      "downloads.html",
      "methods/index.html",
      "methods/intervals.html",
      "zh/index.html",
      "zh/methods/statistics/power.html",
      "files/overall_scores.csv",
      "files/dictionary.json",
    ])
      expect(present).toContain(page);
  });

  it.each(["index.html", "zh/index.html"])("links pages by names that any file server finds: %s", (page) => {
    const home = readFileSync(join(out, page), "utf8");
    for (const [, link] of home.matchAll(/<a [^>]*\bhref="(\.[^"#]*)"/g))
      expect([link, existsSync(join(out, page, "..", link as string))]).toEqual([link, true]);
  });

  it("has a Chinese twin of every English page", () => {
    const pages = filesOf(out).filter((file) => file.endsWith(".html"));
    const chinese = pages.filter((page) => page.startsWith("zh/")).map((page) => page.slice("zh/".length));
    expect(chinese).toEqual(pages.filter((page) => !page.startsWith("zh/")));
  });

  it("is not rebuilt while release and code are unchanged", async () => {
    const before = statSync(join(out, "index.html")).mtimeMs;
    const outcome = await publishSite({ workspace, out });
    expect(outcome.skipped).toBe(true);
    expect(statSync(join(out, "index.html")).mtimeMs).toBe(before);
  });

  it("never replaces a folder that is not a site", async () => {
    const precious = join(folder, "precious");
    mkdirSync(precious);
    writeFileSync(join(precious, "thesis.txt"), "years of work");
    await expect(publishSite({ workspace, out: precious })).rejects.toThrow(InputError);
    expect(readdirSync(precious)).toEqual(["thesis.txt"]);
  });

  it("needs a release", async () => {
    const empty = join(folder, "empty");
    await expect(publishSite({ workspace: empty, out: join(empty, "dist") })).rejects.toThrow(
      "contains no release",
    );
  });
});
