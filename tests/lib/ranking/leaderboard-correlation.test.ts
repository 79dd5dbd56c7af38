import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leaderboardCorrelation } from "../../../src/lib/ranking/leaderboard-correlation.js";

const board = fc.dictionary(fc.constantFrom("a", "b", "c", "d", "e", "f"), fc.integer({ min: 0, max: 4 }), {
  minKeys: 2,
});

describe("leaderboardCorrelation", () => {
  it("is 1 for a board with itself and -1 for its reversal, if scores vary", () => {
    fc.assert(
      fc.property(board, (scores) => {
        const same = leaderboardCorrelation(scores, scores);
        if (new Set(Object.values(scores)).size < 2) {
          expect(same.kendallTauB).toBeNull();
          return;
        }
        const reversed = Object.fromEntries(
          Object.entries(scores).map(([system, score]) => [system, -score]),
        );
        expect(same.kendallTauB).toBeCloseTo(1, 12);
        expect(leaderboardCorrelation(scores, reversed).spearmanRho).toBeCloseTo(-1, 12);
      }),
    );
  });

  it("depends on order only, not on the scale of either board", () => {
    fc.assert(
      fc.property(board, board, (left, right) => {
        const stretched = Object.fromEntries(
          Object.entries(right).map(([system, x]) => [system, Math.exp(x) + 100]),
        );
        const { kendallTauB, spearmanRho } = leaderboardCorrelation(left, right);
        const other = leaderboardCorrelation(left, stretched);
        if (kendallTauB === null) expect(other.kendallTauB).toBeNull();
        else {
          expect(other.kendallTauB).toBeCloseTo(kendallTauB, 12);
          expect(other.spearmanRho).toBeCloseTo(spearmanRho as number, 12);
        }
      }),
    );
  });

  it("compares only systems on both boards, and reports their number", () => {
    const result = leaderboardCorrelation({ a: 1, b: 2, c: null, x: 9 }, { a: 1, b: 3, c: 5, y: 0 });
    expect(result).toMatchObject({ nCommon: 2, kendallTauB: 1, ranksA: { a: 2, b: 1 } });
  });

  it.each([
    [{ a: 1 }, { a: 1 }, /fewer than two/],
    [{}, {}, /fewer than two/],
    [{ a: 1, b: 1 }, { a: 1, b: 2 }, /tie/],
  ])("is undefined with a reason for %j against %j", (left, right, reason) => {
    const result = leaderboardCorrelation(left as Record<string, number>, right as Record<string, number>);
    expect(result.kendallTauB).toBeNull();
    expect(result.spearmanRho).toBeNull();
    expect(result.reason).toMatch(reason);
  });
});
