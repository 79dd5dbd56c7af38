import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  nextSiteFolder,
  readSiteRecord,
  recoverSite,
  swapSite,
} from "../../../pipelines/stages/publish/site-folder.js";
import { InputError } from "../../../src/lib/errors.js";

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "site-"));
  out = join(folder, "dist");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function site(path: string, text: string): void {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "index.html"), text);
  writeFileSync(
    join(path, "site.json"),
    JSON.stringify({ schema: "medbench-site/1", key: text, release: "v-1" }),
  );
}
const shown = () => readFileSync(join(out, "index.html"), "utf8");

describe("replacing a site", () => {
  it("puts the new site in place of the old one and leaves nothing next to it", async () => {
    site(out, "old");
    site(nextSiteFolder(out), "new");
    await swapSite(nextSiteFolder(out), out);
    expect(shown()).toBe("new");
    expect(existsSync(`${out}.previous`)).toBe(false);
  });

  it("restores the old site if a publish died between the two renames", async () => {
    site(`${out}.previous`, "old");
    await recoverSite(out);
    expect(shown()).toBe("old");
  });

  it("removes the old site if a publish died after the second rename", async () => {
    site(out, "new");
    site(`${out}.previous`, "old");
    await recoverSite(out);
    expect(shown()).toBe("new");
    expect(existsSync(`${out}.previous`)).toBe(false);
  });

  it("removes half-built sites, including those of earlier versions, and nothing else", async () => {
    for (const half of [nextSiteFolder(out), `${out}.next-4711`]) site(half, "half");
    site(out, "old");
    site(`${out}.nextcloud`, "other");
    await recoverSite(out);
    expect(readdirSync(folder).sort()).toEqual(["dist", "dist.nextcloud"]);
  });

  it("refuses a folder that contains something else, and accepts an empty one", async () => {
    mkdirSync(out);
    expect(await readSiteRecord(out)).toBeNull();
    writeFileSync(join(out, "thesis.docx"), "years of work");
    await expect(readSiteRecord(out)).rejects.toThrow(InputError);
  });
});
