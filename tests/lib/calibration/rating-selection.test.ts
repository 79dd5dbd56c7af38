import { describe, expect, it } from "vitest";
import { type RatableAnswer, ratingSelection } from "../../../src/lib/calibration/rating-selection.js";
import { createRandom } from "../../../src/lib/util/random.js";

/** Answers with scores 0 to n - 1, of which the wanted ones were rated. */
const answers = (n: number, isRated: (i: number) => boolean, cluster = (i: number) => `${i}`) =>
  Array.from(
    { length: n },
    (_, i): RatableAnswer => ({ cluster: cluster(i), stratum: "", score: i, isRated: isRated(i) }),
  );

describe("ratingSelection", () => {
  it("has the statistic and p-value of a table computed by hand", () => {
    // 12 answers, thirds of 4; rated: 3 low, 1 middle, 0 high. Expected 4/3 each; hypergeometric factor 4 * 8 / 11 = 32/11.
    // For equal shares 1/3 the statistic is 11/32 * 3 * ((5/3)^2 + (1/3)^2 + (4/3)^2) = 11/32 * 3 * 42/9 = 4.8125; p = exp(-4.8125 / 2).
    const { p, rated, others } = ratingSelection(answers(12, (i) => [0, 1, 2, 4].includes(i)));
    expect(p).toBeCloseTo(Math.exp(-4.8125 / 2), 10);
    expect(rated).toEqual([0.75, 0.25, 0]);
    expect(others).toEqual([1 / 8, 3 / 8, 4 / 8]);
  });

  it("sees ratings of low grades, of high grades, and of both ends", () => {
    for (const isRated of [(i: number) => i < 15, (i: number) => i >= 85, (i: number) => i < 14 || i >= 86]) {
      expect(ratingSelection(answers(100, isRated)).p).toBeLessThan(0.001);
    }
    expect(ratingSelection(answers(100, (i) => i % 7 === 0)).p).toBeGreaterThan(0.5);
  });

  it("does not mistake a specialty that was rated more for a selection of grades", () => {
    // The hard specialty has the low grades, and four times as many of its answers were rated.
    const all = Array.from(
      { length: 200 },
      (_, i): RatableAnswer => ({
        cluster: `${i}`,
        stratum: i < 100 ? "hard" : "easy",
        score: i,
        isRated: i < 100 ? i % 2 === 0 : i % 8 === 0,
      }),
    );
    expect(ratingSelection(all).p).toBeGreaterThan(0.5);
    expect(ratingSelection(all.map((answer) => ({ ...answer, stratum: "" }))).p).toBeLessThan(0.01);
  });

  it("has nothing to compare if all or none were rated, or all grades are the same", () => {
    expect(ratingSelection(answers(9, () => true)).p).toBeNull();
    expect(ratingSelection(answers(9, () => false)).p).toBeNull();
    expect(ratingSelection(answers(9, (i) => i < 3).map((answer) => ({ ...answer, score: 1 }))).p).toBeNull();
    expect(ratingSelection([]).p).toBeNull();
  });

  it("raises a false alarm at 5 % in at most 7 % of random samples, also of items with five equal answers", () => {
    const random = createRandom("selection");
    for (const size of [1, 5]) {
      let alarms = 0;
      const runs = 400;
      for (let run = 0; run < runs; run += 1) {
        const rated = new Set(Array.from({ length: 30 }, () => Math.floor(150 * random())));
        const scores = Array.from({ length: 150 }, () => Math.floor(6 * random()) / 5);
        const all = Array.from({ length: 150 * size }, (_, i): RatableAnswer => {
          const item = Math.floor(i / size);
          return {
            cluster: `${item}`,
            stratum: `${item % 5}`,
            score: scores[item]!,
            isRated: rated.has(item),
          };
        });
        if (ratingSelection(all).p! < 0.05) alarms += 1;
      }
      expect(alarms / runs).toBeLessThanOrEqual(0.07);
    }
  });
});
