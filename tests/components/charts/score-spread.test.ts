import { describe, expect, it } from "vitest";
import { cumulative, tenPointBins } from "../../../src/components/charts/score-spread.js";
import { releasedRow } from "../released-row.js";

const row = (group_score: number, n_groups: number, run_id = "a") =>
  releasedRow("score_distributions", { run_id, group_score, n_groups });

describe("histogram bins", () => {
  it("put a score on a boundary into the bin above it, and 100 into the last", () => {
    const counts = tenPointBins([
      row(0, 1),
      row(0.1, 2),
      row(0.0999, 3),
      row(0.7, 4),
      row(0.9999, 5),
      row(1, 6),
    ]);
    expect(counts.map(({ n }) => n)).toEqual([4, 2, 0, 0, 0, 0, 0, 4, 0, 11]);
  });

  it("put every tenth into the right bin although 0.7 * 10 and 0.3 / 0.1 are not whole numbers in binary", () => {
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const bins = tenPointBins([row(tenth / 10, 1), row(Math.round(tenth * 0.1 * 1e4) / 1e4, 1)]);
      expect(bins[tenth]?.n).toBe(2);
    }
  });
});

describe("an empirical distribution", () => {
  it("steps at each score by its share of the groups and ends at 100 %", () => {
    // 1 of 4 groups at 0.5, then 3 of 4 at 0.8: 25 %, 100 %.
    expect(cumulative([row(0.8, 3), row(0.5, 1)]).map(({ x, share }) => [x, share])).toEqual([
      [0, 0],
      [50, 25],
      [80, 100],
      [100, 100],
    ]);
  });

  it("keeps systems separate and adds no point that the data already have", () => {
    const points = cumulative([row(0, 1, "a"), row(1, 1, "a"), row(0.5, 2, "b")]);
    expect(points.filter(({ run_id }) => run_id === "a").map(({ x, share }) => [x, share])).toEqual([
      [0, 50],
      [100, 100],
    ]);
    expect(points.filter(({ run_id }) => run_id === "b").every(({ n }) => n === 2)).toBe(true);
  });
});
