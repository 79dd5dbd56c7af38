import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import ts from "typescript";
import type { Plugin } from "vite";
import { type NetworkPackage, networkPackage } from "./network-package.js";

export interface OfflineOptions {
  /** Whether a notebook runs DuckDB in the browser: 70 MB of WebAssembly, which pages without it should not carry. */
  readonly browserEngine: boolean;
}

/**
 * Makes notebooks independent of the network. Notebook Kit's standard library and `npm:` imports name packages by their
 * address in a content delivery network; those that are installed are taken from node_modules instead. An import of anything
 * else becomes a module that throws an error when a cell uses it: the page opens, and the cell says what is missing.
 */
export function offlineImports({ browserEngine }: OfflineOptions): Plugin {
  return {
    name: "medbench-offline-imports",
    // Runs before Vite's own analysis, which leaves URLs alone when it serves.
    enforce: "pre",
    async transform(code, id) {
      if (/\.html$/.test(id) || !/https?:\/\//.test(code)) return null;
      const isOfKit = /[\\/]@observablehq[\\/]notebook-kit[\\/]/.test(id);
      const find: Find = async (asked) =>
        asked !== null &&
        (browserEngine || asked.name !== engine) &&
        (await this.resolve(specifier(asked), notebookFile, { skipSelf: true })) !== null;
      if (/\.css(\?|$)/.test(id)) return isOfKit ? { code: await localStyles(code, find), map: null } : null;
      const imports = await localImports(code, find);
      return { code: isOfKit ? await localFiles(imports, find) : imports, map: null };
    },
    async resolveId(source, importer, options) {
      if (source.startsWith(missing)) return `\0${source}`;
      // The arrow tables of the engine in the browser are those of its own version.
      if (source === "apache-arrow" && /stdlib[\\/]duckdb\.js(\?|$)/.test(importer ?? "")) {
        const from = createRequire(import.meta.url).resolve(engine);
        // How Vite names what it bundled when it serves; there it would take another package of the same name.
        return (
          (await this.resolve(`${engine} > ${source}`, from, { skipSelf: true })) ??
          this.resolve(source, from, { ...options, skipSelf: true })
        );
      }
      const asked = networkPackage(source);
      const isBare = /^(jsr:|@?\w[\w.-]*(\/|$))/.test(source) && /\.html(\?|$)/.test(importer ?? "");
      if (asked === null && !isBare) return null;
      const name = asked === null ? source : specifier(asked);
      const found = await this.resolve(name, asked === null ? importer : notebookFile, {
        ...options,
        skipSelf: true,
      });
      return found ?? `\0${missing}${asked?.name ?? source}`;
    },
    load(id) {
      if (id.startsWith(`\0${missing}`)) return failure(id.slice(missing.length + 1));
      // Its source map names files that the package does not have, and Vite would warn of each.
      if (/@duckdb[\\/]duckdb-wasm[\\/].*\.worker\.js(?!\?url)(\?|$)/.test(id))
        return {
          code: readFileSync(id.replace(/\?.*$/, ""), "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, ""),
          map: null,
        };
      return null;
    },
  };
}

const engine = "@duckdb/duckdb-wasm";
const missing = "virtual:not-installed/";
/** Packages are looked up as a notebook would. */
const notebookFile = join(import.meta.dirname, "notebook.js");

const specifier = ({ name, path }: NetworkPackage) => `${name}${path}`;

/** Whether a package, or a file in it, is installed. */
type Find = (asked: NetworkPackage | null) => Promise<boolean>;

/**
 * Replaces the addresses of imports, and nothing else that looks like one: rows of a query may contain any text. A module
 * that cannot do without a missing package fails as a whole, because its imports are by name.
 */
async function localImports(code: string, find: Find): Promise<string> {
  const found = ts
    .preProcessFile(code, true, true)
    .importedFiles.filter(({ fileName }) => /^https?:/.test(fileName));
  let local = code;
  for (const { fileName, pos } of found.reverse()) {
    const asked = networkPackage(fileName);
    const name = asked?.name ?? fileName;
    const isInstalled = await find(asked);
    if (!isInstalled && !/\bimport\s*\(\s*$/.test(code.slice(Math.max(0, pos - 50), pos)))
      return failure(name);
    const target = isInstalled && asked !== null ? specifier(asked) : `${missing}${name}`;
    local = local.slice(0, pos) + JSON.stringify(target) + local.slice(pos + fileName.length + 2);
  }
  return local;
}

/** Addresses of files in Notebook Kit's own modules (WebAssembly, workers, sample data), which it loads by itself. */
async function localFiles(code: string, find: Find): Promise<string> {
  const addresses = /(["'`])(https:\/\/cdn\.jsdelivr\.net\/npm\/[^"'`]*)\1/g;
  const imports: string[] = [];
  let local = "";
  let done = 0;
  for (const { 0: whole, 2: address = "", index } of code.matchAll(addresses)) {
    local += code.slice(done, index);
    done = index + whole.length;
    const asked = networkPackage(address);
    if (asked !== null && !address.includes("${") && (await find(asked))) {
      const name = `localFile${imports.length}`;
      imports.push(`import ${name} from ${JSON.stringify(`${specifier(asked)}?url`)};`);
      local += `new URL(${name}, import.meta.url).href`;
    } else {
      local += `(() => { ${failure(address.includes("${") || asked === null ? address : asked.name)} })()`;
    }
  }
  return imports.join("") + local + code.slice(done);
}

async function localStyles(css: string, find: Find): Promise<string> {
  let local = css;
  for (const [whole, address = ""] of css.matchAll(/@import url\("(https:[^"]+)"\);?/g)) {
    const asked = networkPackage(address);
    const rule = asked !== null && (await find(asked)) ? `@import ${JSON.stringify(specifier(asked))};` : "";
    local = local.replace(whole, rule);
  }
  return local;
}

/** The code of a module that cannot be: no names of its own, so it can only be imported as a whole. */
function failure(name: string): string {
  return `throw new Error(${JSON.stringify(reason(name))});`;
}

function reason(name: string): string {
  if (name === engine)
    return `${engine} is left out of these pages, because none of them named DuckDBClient or duckdb when they were built.`;
  if (/^https?:/.test(name))
    return `${name.replace(/\$\{.*$/, "")} is on the network, from which notebooks load nothing.`;
  return `${name} is not installed, and notebooks load nothing from the network. To use it, install it in the checkout: npm install --save-dev ${name}`;
}
