import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { finishPage } from "../../../pipelines/stages/publish/postbuild.js";

/** What Framework writes for a page that sees the site's root at `home`. */
const page = (main: string, { script = 'define("x");', home = "./" } = {}) => `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">
<title>Page | MedBench report</title>
<script type="module">${script}</script>
</head>
<body>
<nav id="observablehq-sidebar">
  <ol>
    <label id="observablehq-sidebar-close" for="observablehq-sidebar-toggle"></label>
    <li class="observablehq-link"><a href="${home}">MedBench report</a></li>
  </ol>
  <ol>
    <li class="observablehq-link"><a href="${home}quality.html">Data quality</a></li>
    <li class="observablehq-link"><a href="${home}zh/quality.html">数据质量</a></li>
  </ol>
  <details>
    <summary>Statistics</summary>
    <ol>
    <li class="observablehq-link"><a href="${home}methods/power.html">Power</a></li>
    </ol>
  </details>
  <details open class="observablehq-section-active">
    <summary>统计方法</summary>
    <ol>
    <li class="observablehq-link observablehq-link-active"><a href="${home}zh/methods/power.html">检验效能</a></li>
    </ol>
  </details>
</nav>
<script>{menu()}</script>
<main id="observablehq-main" class="observablehq">${main}</main>
</body>
</html>`;
const hash = (script: string) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`;

describe("a finished page", () => {
  it("allows its own inline scripts by hash, and no script that came in through its content", () => {
    const html = finishPage(page("<script>stolen()</script>"), "quality.html");
    const policy = /content="(default-src[^"]*)"/.exec(html)?.[1] ?? "";
    expect(policy).toContain(hash('define("x");'));
    expect(policy).toContain(hash("{menu()}"));
    expect(policy).not.toContain(hash("stolen()"));
    expect(policy).not.toMatch(/unsafe-(?:eval|hashes)|script-src[^;]*unsafe-inline|https?:/);
  });

  it("hashes the script as it is written, after file times are removed", () => {
    const script = 'registerFile("./a.json", {"name":"./a.json","lastModified":1763760000000.5,"size":3});';
    const html = finishPage(page("", { script }), "quality.html");
    expect(html).not.toContain("lastModified");
    const written = /<script type="module">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? "";
    expect(html).toContain(hash(written));
  });

  it("does not depend on when the loaders ran", () => {
    const at = (time: number) =>
      page("", { script: `registerFile("a", {"lastModified":${time},"size":3});` });
    expect(finishPage(at(1), "quality.html")).toBe(finishPage(at(2.5), "quality.html"));
  });

  it("states its language, lets readers zoom, and starts with a link to the content", () => {
    const html = finishPage(page("text"), "zh/quality.html");
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain("<title>Page | MedBench 评测报告</title>");
    expect(html).not.toContain("maximum-scale");
    expect(html).toMatch(/<body>\s*<a class="mb-skip" href="#observablehq-main">跳到正文<\/a>/);
  });

  it("keeps the label out of the list and inside the navigation", () => {
    const html = finishPage(page("text"), "quality.html");
    expect(html).toMatch(/<ol>\s*<li class/);
    expect(html).toMatch(/<\/details>\s*<label id="observablehq-sidebar-close"[^>]*><\/label>\s*<\/nav>/);
  });

  it("links to its twin, and names both in the head", () => {
    const english = finishPage(page("text"), "methods/reading.html");
    expect(english).toContain(
      '<a class="mb-language" href="../zh/methods/reading.html" lang="zh-CN" hreflang="zh-CN">中文</a>',
    );
    expect(english).toContain('<link rel="alternate" hreflang="zh-CN" href="../zh/methods/reading.html">');
    expect(english).toContain('<link rel="alternate" hreflang="en" href="./reading.html">');
    const chinese = finishPage(page("text"), "zh/index.html");
    expect(chinese).toContain(
      '<a class="mb-language" href="../index.html" lang="en" hreflang="en">English</a>',
    );
  });

  it.each([
    ["methods/power.html", "../", ["../index.html", "../quality.html", "../methods/power.html"]],
    [
      "zh/methods/power.html",
      "../../",
      ["../index.html", "../../zh/quality.html", "../../zh/methods/power.html"],
    ],
  ])("%s has the pages of its language in the navigation, and their home page", (path, home, expected) => {
    const [navigation] = /<nav[\s\S]*<\/nav>/.exec(finishPage(page("text", { home }), path)) ?? [""];
    expect([...navigation.matchAll(/href="([^"]*)"/g)].map(([, link]) => link)).toEqual(expected);
    expect(navigation.match(/<details/g)).toHaveLength(1);
  });
});
