import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { packageRoot } from "../../warehouse/package-root.js";

/** Folders of the packages that a bundle contains, as esbuild names them: relative to the root, with slashes. */
export function bundledPackages({ inputs }: Metafile): string[] {
  const folders = Object.keys(inputs).map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

/** The license texts of the packages in a bundle, each text once, under the packages that it covers. */
export async function licenses(metafile: Metafile): Promise<string> {
  const covered = new Map<string, string[]>();
  for (const folder of bundledPackages(metafile).map((each) => join(packageRoot, each))) {
    const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as PackageId;
    const files = (await readdir(folder)).filter((file) => /^(license|notice)/i.test(file)).sort();
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
    const text = texts.map((each) => each.trim()).join("\n\n");
    covered.set(text, [...(covered.get(text) ?? []), `${name} ${version}`]);
  }
  return [...covered]
    .map(([text, names]) => `${names.join(", ")}\n\n${text}\n`)
    .join(`\n${"-".repeat(80)}\n\n`);
}

interface PackageId {
  readonly name: string;
  readonly version: string;
}
