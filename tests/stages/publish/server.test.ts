import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byteRange, type SiteServer, serveSite } from "../../../pipelines/stages/publish/server.js";

let folder: string;
let server: SiteServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "serve-"));
  const root = join(folder, "dist");
  mkdirSync(join(root, "methods"), { recursive: true });
  writeFileSync(join(root, "index.html"), "home");
  writeFileSync(join(root, "leaderboard.html"), "board");
  writeFileSync(join(root, "methods", "index.html"), "methods");
  writeFileSync(join(root, "data.parquet"), "0123456789");
  writeFileSync(join(folder, "secret.txt"), "secret");
  symlinkSync(join(folder, "secret.txt"), join(root, "link.txt"));
  server = await serveSite(root, 0);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `fetch` tidies addresses before it sends them; an attacker does not. */
function raw(path: string): Promise<{ status: number; text: string }> {
  const { port } = new URL(server.url);
  return new Promise((done, fail) => {
    request({ host: "127.0.0.1", port, path }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => done({ status: response.statusCode ?? 0, text }));
    })
      .on("error", fail)
      .end();
  });
}

describe("the preview server", () => {
  it("finds pages with and without their extension", async () => {
    for (const [path, text] of [
      ["", "home"],
      ["leaderboard", "board"],
      ["leaderboard.html", "board"],
      ["methods/", "methods"],
      ["methods", "methods"],
    ])
      expect(await (await fetch(`${server.url}${path}`)).text()).toBe(text);
  });

  it("serves nothing outside its folder, by dots, encoded dots or links", async () => {
    for (const path of [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/link.txt",
      "/%00",
      "/%",
    ]) {
      const { status, text } = await raw(path);
      expect([path, status]).toEqual([path, 404]);
      expect(text).not.toContain("secret");
    }
  });

  it("compresses text and serves ranges of binary files", async () => {
    const text = await fetch(`${server.url}leaderboard`, { headers: { "accept-encoding": "gzip" } });
    expect(text.headers.get("content-encoding")).toBe("gzip");
    const part = await fetch(`${server.url}data.parquet`, { headers: { range: "bytes=2-4" } });
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([
      206,
      "bytes 2-4/10",
      "234",
    ]);
  });

  it("interprets ranges as RFC 9110 defines them", () => {
    expect(byteRange("bytes=0-0", 10)).toEqual({ start: 0, end: 0 });
    expect(byteRange("bytes=-3", 10)).toEqual({ start: 7, end: 9 });
    expect(byteRange("bytes=8-", 10)).toEqual({ start: 8, end: 9 });
    expect(byteRange("bytes=8-99", 10)).toEqual({ start: 8, end: 9 });
    expect(byteRange("bytes=10-", 10)).toBe("unsatisfiable");
    expect(byteRange("bytes=-0", 10)).toBe("unsatisfiable");
    expect(byteRange("bytes=0-1,3-4", 10)).toBeNull();
    expect(byteRange(undefined, 10)).toBeNull();
  });
});
