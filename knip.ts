import type { KnipConfig } from "knip";

/** The script of a page: its js blocks, or the module cells of a notebook. */
const blocks = (pattern: RegExp) => (text: string) =>
  [...text.matchAll(pattern)].map(([, code]) => code).join("\n");

export default {
  entry: [
    "pipelines/cli.ts",
    "pipelines/frames/index.ts",
    "observablehq.config.ts",
    "docs/generator/observablehq.config.ts",
    "src/lib/index.ts",
    "src/lib/*/index.ts",
    "src/**/*.md",
    "src/data/**/*.ts",
    "notebooks/*.html",
    "bench/*.ts",
    "tests/tally-reporter.ts",
  ],
  project: [
    "src/**/*.{ts,md}",
    "pipelines/**/*.ts",
    "bench/**/*.ts",
    "docs/generator/**/*.ts",
    "notebooks/**/*.{ts,html}",
    "tests/**/*.ts",
  ],
  compilers: {
    md: blocks(/^```js[^\n]*\n(.*?)^```/gms),
    html: blocks(/<script[^>]*type="module"[^>]*>(.*?)<\/script>/gs),
  },
  // Types that appear in a public signature are exported for those who call it.
  ignoreExportsUsedInFile: true,
  ignoreDependencies: [
    // Unpacked by a child process: tests/browser/browser.ts.
    "@sparticuz/chromium",
    // Started as a program by the publisher.
    "@observablehq/framework",
    // On the lists of packages that pages and notebooks may use without a network.
    "@duckdb/duckdb-wasm",
    "@types/d3",
    "d3",
    "htl",
    "isoformat",
  ],
} satisfies KnipConfig;
