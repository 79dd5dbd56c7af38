import { posix } from "node:path";
import type { Language } from "../../../src/components/words.js";
import { chineseFolder, languageOf, linkBetween } from "./site-languages.js";

const sidebar = /<nav id="observablehq-sidebar">[\s\S]*?<\/nav>/;
const block = /<(ol|section|details)\b[^>]*>[\s\S]*?<\/\1>/g;
const entry = /\s*<li\b[^>]*><a href="([^"]*)">[^<]*<\/a><\/li>/g;
const home = /<li class="observablehq-link( observablehq-link-active)?"><a href="[^"]*">[^<]*<\/a><\/li>/;

/**
 * Leaves in the navigation the pages of the reader's language: Framework has one list for all pages of a site, and one
 * home.
 *
 * @param page path of the page from the site's root, as `zh/methods/reading.html`
 */
export function pruneSidebar(html: string, page: string, homeName: string): string {
  const language = languageOf(page);
  const own = posix.join(language === "zh" ? chineseFolder : ".", "index.html");
  return html.replace(sidebar, (navigation) =>
    navigation
      .replaceAll(block, (found) => {
        if (found.includes("observablehq-sidebar-close")) return found;
        const kept = found.replaceAll(entry, (item, link: string) =>
          languageOfLink(link, page) === language ? item : "",
        );
        return kept.includes("<li") ? kept : "";
      })
      .replace(home, () => {
        const active = page === own ? " observablehq-link-active" : "";
        return `<li class="observablehq-link${active}"><a href="${linkBetween(page, own)}">${homeName}</a></li>`;
      }),
  );
}

function languageOfLink(link: string, page: string): Language {
  return languageOf(posix.join(posix.dirname(page), link));
}
