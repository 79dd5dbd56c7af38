import { describe, expect, it } from "vitest";
import { humanCeiling } from "../../../src/lib/calibration/human-ceiling.js";
import { createRandom, randomNormal } from "../../../src/lib/util/random.js";

/** Pearson correlation; NaN where undefined. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const dx = x.map((value) => value - mean(x));
  const dy = y.map((value) => value - mean(y));
  const dot = (u: readonly number[], v: readonly number[]) =>
    u.reduce((sum, value, i) => sum + value * v[i]!, 0);
  return dot(dx, dy) / Math.sqrt(dot(dx, dx) * dot(dy, dy));
}
const share = (x: readonly number[], y: readonly number[]) =>
  x.filter((value, i) => value === y[i]).length / x.length;

describe("humanCeiling", () => {
  it("is the mean of each rater's agreement with the others", () => {
    const ratings = [
      [1, 1, 0],
      [0, 0, 0],
      [1, 0, 1],
      [1, 1, 1],
    ];
    // majority of the other two; a tie leaves the item out. Rater 0: items 1, 3 -> 2/2 (0 and 2 tie);
    // rater 1: others (1,0) tie, (0,0), (1,1), (1,1) -> 0 = 0, 0 vs 1, 1 = 1 -> 2/3; rater 2: (1,1), (0,0), tie, (1,1) -> 2/3
    const { human, perRater, judge } = humanCeiling(ratings, share, { panel: "majority", replicates: 50 });
    expect(perRater.map(({ n, agreement }) => [n, agreement])).toEqual([
      [2, 1],
      [3, 2 / 3],
      [3, 2 / 3],
    ]);
    expect(human.estimate).toBeCloseTo((1 + 2 / 3 + 2 / 3) / 3, 12);
    expect(judge).toBeNull();
  });

  it("finds no difference between a rater and a judge with the same errors", () => {
    const random = createRandom(5);
    const truth = Array.from({ length: 400 }, () => randomNormal(random));
    const noisy = (value: number, sd: number) => value + sd * randomNormal(random);
    const ratings = truth.map((value) => [
      noisy(value, 0.5),
      noisy(value, 0.5),
      noisy(value, 0.5),
      noisy(value, 0.5),
    ]);
    const options = { replicates: 200, seed: 3 };
    const equal = humanCeiling(
      ratings,
      correlation,
      options,
      truth.map((value) => noisy(value, 0.5)),
    );
    expect(equal.difference!.lower!).toBeLessThan(0);
    expect(equal.difference!.upper!).toBeGreaterThan(0);
    // Expected: 1 / sqrt((1 + 0.25) (1 + 0.25 / 3)) = 0.8593
    expect(Math.abs(equal.human.estimate! - 0.8593)).toBeLessThan(0.03);
    const worse = humanCeiling(
      ratings,
      correlation,
      options,
      truth.map((value) => noisy(value, 2)),
    );
    expect(worse.difference!.upper!).toBeLessThan(0);
  });

  it("uses incomplete rows of ratings", () => {
    const ratings = [
      [1, 1, null],
      [0, null, 0],
      [null, 1, 1],
      [1, null, null],
    ];
    const { perRater } = humanCeiling(ratings, share, { replicates: 10 });
    expect(perRater.map(({ n }) => n)).toEqual([2, 2, 2]);
  });

  it("is undefined with a reason if no two raters share an item", () => {
    const { human, perRater } = humanCeiling(
      [
        [1, null],
        [null, 0],
      ],
      share,
      { replicates: 10 },
    );
    expect(human.estimate).toBeNull();
    expect(human.reason).not.toBeNull();
    expect(perRater[0]!.agreement).toBeNull();
  });

  it("throws for a single rater", () => {
    expect(() => humanCeiling([[1], [2]], share)).toThrow(/two raters/);
  });
});
