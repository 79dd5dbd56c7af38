import { describe, expect, it } from "vitest";
import { outcomeShares } from "../../../src/components/charts/outcome-bars.js";
import type { ReleasedRow } from "../../../src/lib/records/released-tables.js";
import { fabricateRelease } from "../fabricated-release.js";
import { releasedRow } from "../released-row.js";

const release = fabricateRelease();
const systems = release["tables/systems"] as ReleasedRow<"systems">[];
const outcomes = release["tables/outcome_counts"] as ReleasedRow<"outcome_counts">[];

describe("outcome shares", () => {
  it("add up to one for every system, over all datasets and inside one", () => {
    for (const dataset of [null, "MedExam"]) {
      const shares = outcomeShares(outcomes, systems, dataset);
      const sums = new Map<string, number>();
      for (const { run_id, share } of shares) sums.set(run_id, (sums.get(run_id) ?? 0) + share);
      expect(sums.size).toBe(dataset === null ? systems.length : 7);
      for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 12);
    }
  });

  it("keep the same outcome under two policies separate", () => {
    const [system] = systems as [ReleasedRow<"systems">, ...ReleasedRow<"systems">[]];
    const row = releasedRow("outcome_counts", { run_id: system.run_id, outcome: "errored", n: 1 });
    const shares = outcomeShares(
      [
        { ...row, policy: "wrong" },
        { ...row, policy: "left out", n: 3 },
      ],
      [system],
    );
    expect(shares.map(({ policy, n, share }) => [policy, n, share])).toEqual([
      ["wrong", 1, 0.25],
      ["left out", 3, 0.75],
    ]);
  });

  it("leave out runs of other sets", () => {
    expect(outcomeShares(outcomes, [])).toEqual([]);
  });
});
