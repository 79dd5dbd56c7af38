import { describe, expect, it } from "vitest";
import { comparableSets, setLabels } from "../../src/components/comparable.js";
import type { CatalogueDocument, TaxonomyDocument } from "../../src/components/documents.js";
import { namesFor } from "../../src/components/names.js";
import { wordsFor } from "../../src/components/words.js";
import type { ReleasedRow } from "../../src/lib/records/released-tables.js";
import { fabricateRelease } from "./fabricated-release.js";

const release = fabricateRelease();
const overall = release["tables/overall_scores"] as ReleasedRow<"overall_scores">[];
const words = wordsFor("en");
const catalogue = release["catalogue"] as CatalogueDocument;
const systems = release["tables/systems"] as ReleasedRow<"systems">[];
const names = namesFor(catalogue, release["taxonomy"] as TaxonomyDocument, "en");

describe("sets of scores that may share a chart", () => {
  it("never mix two boards, pools, tracks, benchmarks or identities", () => {
    const [first] = overall as [ReleasedRow<"overall_scores">, ...ReleasedRow<"overall_scores">[]];
    const mixed = [
      ...overall,
      { ...first, board: "api" as const },
      { ...first, pool: "upload-2026-09" },
      { ...first, benchmark: "other" },
      { ...first, identity: "other judge" },
    ];
    const sets = comparableSets(mixed, catalogue);
    expect(sets).toHaveLength(3 + 4);
    for (const { rows } of sets) {
      for (const of of ["benchmark", "track", "board", "pool", "identity"] as const)
        expect(new Set(rows.map((row) => row[of])).size).toBe(1);
    }
    expect(sets.flatMap(({ rows }) => rows)).toHaveLength(mixed.length);
  });

  it("put the larger of two sets of a track first and number labels that would be equal", () => {
    const [first] = overall as [ReleasedRow<"overall_scores">, ...ReleasedRow<"overall_scores">[]];
    const sets = comparableSets([{ ...first, identity: "lone" }, ...overall], catalogue);
    expect(sets[0]?.rows.length).toBeGreaterThan(1);
    const labels = [...setLabels(sets, names, words).values()].map(({ whole }) => whole);
    expect(labels.slice(0, 2)).toEqual([
      "Language models · answer upload · upload-2026-03",
      "Language models · answer upload · upload-2026-03 (2)",
    ]);
  });

  it("of one pool are distinguished by the settings of their runs", () => {
    const [first] = overall as [ReleasedRow<"overall_scores">, ...ReleasedRow<"overall_scores">[]];
    const other = { ...first, run_id: "other", identity: "other settings" };
    const [system] = systems as [ReleasedRow<"systems">, ...ReleasedRow<"systems">[]];
    const sets = comparableSets([...overall, other], catalogue);
    const labels = setLabels(sets, names, words, [
      ...systems,
      { ...system, run_id: "other", temperature: 0 },
    ]);
    expect(labels.get(sets[1]?.key ?? "")?.source).toBe(
      "answer upload · upload-2026-03 · temperature 0, up to 512 tokens",
    );
  });

  it("show tracks in the order of the catalogue, whatever the order of the rows", () => {
    const tracks = comparableSets([...overall].reverse(), catalogue).map(({ track }) => track);
    expect(tracks).toEqual(["llm", "multimodal", "agent"]);
  });

  it("name the benchmark only if there are several", () => {
    const [first] = overall as [ReleasedRow<"overall_scores">, ...ReleasedRow<"overall_scores">[]];
    const several = comparableSets([first, { ...first, benchmark: "enamed-2025" }], catalogue);
    expect([...setLabels(several, names, words).values()].map(({ title }) => title)).toEqual([
      "MedBench v4: Language models",
      "enamed-2025: Language models",
    ]);
  });
});
