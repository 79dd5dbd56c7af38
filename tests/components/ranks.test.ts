import { describe, expect, it } from "vitest";
import { firstPlaces, pairsAmong, rankRanges } from "../../src/components/ranks.js";
import type { ReleasedRow } from "../../src/lib/records/released-tables.js";
import { fabricateRelease } from "./fabricated-release.js";

const release = fabricateRelease();
const ranks = release["tables/ranks"] as ReleasedRow<"ranks">[];
const comparisons = release["tables/comparisons"] as ReleasedRow<"comparisons">[];
const overall = ranks.filter(({ scope }) => scope === "overall");

describe("ranks on a page", () => {
  it("are those of one composite, based on uncorrected scores", () => {
    const moved = overall.map(
      (row): ReleasedRow<"ranks"> => ({ ...row, basis: "corrected", rank_best: 99, rank_worst: 99 }),
    );
    const ranges = rankRanges([...ranks, ...moved]);
    expect(ranges.size).toBe(overall.filter(({ rank }) => rank !== null).length);
    for (const row of overall) {
      expect(ranges.get(row.run_id)).toEqual(
        row.rank === null ? undefined : { from: row.rank_best, to: row.rank_worst },
      );
    }
  });

  it("leave out runs whose rank is withheld", () => {
    const withheld = overall.map(
      (row): ReleasedRow<"ranks"> => ({ ...row, rank: null, rank_best: null, rank_worst: null }),
    );
    expect(rankRanges(withheld).size).toBe(0);
  });

  it("count the systems that may be first, including the one with the highest score", () => {
    const leaders = overall.filter(({ rank }) => rank === 1).map(({ run_id }) => run_id);
    expect(leaders.length).toBeGreaterThan(0);
    expect(firstPlaces(rankRanges(ranks), leaders)).toBe(leaders.length);
  });

  it("include only the pairs between the runs shown", () => {
    const [first, second] = comparisons.filter(({ scope }) => scope === "overall");
    const shown = [first?.run_id ?? "", first?.other_run_id ?? ""];
    expect(pairsAmong(comparisons, shown)).toEqual([first]);
    expect(pairsAmong(comparisons, [second?.run_id ?? ""])).toEqual([]);
  });
});
