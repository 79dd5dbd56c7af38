import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "..", "..");

/** A page of the site: a Markdown file of the repository. */
export interface SitePage {
  /** Path in the repository, as `docs/ingest.md`. */
  readonly file: string;
  /** Path on the site without an ending, as `ingest`. */
  readonly path: string;
  /** Name in the navigation. Default: the page's title. */
  readonly name?: string;
}

export interface SiteSection {
  readonly name: string;
  /** False: closed until the reader opens it. */
  readonly open?: boolean;
  readonly pages: readonly SitePage[];
}

/** The page that a repository's file becomes. Files outside of `docs` keep their names. */
const page = (file: string, name?: string): SitePage => ({
  file,
  path: sitePath(file),
  ...(name === undefined ? {} : { name }),
});

function sitePath(file: string): string {
  const inside = file.replace(/^docs\//, "").replace(/\.md$/, "");
  if (inside === "README") return "index";
  if (file === "data/README.md") return "data";
  return inside
    .split("/")
    .map((part) => (part === "README" ? "index" : /^[A-Z]+$/.test(part) ? part.toLowerCase() : part))
    .join("/");
}

const sections: readonly SiteSection[] = [
  {
    name: "Start",
    pages: [
      page("docs/guides/analyst.md", "For analysts"),
      page("docs/guides/methodologist.md", "For methodologists"),
      page("docs/guides/operator.md", "For operators"),
      page("docs/coming-from.md", "Coming from another tool"),
      page("docs/cookbook.md", "Cookbook of queries"),
      page("docs/notebooks.md", "Notebooks"),
    ],
  },
  {
    name: "Your data",
    pages: [
      page("docs/ingest.md"),
      page("docs/mapping.md"),
      page("docs/catalogue.md"),
      page("docs/input-tables.md"),
      page("docs/reading-answers.md"),
      page("docs/scorers.md"),
      page("data/README.md", "The sample"),
    ],
  },
  {
    name: "Judges and people",
    pages: [page("docs/judge.md"), page("docs/calibration.md"), page("docs/stress-judge.md")],
  },
  {
    name: "Reference",
    pages: [
      page("docs/reference/commands.md", "Commands"),
      page("docs/reference/tables.md", "Tables"),
      page("docs/reference/mapping-columns.md", "Columns of mappings"),
      page("docs/site.md", "The report site"),
    ],
  },
  {
    name: "The project",
    open: false,
    pages: [
      page("docs/architecture.md"),
      page("CONTRIBUTING.md"),
      page("docs/benchmarks.md"),
      page("docs/mutation-testing.md"),
      page("SECURITY.md"),
      page("CHANGELOG.md", "Changes"),
      page("docs/decisions/README.md", "Decisions"),
    ],
  },
];

/** Pages that exist but are listed by other pages, not by the navigation. */
const unlisted = /^docs\/decisions\/\d/;

/** The start page. */
export const home = page("docs/README.md");

/**
 * The navigation. A page that is in no section above comes under "More", so that a new page is never left out; the pages of
 * the library are those that TypeDoc wrote into `docs/api`.
 */
export function siteSections(): readonly SiteSection[] {
  const known = new Set(sections.flatMap(({ pages }) => pages.map(({ file }) => file)));
  const files = markdownFiles();
  const more = files.filter(
    (file) => !known.has(file) && file !== home.file && !file.startsWith("docs/api/") && !unlisted.test(file),
  );
  const library = files
    .filter((file) => file.startsWith("docs/api/") && !file.endsWith("README.md"))
    .map((file) => page(file, libraryName(file)));
  return [
    ...sections.map((section) => ({
      ...section,
      pages: section.pages.filter(({ file }) => existsSync(join(root, file))),
    })),
    { name: "Library", open: false, pages: library },
    { name: "More", pages: more.map((file) => page(file)) },
  ].filter(({ pages }) => pages.length > 0);
}

/** Every page of the site. */
export function sitePages(): readonly SitePage[] {
  return [
    home,
    ...siteSections().flatMap(({ pages }) => pages),
    ...markdownFiles()
      .filter((file) => unlisted.test(file))
      .map((file) => page(file)),
  ];
}

function libraryName(file: string): string {
  const name = posix.basename(file, ".md");
  return name === "medbench-workbench" ? "All common functions" : name;
}

function markdownFiles(): string[] {
  return readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .map((file) => `docs/${file.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".md"))
    .sort();
}

/** The first heading of a page, as text. */
export function pageTitle({ file }: SitePage): string {
  const text = readFileSync(join(root, file), "utf8");
  const title = /^# (.+)$/m.exec(text)?.[1]?.replaceAll(/[`*\\]/g, "") ?? file;
  return file.startsWith("docs/api/") && title !== "medbench-workbench"
    ? `medbench-workbench/${title}`
    : title;
}
