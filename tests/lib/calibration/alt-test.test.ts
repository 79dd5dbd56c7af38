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

  it("is the paper's t test with half an item added for the person, computed by hand", () => {
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
    // d = rater - judge - epsilon: -1.2 on 12 items, 0.8 on 8, -0.2 on 20, and 0.8 on half an item. Mean (-12 + 0.4) / 40.5 = -0.28642.
    // Squares around it: 12 x 0.83463 + 8 x 1.18030 + 20 x 0.00747 + 0.5 x 1.18030 = 20.1977, times 40/39: 20.7156.
    // t = -11.6 / sqrt(20.7156) = -2.5486, P(T39 < -2.5486) = 0.00743.
    expect(first.p).toBeCloseTo(0.00743, 4);
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

  it("takes all rows of an item as one: entering each of them five times changes neither the test nor its p", () => {
    const { ratings, judge } = panel(60, 0.75, 7);
    const five = <T>(rows: readonly T[]) => rows.flatMap((row) => Array.from({ length: 5 }, () => row));
    const clusters = five(ratings.map((_, item) => `item ${item}`));
    const once = altTest(ratings, judge).raters[0]!;
    const again = altTest(five(ratings), five(judge), { clusters }).raters[0]!;
    expect(again.p).toBeCloseTo(once.p!, 12);
    expect(again).toMatchObject({ n: 300, nItems: 60, judgeWins: once.judgeWins });
    // As rows they would look five times as many.
    expect(altTest(five(ratings), five(judge)).raters[0]!.p).not.toBeCloseTo(once.p!, 3);
  });

  it("counts items and not rows toward the minimum, and unequal items for less", () => {
    const { ratings, judge } = panel(100, 0.9, 8);
    const ten = ratings.map((_, i) => `item ${i % 10}`);
    expect(altTest(ratings, judge, { clusters: ten }).raters[0]!).toMatchObject({
      ...{ n: 100, nItems: 10, p: null },
      reason: { code: "too-few-compared-items", parameters: { found: 10, wanted: 30 } },
    });
    // 69 rows of one item and 31 of others: 100^2 / (69^2 + 31) is 2.09 items.
    const one = ratings.map((_, i) => (i < 69 ? "big" : `item ${i}`));
    expect(altTest(ratings, judge, { clusters: one }).raters[0]!.reason?.parameters).toEqual({
      ...{ found: 2, wanted: 30 },
    });
  });

  it("is passed by few judges at the boundary, however many rows an item has", () => {
    const random = createRandom("boundary");
    // The judge misses an item altogether with probability 0.2, and the raters never: the difference of the winning rates is
    // exactly epsilon. Ten rows of an item are one observation.
    const clusters = Array.from({ length: 400 }, (_, row) => `item ${Math.floor(row / 10)}`);
    let passed = 0;
    let asRows = 0;
    for (let study = 0; study < 300; study += 1) {
      const misses = Array.from({ length: 40 }, () => random() < 0.2);
      const judge = clusters.map((_, row) => (misses[Math.floor(row / 10)] ? 0 : 1));
      const ratings = judge.map(() => [1, 1, 1]);
      if (altTest(ratings, judge, { clusters }).passed) passed += 1;
      if (altTest(ratings, judge).passed) asRows += 1;
    }
    expect(passed / 300).toBeLessThanOrEqual(0.05);
    expect(asRows / 300).toBeGreaterThan(0.25);
  });

  it("refuses clusters that do not fit the rows", () => {
    expect(() => altTest([[1, 1]], [1], { clusters: ["a", "b"] })).toThrow(/2 clusters for 1 rows/);
  });
});
