import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { CatalogueDocument } from "../../src/components/documents.js";
import type { ReleasedRow } from "../../src/lib/records/released-tables.js";
import { createRandom } from "../../src/lib/util/random.js";
import { ranksOf } from "./fabricated/ranks.js";
import { fabricateRun } from "./fabricated/run.js";
import { coverage, taxonomy } from "./fabricated/specialties.js";
import { releasedRow } from "./released-row.js";

const catalogueFile = resolve(import.meta.dirname, "../../src/lib/catalogue/data/medbench-v4.json");

const systemsOf: Readonly<Record<string, readonly string[]>> = {
  llm: [
    "Aster-70B",
    "Birch Medical",
    "Cedar-8B",
    "Dogwood",
    "Elm-Chat",
    "Fir 3 (API)",
    '<img src=x onerror="window.broken=1">',
  ],
  multimodal: ["Ginkgo-V", "Hazel Vision", "Ivy-VL-32B", "Juniper"],
  agent: ["Kapok Clinic Agent", "Larch Orchestrator with a long descriptive name", "Maple", "Nutmeg"],
};

/**
 * A release of invented numbers in the published shape, for tests of charts and pages: 15 systems on 3 tracks, one of
 * them incomplete, one under other settings, one with a hostile name, thin specialties, all outcomes.
 */
export function fabricateRelease(): Readonly<Record<string, unknown>> {
  const catalogue = JSON.parse(
    readFileSync(catalogueFile, "utf8"),
  ) as CatalogueDocument["benchmarks"][number];
  const random = createRandom("fabricated release");
  const runs = catalogue.tracks.flatMap(({ id: track }) =>
    (systemsOf[track] ?? []).map((system, index) =>
      fabricateRun({ catalogue, track, system, index }, random),
    ),
  );
  const overall = runs.map((run) => run.overall);
  const dimensions = runs.flatMap((run) => run.dimensions);
  const sourceFiles = runs.map(({ system }, index) => uploadOf(system.system, index));
  return {
    release: { schema: "medbench-release/1", benchmark: "medbench-v4", warehouse: "v-fabricated" },
    catalogue: { benchmarks: [catalogue] },
    taxonomy,
    dictionary: {
      overall_scores: {
        grain: "one run",
        columns: {
          run_id: { type: "VARCHAR", meaning: "run" },
          estimate: { type: "DOUBLE", meaning: "mean score" },
        },
      },
    },
    "tables/systems": runs.map(({ system }) => system),
    "tables/overall_scores": overall,
    "tables/dimension_scores": dimensions,
    "tables/task_scores": runs.flatMap(({ tasks }) => tasks),
    "tables/specialty_scores": runs.flatMap(({ specialties }) => specialties),
    "tables/specialty_coverage": coverage,
    "tables/score_distributions": runs.flatMap(({ distributions }) => distributions),
    "tables/outcome_counts": runs.flatMap(({ outcomes }) => outcomes),
    "tables/reading_accuracy": runs.flatMap(({ readings }) => readings),
    "tables/source_files": sourceFiles,
    "tables/quarantine_counts": sourceFiles.flatMap(quarantined),
    // No physician has rated anything yet: the page about judges must say so.
    "tables/judge_versions": [],
    "tables/agreement": [],
    "tables/judge_grades": [],
    "tables/validity": [],
    "tables/drift": [],
    "tables/rating_study": [],
    "tables/corrected_scores": [],
    "tables/judge_effects": [],
    "tables/gates": runs.flatMap(({ gates }) => gates),
    ...ranksOf(overall, dimensions),
  };
}

const uploadOf = (system: string, index: number) =>
  releasedRow("source_files", {
    ...{
      source: "uploads",
      file: `upload-${index + 1}.zip`,
      role: "answers",
      bytes: 100_000 + system.length,
    },
    ...{ rows_in: 1200, rows_out: 1200 - (index % 4), rows_quarantined: index % 4 },
  });

const quarantined = ({
  source,
  file,
  rows_quarantined: n,
}: ReleasedRow<"source_files">): ReleasedRow<"quarantine_counts">[] =>
  n === 0 ? [] : [{ source, file, reason: "not_json", n }];

/** Writes the fabricated release as a release folder with its CURRENT pointer. */
export function writeFabricatedRelease(root: string): void {
  const folder = join(root, "v-fabricated");
  mkdirSync(join(folder, "tables"), { recursive: true });
  const files: { file: string; sha256: string; bytes: number }[] = [];
  for (const [name, content] of Object.entries(fabricateRelease())) {
    const text = JSON.stringify(content);
    writeFileSync(join(folder, `${name}.json`), text);
    files.push({ file: `${name}.json`, sha256: "0".repeat(64), bytes: Buffer.byteLength(text) });
    if (name.startsWith("tables/")) {
      writeFileSync(join(folder, `${name}.csv`), "column\n");
      files.push({ file: `${name}.csv`, sha256: "0".repeat(64), bytes: 7 });
    }
  }
  writeFileSync(
    join(folder, "manifest.json"),
    JSON.stringify({ schema: "medbench-versioned-folder/1", files, stages: {} }),
  );
  writeFileSync(join(root, "CURRENT"), "v-fabricated\n");
}
