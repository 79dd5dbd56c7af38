import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { wordsFor } from "../../src/components/words.js";
import { CheckError } from "../../src/lib/errors.js";

/**
 * Finishes the pages that Framework built: a content security policy, the page's language, a way past the navigation,
 * zooming on phones, valid list markup, and no file times, so that equal inputs give equal bytes.
 */
export async function finishPages(folder: string): Promise<number> {
  const pages = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".html")).sort();
  for (const page of pages) {
    const path = join(folder, page);
    await writeFile(path, finishPage(await readFile(path, "utf8"), page.startsWith("zh") ? "zh" : "en"));
  }
  return pages.length;
}

const htmlLanguage = { en: "en", zh: "zh-Hans" } as const;
const closeLabel = /\s*<label id="observablehq-sidebar-close"[^>]*><\/label>/;

/** @throws CheckError if the page is not what Framework is known to write */
export function finishPage(html: string, language: keyof typeof htmlLanguage): string {
  let page = html
    // The times are those of the build machine's cache, not of the data.
    .replaceAll(/"lastModified":[\d.]+,?/g, "")
    .replace(", maximum-scale=1", "");
  const label = closeLabel.exec(page)?.[0];
  // A list may hold list items only; the label is placed by its id and may stand at the end of the navigation.
  if (label)
    page = page.replace(closeLabel, "").replace("</nav>\n<script>", `${label.trim()}\n</nav>\n<script>`);
  const parts: [string, string][] = [
    ["<html>", `<html lang="${htmlLanguage[language]}">`],
    ["<body>", `<body>\n<a class="mb-skip" href="#observablehq-main">${wordsFor(language).site.skip}</a>`],
    ['<meta charset="utf-8">', `<meta charset="utf-8">\n${policyTag(page)}`],
  ];
  for (const [found, put] of parts) {
    if (!page.includes(found)) throw new CheckError(`publish: a built page has no ${found}`);
    page = page.replace(found, () => put);
  }
  return page;
}

/**
 * Scripts of the site and the page's own inline scripts by hash; nothing from anywhere else. Only scripts outside the
 * content are hashed: one that came in through text is never blessed. Plot writes inline styles.
 */
function policyTag(page: string): string {
  const chrome = page.replace(/<main id="observablehq-main"[\s\S]*<\/main>/, "");
  const hashes = [...chrome.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script]) =>
      `'sha256-${createHash("sha256")
        .update(script as string)
        .digest("base64")}'`,
  );
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${[...new Set(hashes)].join(" ")}`.trimEnd(),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
  ].join("; ");
  return `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
}
