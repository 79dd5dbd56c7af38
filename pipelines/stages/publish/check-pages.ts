import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CheckError } from "../../../src/lib/errors.js";
import { attributeOf, elementsOf, hasClass, innerHtml, parseHtml } from "./html.js";

const bareImport = /(?:\bfrom\s*|\bimport\s*\(?\s*)["'](?![./]|data:)([^"'\n]+)["']/;
/** Addresses of other sites in scripts and styles. */
const outside = /(?:\b(?:src|href)=["']|\burl\(["']?|\bimport\(["'])(?:https?:)?\/\/[^"')\s]+/;
const addresses = ["src", "href", "srcset", "poster", "action", "formaction", "data"];

/**
 * Looks for problems that Framework does not report and that break the page in a browser: cells with errors, unresolved
 * imports, and addresses of other sites in pages and styles.
 *
 * @throws CheckError naming the first file and finding
 */
export async function checkPages(folder: string): Promise<void> {
  for (const file of (await readdir(folder, { recursive: true })).sort()) {
    if (!/\.(html|js|css)$/.test(file)) continue;
    const text = await readFile(join(folder, file), "utf8");
    const finding = file.endsWith(".html")
      ? faultInPage(text)
      : file.endsWith(".css")
        ? outside.exec(text)?.[0]
        : file.startsWith("_import")
          ? bareImport.exec(text)?.[0]
          : undefined;
    if (finding !== undefined) {
      throw new CheckError(
        `publish: ${file} contains ${JSON.stringify(finding)}; the site was not replaced`,
        {
          hint: "An unresolved import names a package that is not installed; links to other sites are not allowed in the report.",
        },
      );
    }
  }
}

function faultInPage(html: string): string | undefined {
  for (const element of elementsOf(parseHtml(html))) {
    if (hasClass(element, "observablehq--error")) return "observablehq--error";
    for (const name of addresses) {
      const address = attributeOf(element, name);
      if (address !== undefined && /^\s*(?:https?:)?\/\//i.test(address)) return `${name}="${address}`;
    }
    const style = attributeOf(element, "style") ?? "";
    const code = ["script", "style"].includes(element.tagName) ? innerHtml(html, element) : "";
    const fault =
      (element.tagName === "script" ? bareImport.exec(code) : null) ?? outside.exec(`${style} ${code}`);
    if (fault) return fault[0];
  }
  return undefined;
}
