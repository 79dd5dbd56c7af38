import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradedInsights, keyPointPool, scoreKeyPoints } from "../../../src/lib/metrics/key-points.js";

const points = (matches: readonly number[], weights: readonly number[] = []) =>
  matches.map((matched, i) => ({ id: String(i), matched: matched === 1, weight: weights[i] ?? 1 }));

describe("scoreKeyPoints", () => {
  it("weights points: weights 3, 2, 1 with matches 1, 0, 1 give 4/6 (P08)", () => {
    const { score, parsed } = scoreKeyPoints(points([1, 0, 1], [3, 2, 1]));
    expect(parsed?.weightedRecall).toBeCloseTo(0.6667, 4);
    expect(score).toBeCloseTo(2 / 3, 12);
  });

  it("reports precision and F1 only if the predicted side was judged, after removing duplicates", () => {
    expect(scoreKeyPoints(points([1, 0])).parsed).toMatchObject({ precision: null, f1: null });
    const predicted = [...points([1, 0]), { id: "1", matched: false }];
    expect(scoreKeyPoints(points([1, 0]), predicted)).toMatchObject({
      parsed: { precision: 0.5, f1: 0.5 },
      parts: { matched: 1, total: 2, predictedMatched: 1, predictedTotal: 2 },
    });
    expect(scoreKeyPoints(points([0]), points([0])).parsed?.f1).toBe(0);
  });

  it("excludes an item without gold points", () => {
    expect(scoreKeyPoints([])).toMatchObject({ score: null, status: "excluded" });
  });

  it("does not change when points are reordered or repeated", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 8 }), (matches) => {
        const list = points(matches);
        expect(scoreKeyPoints([...list, ...list].reverse()).score).toBe(scoreKeyPoints(list).score);
      }),
    );
  });
});

describe("keyPointPool", () => {
  it("separates macro 0.4167 from micro 4/9 and leaves excluded items out (P01.4-7)", () => {
    // recalls 3/4, 1/2, 0/3
    const items = [points([1, 1, 1, 0]), points([1, 0]), points([0, 0, 0]), []].map((gold) =>
      scoreKeyPoints(gold),
    );
    const pool = keyPointPool(items);
    expect(pool.macroRecall).toBeCloseTo(0.4167, 4);
    expect(pool.microRecall).toMatchObject({ estimate: 4 / 9, numerator: 4, denominator: 9 });
    expect([pool.n, pool.nExcluded]).toEqual([3, 1]);
    expect(keyPointPool([]).macroRecall).toBeNull();
  });
});

describe("gradedInsights", () => {
  it("averages the best grade of each side and counts valid insights that match nothing as novel", () => {
    // gold best 0.8, 0.4; predicted best 0.8, 0.4, 0 -> recall 0.6, precision 0.4, F1 0.48
    const result = gradedInsights(
      [
        [0.8, 0.1, 0],
        [0.2, 0.4, 0],
      ],
      [true, true, true],
    );
    expect(result.recall).toBeCloseTo(0.6, 12);
    expect(result.precision).toBeCloseTo(0.4, 12);
    expect(result.f1).toBeCloseTo(0.48, 12);
    expect(result.novelty).toBeCloseTo(1 / 3, 12);
    expect(gradedInsights([], [true])).toMatchObject({ recall: null, f1: null, novelty: 1 });
  });
});
