import { spawnSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import packageFile from "../../package.json" with { type: "json" };
import { builtOnce } from "../built-once.js";
import { ownSampleWorkspace, sampleWorkspace } from "../sample.js";
import { launchBrowser } from "./browser.js";
import { type OpenPage, type OpenPageOptions, openPage } from "./open-page.js";
import { serveFolder } from "./static-server.js";

const root = resolve(import.meta.dirname, "..", "..");
/** What `npm start` gives to node. */
const start = packageFile.scripts.start.split(" ").slice(1);

export interface SampleSite {
  readonly workspace: string;
  readonly site: string;
}

/** Runs `npm start` with its files in `workspace` and `site`. */
export function npmStart({ workspace, site }: SampleSite): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    [...start, "--workspace", workspace, "--out", site],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`npm start ended with ${status}\n${stderr}`);
}

/** The report site that `npm start` builds from the sample, and a workspace with the same tables. Shared by all test files: only read them. */
export async function sampleSite(): Promise<SampleSite> {
  const workspace = await sampleWorkspace();
  const folder = await builtOnce("sample-site", async (draft) => {
    npmStart({ workspace: await ownSampleWorkspace(), site: join(draft, "dist") });
  });
  return { workspace, site: join(folder, "dist") };
}

export const isChinese = (page: string): boolean => page.startsWith("zh/");

/** What one visit to a page found, by law: one sentence each, none where the page obeys it. */
export type Findings<Law extends string> = Readonly<Record<Law, readonly string[]>>;

/**
 * Opens each page of a folder once, two at a time, and collects what `look` finds there.
 *
 * @returns findings by law, each with its page's name in front; and the names of the pages that were opened
 */
export async function visitPages<Law extends string>(
  site: string,
  { choose = () => true, ...options }: OpenPageOptions & { readonly choose?: (page: string) => boolean },
  look: (opened: OpenPage, page: string) => Promise<Findings<Law>>,
): Promise<{ readonly pages: readonly string[]; readonly found: Findings<Law> }> {
  const pages = (await pagesOf(site)).filter(choose);
  const waiting = [...pages];
  const found: Partial<Record<Law, string[]>> = {};
  const server = await serveFolder(site);
  const browser = await launchBrowser();
  const visitNext = async (): Promise<void> => {
    for (let page = waiting.shift(); page !== undefined; page = waiting.shift()) {
      const opened = await openPage(browser, `${server.url}/${page}`, options);
      try {
        const findings = await look(opened, page);
        for (const law of Object.keys(findings) as Law[]) {
          const named = findings[law].map((finding) => `${page}: ${finding}`);
          found[law] = [...(found[law] ?? []), ...named].sort();
        }
      } finally {
        await opened.close();
      }
    }
  };
  try {
    await Promise.all([visitNext(), visitNext()]);
  } finally {
    await browser.close();
    await server.close();
  }
  return { pages, found: found as Findings<Law> };
}

export async function pagesOf(site: string): Promise<string[]> {
  return (await readdir(site, { recursive: true })).filter((file) => file.endsWith(".html")).sort();
}
