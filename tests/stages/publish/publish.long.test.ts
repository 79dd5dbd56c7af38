import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishSite } from "../../../pipelines/stages/publish/publish.js";
import { writeFabricatedRelease } from "../../components/fabricated-release.js";
import { filesOf, hashesOf } from "../../files-of.js";

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

describe("a site of a release with incomplete runs, other settings and a hostile name", () => {
  it("has every page of the report in both languages", () => {
    const pages = filesOf(out).filter((file) => file.endsWith(".html"));
    const chinese = pages.filter((page) => page.startsWith("zh/")).map((page) => page.slice("zh/".length));
    expect(chinese).toEqual(pages.filter((page) => !page.startsWith("zh/")));
    expect(pages).toEqual(expect.arrayContaining(["index.html", "leaderboard.html", "methods/index.html"]));
  });

  it("has the same bytes when it is built again", async () => {
    const again = join(workspace, "again");
    await publishSite({ workspace, out: again });
    expect(hashesOf(again)).toEqual(hashesOf(out));
  });
});
