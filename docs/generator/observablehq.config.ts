import { forbidDownloads } from "../../pipelines/stages/publish/framework-offline.js";
import { pageTitle, siteSections } from "./navigation.js";

// Framework has no option for this and reads it after the configuration is loaded.
process.env["OBSERVABLE_TELEMETRY_DISABLE"] = "1";
forbidDownloads();

const { MEDBENCH_DOCS_ROOT: source, MEDBENCH_DOCS_OUTPUT: output } = process.env;

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%230b6e75'/%3E%3Cpath d='M3 5h7M3 8h10M3 11h5' stroke='white' stroke-width='1.6' stroke-linecap='round'/%3E%3C/svg%3E";

/** The site of the documentation; `build.ts` fills the root with staged pages and starts the build. */
export default {
  root: source,
  output,
  title: "medbench",
  home: "medbench",
  style: "style.css",
  // The default stylesheet is a font of another site's.
  globalStylesheets: [],
  head: `<link rel="icon" href="${icon}"><meta name="color-scheme" content="light dark">`,
  // The default footer has the day of the build.
  footer: "",
  search: true,
  // The dashes of options must stay two hyphens.
  typographer: false,
  linkify: false,
  // Links end in .html, so that a file server without rewriting rules, or a folder on a disk, can serve the site.
  preserveExtension: true,
  pages: siteSections().map(({ name, open = true, pages }) => ({
    name,
    open,
    pages: pages.map((page) => ({ name: page.name ?? pageTitle(page), path: `/${page.path}` })),
  })),
};
