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
import { writeFabricatedRelease } from "../../components/fabricated-release.js";

let workspace: string;
let out: string;
beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), "publish-"));
  out = join(workspace, "dist");
  mkdirSync(join(workspace, "release"));
  writeFabricatedRelease(join(workspace, "release"));
  await publishSite({ workspace, out });
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

function files(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => statSync(join(folder, file)).isFile())
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), "latin1")]),
  );
}

describe("a published site", () => {
  it("has the pages of the report, and the released tables at lasting addresses", () => {
    const present = files(out);
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
      expect([...present.keys()]).toContain(page);
  });

  it.each(["index.html", "zh/index.html"])("links pages by names that any file server finds: %s", (page) => {
    const home = readFileSync(join(out, page), "utf8");
    for (const [, link] of home.matchAll(/<a [^>]*\bhref="(\.[^"#]*)"/g))
      expect([link, existsSync(join(out, page, "..", link as string))]).toEqual([link, true]);
  });

  it("has a Chinese twin of every English page", () => {
    const pages = [...files(out).keys()].filter((file) => file.endsWith(".html"));
    const chinese = pages.filter((page) => page.startsWith("zh/")).map((page) => page.slice("zh/".length));
    expect(chinese).toEqual(pages.filter((page) => !page.startsWith("zh/")));
  });

  it("is left alone while release and code are unchanged", async () => {
    const before = statSync(join(out, "index.html")).mtimeMs;
    const outcome = await publishSite({ workspace, out });
    expect(outcome.skipped).toBe(true);
    expect(statSync(join(out, "index.html")).mtimeMs).toBe(before);
  });

  it("has the same bytes when it is built again", async () => {
    const again = join(workspace, "again");
    await publishSite({ workspace, out: again });
    const [first, second] = [files(out), files(again)];
    expect([...second.keys()]).toEqual([...first.keys()]);
    for (const [file, text] of first) expect([file, second.get(file) === text]).toEqual([file, true]);
  });

  it("never takes the place of a folder that is not a site", async () => {
    const precious = join(workspace, "precious");
    mkdirSync(precious);
    writeFileSync(join(precious, "thesis.txt"), "years of work");
    await expect(publishSite({ workspace, out: precious })).rejects.toThrow(InputError);
    expect(readdirSync(precious)).toEqual(["thesis.txt"]);
  });

  it("needs a release", async () => {
    const empty = join(workspace, "empty");
    await expect(publishSite({ workspace: empty, out: join(empty, "dist") })).rejects.toThrow(
      "holds no release",
    );
  });
});
