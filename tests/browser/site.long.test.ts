import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { currentVersion } from "../../pipelines/warehouse/versioned-folder.js";
import { hashesOf } from "../files-of.js";
import { unmarkedEnglish } from "./language-laws.js";
import { layoutBreaches } from "./page-laws.js";
import { isChinese, npmStart, type SampleSite, sampleSite, visitPages } from "./sample-site.js";

let built: SampleSite;
beforeAll(async () => {
  built = await sampleSite();
});

// With `site.test.ts`, every page is opened at each width in each color scheme, and its twin once at each width.
describe.each([
  { width: 380, colorScheme: "light", languages: "English" },
  { width: 380, colorScheme: "dark", languages: "Chinese" },
  { width: 1440, colorScheme: "dark", languages: "English" },
] as const)("at $width px in $colorScheme colors ($languages)", ({ languages, ...options }) => {
  test("no page logs an error, contacts another host, overflows or leaves a chart or table unnamed", async () => {
    const choose = (page: string) => isChinese(page) === (languages === "Chinese");
    const { pages, found } = await visitPages(built.site, { ...options, choose }, async (opened) => ({
      problems: [
        ...(await opened.problems()),
        ...(await layoutBreaches(opened.page)),
        ...(await unmarkedEnglish(opened.page)),
      ],
    }));
    expect(pages.length).toBeGreaterThan(20);
    expect(found.problems).toEqual([]);
  });
});

test("npm start in an empty workspace makes the tables, the release and the site that stages run one by one make", async () => {
  const folder = await mkdtemp(join(tmpdir(), "medbench-start-"));
  try {
    const fresh = { workspace: join(folder, "workspace"), site: join(folder, "dist") };
    npmStart(fresh);
    for (const part of ["warehouse", "release"]) {
      const [one, other] = [built, fresh].map(({ workspace }) => currentVersion(join(workspace, part)));
      expect((await one)?.manifest.files).toEqual((await other)?.manifest.files);
    }
    expect(hashesOf(fresh.site)).toEqual(hashesOf(built.site));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
