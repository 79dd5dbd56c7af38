import { readFileSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import writeFileAtomic from "write-file-atomic";
import { packageRoot } from "../../warehouse/package-root.js";

/**
 * Packages that Framework's own client names in lazy imports. A build asks a registry for the version of each, used or
 * not, unless its cache contains a directory for it; an empty one is enough. A page that really uses one fails the build,
 * as it should: pages import what they need by package name from node_modules.
 */
const named = [
  "@observablehq/plot",
  "@observablehq/sample-datasets",
  "apache-arrow",
  "arquero",
  "d3",
  "d3-dsv",
  "echarts",
  "htl",
  "isoformat",
  "leaflet",
  "lodash",
  "mapbox-gl",
  "parquet-wasm",
  "react",
  "react-dom",
  "topojson-client",
] as const;

/**
 * Packages that Framework would split into one file per dependency (Plot: 38 requests a page; the distributions of the
 * library some hundred). Each is bundled here into one file, without unused code.
 */
function isBundled(name: string): boolean {
  return name === "@observablehq/plot" || name.startsWith("@stdlib/");
}

/** Makes a Framework build work without a network. `root` is Framework's source root. */
export async function seedFrameworkCache(root: string): Promise<void> {
  const cache = join(root, ".observablehq", "cache");
  for (const name of named) await mkdir(join(cache, "_npm", `${name}@0.0.0-offline`), { recursive: true });
  for (const name of Object.keys(await dependencies()).filter(isBundled)) {
    const entry = createRequire(import.meta.url).resolve(name);
    const target = join(cache, "_node", `${name}@${packageVersion(entry, name)}`, "index.js");
    await mkdir(dirname(target), { recursive: true });
    const { outputFiles } = await build({
      entryPoints: [entry],
      outfile: target,
      write: false,
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      legalComments: "none",
      logLevel: "warning",
    });
    // Renamed in one step: another build may be reading the file.
    for (const { contents } of outputFiles) await writeFileAtomic(target, Buffer.from(contents));
  }
}

/** Turns an unwanted download during a build into an error that names it. */
export function forbidDownloads(): void {
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.hostname === "127.0.0.1" || url.hostname === "localhost") return original(input, init);
    throw new Error(`the site builds offline; something asked for ${url.href}`);
  };
}

async function dependencies(): Promise<Readonly<Record<string, string>>> {
  const manifest = await readFile(join(packageRoot, "package.json"), "utf8");
  return (JSON.parse(manifest) as { dependencies: Record<string, string> }).dependencies;
}

function packageVersion(entry: string, name: string): string {
  const folder = entry.slice(0, entry.lastIndexOf(join("node_modules", name)));
  const manifest = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
