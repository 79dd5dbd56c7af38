import { describe, expect, it } from "vitest";
import { altTest } from "../../../src/lib/calibration/alt-test.js";
import { createRandom, randomInteger } from "../../../src/lib/util/random.js";

/** Three raters who each keep the true label with probability 0.8, and a judge of the given accuracy. */
function panel(nItems: number, judgeAccuracy: number, seed: number) {
  const random = createRandom(seed);
  const noisy = (truth: number, accuracy: number) => (random() < accuracy ? truth : randomInteger(random, 4));
  const truth = Array.from({ length: nItems }, () => randomInteger(random, 4));
  return {
    ratings: truth.map((label) => [noisy(label, 0.8), noisy(label, 0.8), noisy(label, 0.8)]),
    judge: truth.map((label) => noisy(label, judgeAccuracy)),
  };
}

describe("altTest", () => {
  it("passes a judge that is better than the raters and fails one that guesses", () => {
    const good = panel(200, 0.95, 1);
    expect(altTest(good.ratings, good.judge)).toMatchObject({ passed: true, winningRate: 1 });
    const bad = panel(200, 0, 2);
    expect(altTest(bad.ratings, bad.judge)).toMatchObject({ passed: false, winningRate: 0 });
  });

  it("matches the paper's t test, computed by hand", () => {
    // Rater 0 against judge, rater 1 is the other: judge alone right on 12 items, rater alone on 8, both on 20.
    const rows: number[][] = [];
    const judge: number[] = [];
    const add = (times: number, rater: number, verdict: number) => {
      for (let i = 0; i < times; i += 1) {
        rows.push([rater, 1]);
        judge.push(verdict);
      }
    };
    add(12, 0, 1);
    add(8, 1, 0);
    add(20, 1, 1);
    const first = altTest(rows, judge, { epsilon: 0.2 }).raters[0]!;
    expect(first).toMatchObject({ n: 40, judgeWins: 0.8, raterWins: 0.7, test: "t" });
    // d = rater - judge: mean -0.1, s^2 = (20 - 40 x 0.01) / 39, t = (-0.1 - 0.2) / sqrt(s^2 / 40) = -2.676
    // P(T39 < -2.6765) = 0.00541
    expect(first.p).toBeCloseTo(0.0054, 3);
  });

  it("adjusts over raters, so no adjusted value is below its own p", () => {
    const { ratings, judge } = panel(100, 0.8, 3);
    for (const rater of altTest(ratings, judge).raters)
      expect(rater.pAdjusted!).toBeGreaterThanOrEqual(rater.p!);
  });

  it("requires more of the judge as epsilon decreases", () => {
    const { ratings, judge } = panel(120, 0.75, 4);
    const p = (epsilon: number) => altTest(ratings, judge, { epsilon }).raters[0]!.p!;
    expect(p(0)).toBeGreaterThan(p(0.1));
    expect(p(0.1)).toBeGreaterThan(p(0.2));
  });

  it("uses the distance for ordered scores: a judge one step off beats a rater three steps off", () => {
    const ratings = Array.from({ length: 40 }, (_, i) => [3, 3, i % 2 === 0 ? 6 : 0]);
    const judge = ratings.map((_, i) => (i % 2 === 0 ? 4 : 2));
    const byDistance = altTest(ratings, judge, { alignment: "distance" });
    expect(byDistance.raters[2]).toMatchObject({ judgeWins: 1, raterWins: 0, rejected: true });
  });

  it("lists a rater with too few items and tests the others", () => {
    const { ratings, judge } = panel(60, 0.9, 5);
    const sparse = ratings.map(([a, b, c], i) => [a!, b!, i < 10 ? c! : null]);
    const result = altTest(sparse, judge);
    expect(result.raters[2]).toMatchObject({ n: 10, p: null, rejected: false });
    expect(result.raters[2]!.reason?.parameters).toMatchObject({ found: 10 });
    expect(result.winningRate).toBe(1);
  });

  it("uses ranks below 30 items if fewer items are allowed", () => {
    const { ratings, judge } = panel(20, 0.95, 6);
    expect(altTest(ratings, judge, { minimumItems: 10 }).raters[0]!.test).toBe("Wilcoxon");
  });

  it("is undefined with a reason for one rater", () => {
    const result = altTest([[1], [2]], [1, 2]);
    expect(result).toMatchObject({ winningRate: null, passed: null, advantageProbability: null });
    expect(result.reason).not.toBeNull();
  });
});
