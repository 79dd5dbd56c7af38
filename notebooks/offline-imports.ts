import type { Plugin } from "vite";

/** Packages that Notebook Kit's standard library may use; all are dependencies of the workbench. */
const installed = ["@observablehq/inputs", "@observablehq/plot", "apache-arrow", "d3", "d3-dsv", "htl"];

const contentNetwork =
  /(["'])https:\/\/cdn\.jsdelivr\.net\/npm\/((?:@[^/"']+\/)?[^@/"']+)(?:@[^/"']+)?\/\+esm\1/g;

/**
 * Makes notebooks independent of the network. Notebook Kit names its libraries by their address in a content delivery
 * network; this redirects the installed ones to node_modules and the others (React, Leaflet, DuckDB in the browser,
 * ...) to a module that throws an error when a cell uses one.
 */
export function offlineImports(): Plugin {
  return {
    name: "medbench-offline-imports",
    // Runs before Vite's own analysis, which leaves URLs alone when it serves.
    enforce: "pre",
    transform(code) {
      if (!code.includes("cdn.jsdelivr.net/npm/")) return null;
      const local = code.replaceAll(contentNetwork, (_, _quote, name: string) =>
        JSON.stringify(installed.includes(name) ? name : missing + name),
      );
      return { code: local, map: null };
    },
    resolveId: (source) => (source.startsWith(missing) ? `\0${source}` : null),
    load: (id) => (id.startsWith(`\0${missing}`) ? failOnUse(id.slice(missing.length + 1)) : null),
  };
}

const missing = "virtual:not-installed/";

/** A CommonJS module, because the bundler accepts any name as an import of one; pages that never load it are unaffected. */
function failOnUse(name: string): string {
  const message = `${name} is not part of the workbench, and notebooks load nothing from the network.`;
  return `module.exports = {}; throw new Error(${JSON.stringify(message)});`;
}
