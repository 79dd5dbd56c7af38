import { posix } from "node:path";
import {
  applyEdits,
  attributeOf,
  type Edit,
  elementsOf,
  type HtmlElement,
  parseHtml,
  spanOf,
  withSpaceBefore,
} from "./html.js";
import { chineseFolder, languageOf, linkBetween } from "./site-languages.js";

/**
 * Keeps only the pages of the page's own language in the navigation: Framework has one list for all pages of a site, and
 * one home page.
 *
 * @param page path of the page from the site's root, as `zh/methods/reading.html`
 */
export function pruneSidebar(html: string, page: string, homeName: string): string {
  const navigation = elementsOf(parseHtml(html)).find(
    (element) => attributeOf(element, "id") === "observablehq-sidebar",
  );
  if (navigation === undefined) return html;
  const [home] = elementsOf(navigation).filter(({ tagName }) => tagName === "li");
  const edits: Edit[] = home === undefined ? [] : [{ ...spanOf(home), put: homeEntry(page, homeName) }];
  const blocks = elementsOf(navigation, (element) => element.parentNode !== navigation);
  for (const block of blocks.filter(({ tagName }) => ["ol", "section", "details"].includes(tagName))) {
    const entries = elementsOf(block).filter(({ tagName }) => tagName === "li");
    if (home !== undefined && entries.includes(home)) continue;
    const others = entries.filter((entry) => languageOfEntry(entry, page) !== languageOf(page));
    if (others.length === entries.length) edits.push({ ...spanOf(block), put: "" });
    else for (const entry of others) edits.push({ ...withSpaceBefore(html, spanOf(entry)), put: "" });
  }
  return applyEdits(html, edits);
}

function homeEntry(page: string, name: string): string {
  const own = posix.join(languageOf(page) === "zh" ? chineseFolder : ".", "index.html");
  const active = page === own ? " observablehq-link-active" : "";
  return `<li class="observablehq-link${active}"><a href="${linkBetween(page, own)}">${name}</a></li>`;
}

function languageOfEntry(entry: HtmlElement, page: string) {
  const link = elementsOf(entry).find(({ tagName }) => tagName === "a");
  return languageOf(
    posix.join(posix.dirname(page), (link === undefined ? undefined : attributeOf(link, "href")) ?? ""),
  );
}
