/**
 * `npm run docs`: builds the documentation into `build/docs`, a site of plain files with a search, without a network.
 * `npm run docs -- --serve [port]` also serves it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { seedFrameworkCache } from "../../pipelines/stages/publish/framework-offline.js";
import { serveSite } from "../../pipelines/stages/publish/server.js";
import { brokenLinks } from "./check-links.js";
import { commandsPage } from "./commands-page.js";
import { mappingColumnsPage } from "./mapping-columns-page.js";
import { pageTitle, root, sitePages } from "./navigation.js";
import { stagePage } from "./site-page.js";
import { tablesPage } from "./tables-page.js";

/**
 * Builds the site into a folder, which it replaces.
 *
 * @throws Error if TypeDoc or Framework fails, or a link leads nowhere
 */
export async function buildDocs(out: string): Promise<{ readonly pages: number }> {
  if (!isLibraryReferenceNew()) {
    const program = join(root, "node_modules", "typedoc", "bin", "typedoc");
    run("the library's reference", [program, "--out", join(root, "docs", "api"), "--logLevel", "Warn"]);
  }
  await mkdir(join(root, "docs", "reference"), { recursive: true });
  await writeFile(join(root, "docs", "reference", "commands.md"), commandsPage());
  await writeFile(join(root, "docs", "reference", "tables.md"), tablesPage());
  await writeFile(join(root, "docs", "reference", "mapping-columns.md"), mappingColumnsPage());

  const staged = `${out}.pages`;
  const next = `${out}.next`;
  await rm(staged, { recursive: true, force: true });
  const pages = sitePages();
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(staged, path)), { recursive: true });
    await writeFile(join(staged, path), text);
  };
  for (const page of pages) {
    const source = await readFile(join(root, page.file), "utf8");
    const exists = (path: string) => existsSync(join(root, path));
    const { text, files } = stagePage(source, pageTitle(page), page, { pages, exists });
    await write(`${page.path}.md`, text);
    for (const [to, from] of files) {
      await mkdir(dirname(join(staged, to)), { recursive: true });
      await copyFile(join(root, from), join(staged, to));
    }
  }
  await copyFile(join(import.meta.dirname, "style.css"), join(staged, "style.css"));
  await seedFrameworkCache(staged);
  const framework = join(root, "node_modules", "@observablehq", "framework", "dist", "bin", "observable.js");
  const config = join(import.meta.dirname, "observablehq.config.ts");
  const log = run("the site", ["--import", "tsx", framework, "build", "--config", config], {
    MEDBENCH_DOCS_ROOT: staged,
    MEDBENCH_DOCS_OUTPUT: next,
    NO_COLOR: "1",
  });
  const trouble = /^.*(?:SyntaxError|broken link).*$/m.exec(log)?.[0];
  if (trouble !== undefined) throw new Error(`docs: ${trouble.trim()}`);
  await finishPages(next);
  const broken = brokenLinks(next);
  if (broken.length > 0) throw new Error(`docs: ${broken.length} broken links\n${broken.join("\n")}`);
  await rm(out, { recursive: true, force: true });
  await rename(next, out);
  await rm(staged, { recursive: true, force: true });
  return { pages: pages.length };
}

/** True if TypeDoc, which takes most of the time, ran after the last change to the library. */
function isLibraryReferenceNew(): boolean {
  const written = statSync(join(root, "docs", "api", "README.md"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(join(root, "src", "lib"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(root, "src", "lib", file));
  return [...sources, join(root, "typedoc.json")].every((file) => statSync(file).mtimeMs < written);
}

/** Gives the pages their language, and no file times: equal sources give equal pages. */
async function finishPages(folder: string): Promise<void> {
  for (const file of await readdir(folder, { recursive: true })) {
    if (!file.endsWith(".html")) continue;
    const html = await readFile(join(folder, file), "utf8");
    await writeFile(
      join(folder, file),
      html.replace("<html>", '<html lang="en">').replaceAll(/"lastModified":[\d.]+,?/g, ""),
    );
  }
}

function run(what: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`docs: ${what} was not built\n${`${stdout}${stderr}`.slice(-4000)}`);
  return `${stdout}${stderr}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const out = join(root, "build", "docs");
  const { pages } = await buildDocs(out);
  console.log(`${pages} pages in build/docs`);
  const serve = process.argv.indexOf("--serve");
  if (serve > 0) console.log((await serveSite(out, Number(process.argv[serve + 1] ?? 0))).url);
}
