import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { wordsFor } from "../../../src/components/words.js";
import { CheckError } from "../../../src/lib/errors.js";
import {
  applyEdits,
  attributeOf,
  type Edit,
  elementsOf,
  type HtmlElement,
  innerHtml,
  parseHtml,
  type Span,
  spanOf,
  withSpaceBefore,
} from "./html.js";
import { pruneSidebar } from "./sidebar.js";
import { languageOf, languageTags, linkBetween, twinOf } from "./site-languages.js";

/**
 * Finishes the pages that Framework built: a content security policy, the page's language and a link to its twin, a link
 * that skips the navigation, zooming on phones, valid list markup, and no file times, so that equal inputs give equal bytes.
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

/**
 * @param path of the page from the site's root, as `zh/methods/reading.html`
 * @throws CheckError if the page is not in the form that Framework writes
 */
export function finishPage(built: string, path: string): string {
  const language = languageOf(path);
  const { site } = wordsFor(language);
  // The times are those of the build machine's cache, not of the data.
  const html = pruneSidebar(built.replaceAll(/"lastModified":[\d.]+,?/g, ""), path, site.home);
  const document = parseHtml(html);
  const elements = elementsOf(document);
  const find = (name: string, fits: (element: HtmlElement) => boolean = () => true) => {
    const found = elements.find((element) => element.tagName === name && fits(element));
    if (found?.sourceCodeLocation?.startTag) return found;
    throw new CheckError(`publish: a built page has no <${name}> where Framework normally writes one`);
  };
  const hasId = (id: string) => (element: HtmlElement) => attributeOf(element, "id") === id;
  const put = (at: number | undefined, text: string): Edit => ({ start: at ?? 0, end: at ?? 0, put: text });
  const place = (element: HtmlElement) => element.sourceCodeLocation;
  const charset = find("meta", (element) => attributeOf(element, "charset") !== undefined);
  const edits: Edit[] = [
    put((place(find("html"))?.startTag?.endOffset ?? 1) - 1, ` lang="${languageTags[language]}"`),
    put(place(charset)?.endOffset, `\n${policyTag(html, document)}`),
    put(place(find("head"))?.endTag?.startOffset, `${alternateLinks(path)}\n`),
    put(
      place(find("body"))?.startTag?.endOffset,
      `\n<a class="mb-skip" href="#observablehq-main">${site.skip}</a>`,
    ),
    put(spanOf(find("main", hasId("observablehq-main"))).start, `${twinLink(path)}\n`),
  ];
  const rewrite = (element: HtmlElement | undefined, span: Span | undefined, change: RegExp, to: string) => {
    if (element === undefined || span === undefined) return;
    const text = html.slice(span.start, span.end);
    edits.push({ ...span, put: text.replace(change, () => to) });
  };
  const title = elements.find(({ tagName }) => tagName === "title");
  rewrite(title, title && spanOf(title), / \| [^|<]*<\/title>/, ` | ${site.title}</title>`);
  const viewport = elements.find((element) => attributeOf(element, "name") === "viewport");
  rewrite(viewport, viewport && spanOf(viewport), /, maximum-scale=1/, "");
  const toggle = elements.find((element) => attributeOf(element, "title") === "Toggle sidebar");
  const name = toggle?.sourceCodeLocation?.attrs?.["title"];
  rewrite(toggle, name && { start: name.startOffset, end: name.endOffset }, /Toggle sidebar/, site.sidebar);
  const label = elements.find(hasId("observablehq-sidebar-close"));
  if (label !== undefined) {
    // A list may contain list items only; the label is found by its id and may come at the end of the navigation.
    const span = spanOf(label);
    edits.push({ ...withSpaceBefore(html, span), put: "" });
    const navigation = find("nav", hasId("observablehq-sidebar"));
    edits.push(put(place(navigation)?.endTag?.startOffset, `${html.slice(span.start, span.end)}\n`));
  }
  return applyEdits(html, edits);
}

/** The link to the same page in the other language. */
function twinLink(path: string): string {
  const twin = twinOf(path);
  const tag = languageTags[languageOf(twin)];
  const { otherLanguage } = wordsFor(languageOf(path)).site;
  return `<a class="mb-language" href="${linkBetween(path, twin)}" lang="${tag}" hreflang="${tag}">${otherLanguage}</a>`;
}

/** The links to both languages that search engines and browsers read. */
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
 * content are hashed: a script injected through text is never allowed. Plot writes inline styles.
 */
function policyTag(page: string, document: ReturnType<typeof parseHtml>): string {
  const scripts = elementsOf(
    document,
    (element) => attributeOf(element, "id") === "observablehq-main",
  ).filter((element) => element.tagName === "script" && attributeOf(element, "src") === undefined);
  const hashes = scripts.map(
    (script) => `'sha256-${createHash("sha256").update(innerHtml(page, script)).digest("base64")}'`,
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
