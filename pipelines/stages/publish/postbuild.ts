import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { wordsFor } from "../../../src/components/words.js";
import { CheckError } from "../../../src/lib/errors.js";
import { pruneSidebar } from "./sidebar.js";
import { languageOf, languageTags, linkBetween, twinOf } from "./site-languages.js";

/**
 * Finishes the pages that Framework built: a content security policy, the page's language and a link to its twin, a way
 * past the navigation, zooming on phones, valid list markup, and no file times, so that equal inputs give equal bytes.
 */
export async function finishPages(folder: string): Promise<number> {
  const pages = (await readdir(folder, { recursive: true }))
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".html"))
    .sort();
  for (const page of pages) {
    const path = join(folder, page);
    await writeFile(path, finishPage(await readFile(path, "utf8"), page));
  }
  return pages.length;
}

const closeLabel = /\s*<label id="observablehq-sidebar-close"[^>]*><\/label>/;

/**
 * @param path of the page from the site's root, as `zh/methods/reading.html`
 * @throws CheckError if the page is not what Framework is known to write
 */
export function finishPage(html: string, path: string): string {
  const language = languageOf(path);
  const { site } = wordsFor(language);
  let page = pruneSidebar(html, path, site.home)
    // The times are those of the build machine's cache, not of the data.
    .replaceAll(/"lastModified":[\d.]+,?/g, "")
    .replace(", maximum-scale=1", "")
    .replace(/ \| [^|<]*<\/title>/, () => ` | ${site.title}</title>`)
    .replace('title="Toggle sidebar"', () => `title="${site.sidebar}"`);
  const label = closeLabel.exec(page)?.[0];
  // A list may hold list items only; the label is placed by its id and may stand at the end of the navigation.
  if (label)
    page = page.replace(closeLabel, "").replace("</nav>\n<script>", `${label.trim()}\n</nav>\n<script>`);
  const parts: [string, string][] = [
    ["<html>", `<html lang="${languageTags[language]}">`],
    ["<body>", `<body>\n<a class="mb-skip" href="#observablehq-main">${site.skip}</a>`],
    ['<main id="observablehq-main"', `${twinLink(path)}\n<main id="observablehq-main"`],
    ["</head>", `${alternateLinks(path)}\n</head>`],
    ['<meta charset="utf-8">', `<meta charset="utf-8">\n${policyTag(page)}`],
  ];
  for (const [found, put] of parts) {
    if (!page.includes(found)) throw new CheckError(`publish: a built page has no ${found}`);
    page = page.replace(found, () => put);
  }
  return page;
}

/** What readers press to see the page in the other language. */
function twinLink(path: string): string {
  const twin = twinOf(path);
  const tag = languageTags[languageOf(twin)];
  const { otherLanguage } = wordsFor(languageOf(path)).site;
  return `<a class="mb-language" href="${linkBetween(path, twin)}" lang="${tag}" hreflang="${tag}">${otherLanguage}</a>`;
}

/** What search engines and browsers read. */
function alternateLinks(path: string): string {
  return [path, twinOf(path)]
    .map(
      (page) =>
        `<link rel="alternate" hreflang="${languageTags[languageOf(page)]}" href="${linkBetween(path, page)}">`,
    )
    .join("\n");
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
