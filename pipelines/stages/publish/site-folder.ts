import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InputError } from "../../../src/lib/errors.js";
import { renameInto } from "../../warehouse/disk.js";

/** `site.json` at the root of a built site: what it was built from. It also marks the folder as ours to replace. */
export interface SiteRecord {
  readonly schema: "medbench-site/1";
  /** Hash of release and site code: the same key means the same bytes. */
  readonly key: string;
  readonly release: string;
}

export const siteRecordFile = "site.json";

/** The record of the site in a folder, null where there is no folder or an empty one. */
export async function readSiteRecord(out: string): Promise<SiteRecord | null> {
  if (!existsSync(out)) return null;
  const path = join(out, siteRecordFile);
  if (!existsSync(path)) {
    if ((await readdir(out)).length === 0) return null;
    throw new InputError(
      `publish: ${out} contains files but no ${siteRecordFile}, so it is not a site built here`,
      {
        hint: "Give another folder with --out, or empty this one yourself.",
      },
    );
  }
  return JSON.parse(await readFile(path, "utf8")) as SiteRecord;
}

/**
 * Repairs what a killed publish left: restores a site that was moved aside and not yet replaced, and removes half-built
 * folders. A reader of `out` sees the old site or the new one, except between two renames. The caller must hold the lock
 * on `out`.
 */
export async function recoverSite(out: string): Promise<void> {
  const aside = `${out}.previous`;
  if (existsSync(aside)) {
    if (existsSync(out)) await rm(aside, { recursive: true, force: true });
    else await renameInto(aside, out);
  }
  const folder = dirname(out);
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder)) {
    // Earlier versions of medbench appended their process number to the name.
    if (name === `${basename(out)}.next` || name.startsWith(`${basename(out)}.next-`))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** The folder in which a new site is built: next to `out`, on the same disk. */
export function nextSiteFolder(out: string): string {
  return `${out}.next`;
}

/** Replaces the site in `out` by the one in `next`. */
export async function swapSite(next: string, out: string): Promise<void> {
  const aside = `${out}.previous`;
  if (existsSync(out)) await renameInto(out, aside);
  await renameInto(next, out);
  await rm(aside, { recursive: true, force: true });
}
