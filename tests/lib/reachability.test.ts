import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, hasCode, reachedFrom } from "./import-graph.js";

/** Parts of the library that no command, page or notebook runs yet, by the reason for keeping them. */
const kept: Readonly<Record<string, readonly string[]>> = {
  "recipes of published protocols": [
    ...["bleu", "class-probability", "code-levels", "combined-score", "confusing-pairs"].map(metric),
    ...["genuine-accuracy", "mean-average-precision", "multilabel", "numeric-error"].map(metric),
    ...["probing-pairs", "reasoning-audit", "self-consistency", "single-label"].map(metric),
    ...["fisher-interval", "fleiss-kappa", "lin-ccc", "pearson", "scott-pi", "somers-d"].map(
      (name) => `agreement/${name}`,
    ),
    ...["agresti-coull", "newcombe", "t-interval"].map((name) => `stats/${name}`),
  ],
  "definitions that the SQL of the score stage is tested against": [
    ...["key-points", "variant-groups", "weighted-criteria"].map(metric),
  ],
  "item response theory": ["conditional-moments", "dimension-ratio", "rasch"].map(
    (name) => `ranking/irt/${name}`,
  ),
  "further corrections by human ratings": ["human-ceiling", "ppi-clustered", "ppi-stratified"].map(
    (name) => `calibration/${name}`,
  ),
};

function metric(name: string): string {
  return `metrics/${name}`;
}

describe("the library", () => {
  // Index files are the package's entry points; the oracles only check the library.
  const candidates = filesBelow("src/lib", /\.ts$/).filter(
    (file) => !file.endsWith("/index.ts") && hasCode(file),
  );
  const reached = reachedFrom(
    [
      "pipelines/cli.ts",
      "observablehq.config.ts",
      ...filesBelow("src", /\.md$/),
      ...filesBelow("src/data", /\.ts$/),
      ...filesBelow("src/components", /\.ts$/),
      ...filesBelow("notebooks", /\.(html|ts)$/),
    ],
    /^pipelines\/tools\/oracles\//,
  );
  const unreached = candidates
    .filter((file) => !reached.has(file))
    .map((file) => file.slice("src/lib/".length, -3));

  it("contains no part that no command, page or notebook runs, except those kept for a stated use", () => {
    expect(unreached.sort()).toEqual(Object.values(kept).flat().sort());
  });

  it("has each kept part, with its reason, in docs/architecture.md", () => {
    const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "architecture.md"), "utf8");
    const row = (use: string) => text.split("\n").find((line) => line.startsWith(`| ${use} |`)) ?? "";
    for (const [use, files] of Object.entries(kept))
      for (const file of files) expect(row(use)).toContain(`\`${file}\``);
  });

  it("is followed through dynamic imports, index files and pages", () => {
    // A command that loads when it runs; a function behind an index file; a page's own import; a loader's.
    expect(reached).toContain("pipelines/tools/compare/compare.ts");
    expect(reached).toContain("src/lib/stats/mcnemar.ts");
    expect(reached.size).toBeGreaterThan(250);
    expect(reached).not.toContain("pipelines/tools/oracles/run.ts");
  });
});
