import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { finishPage } from "../../../pipelines/publish/postbuild.js";

const page = (main: string, script = 'define("x");') => `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">
<script type="module">${script}</script>
</head>
<body>
<nav id="observablehq-sidebar">
  <ol>
    <label id="observablehq-sidebar-close" for="observablehq-sidebar-toggle"></label>
    <li>Home</li>
  </ol>
</nav>
<script>{menu()}</script>
<main id="observablehq-main" class="observablehq">${main}</main>
</body>
</html>`;
const hash = (script: string) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`;

describe("a finished page", () => {
  it("allows its own inline scripts by hash, and no script that came in through its content", () => {
    const html = finishPage(page("<script>stolen()</script>"), "en");
    const policy = /content="(default-src[^"]*)"/.exec(html)?.[1] ?? "";
    expect(policy).toContain(hash('define("x");'));
    expect(policy).toContain(hash("{menu()}"));
    expect(policy).not.toContain(hash("stolen()"));
    expect(policy).not.toMatch(/unsafe-(?:eval|hashes)|script-src[^;]*unsafe-inline|https?:/);
  });

  it("hashes the script as it is written, after file times are gone", () => {
    const script = 'registerFile("./a.json", {"name":"./a.json","lastModified":1763760000000.5,"size":3});';
    const html = finishPage(page("", script), "en");
    expect(html).not.toContain("lastModified");
    const written = /<script type="module">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? "";
    expect(html).toContain(hash(written));
  });

  it("does not depend on when the loaders ran", () => {
    const at = (time: number) => page("", `registerFile("a", {"lastModified":${time},"size":3});`);
    expect(finishPage(at(1), "en")).toBe(finishPage(at(2.5), "en"));
  });

  it("says its language, lets readers zoom, and starts with a way to the content", () => {
    const html = finishPage(page("text"), "zh");
    expect(html).toContain('<html lang="zh-Hans">');
    expect(html).not.toContain("maximum-scale");
    expect(html).toMatch(/<body>\s*<a class="mb-skip" href="#observablehq-main">跳到正文<\/a>/);
  });

  it("keeps the label out of the list and inside the navigation", () => {
    const html = finishPage(page("text"), "en");
    expect(html).toMatch(/<ol>\s*<li>/);
    expect(html).toMatch(/<\/ol>\s*<label id="observablehq-sidebar-close"[^>]*><\/label>\s*<\/nav>/);
  });
});
