import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CheckError } from "../../../src/lib/errors.js";

const bareImport = /(?:\bfrom\s*|\bimport\s*\(?\s*)["'](?![./]|data:)([^"'\n]+)["']/g;
const outside = /(?:\b(?:src|href)=["']|\burl\(["']?|\bimport\(["'])(?:https?:)?\/\/[^"')\s]+/g;

/**
 * Looks for what Framework builds without complaint and a browser then breaks on: cells with errors, imports that were
 * left bare, and addresses of other sites in pages and styles.
 *
 * @throws CheckError naming the first file and finding
 */
export async function checkPages(folder: string): Promise<void> {
  for (const file of (await readdir(folder, { recursive: true })).sort()) {
    if (!/\.(html|js|css)$/.test(file)) continue;
    const text = await readFile(join(folder, file), "utf8");
    const finding = file.endsWith(".html")
      ? (/observablehq--error/.exec(text)?.[0] ?? bareImportIn(inlineScripts(text)) ?? outsideIn(text))
      : file.endsWith(".css")
        ? outsideIn(text)
        : file.startsWith("_import")
          ? bareImportIn(text)
          : undefined;
    if (finding !== undefined) {
      throw new CheckError(`publish: ${file} holds ${JSON.stringify(finding)}; the site was not replaced`, {
        hint: "An import that is left bare names a package that is not installed; links to other sites are not allowed in the report.",
      });
    }
  }
}

const inlineScripts = (html: string) =>
  [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join("\n");
const bareImportIn = (code: string) => [...code.matchAll(bareImport)][0]?.[0];
const outsideIn = (text: string) => [...text.matchAll(outside)][0]?.[0];
