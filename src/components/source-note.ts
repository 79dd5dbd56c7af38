import { element } from "./dom.js";
import type { Words } from "./words.js";

/** The last line of a page with numbers: from which state of the data they come, and where to get them. */
export function sourceNote(release: { readonly warehouse?: unknown }, words: Words): HTMLElement {
  return element(
    "p",
    { class: "mb-aside mb-source" },
    words.site.source(String(release.warehouse ?? "–")),
    element("a", { href: "./downloads.html" }, words.nav.downloads.toLowerCase()),
  );
}
