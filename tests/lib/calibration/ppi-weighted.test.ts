import { describe, expect, it } from "vitest";
import { type SampledScore, weightedPpiMean } from "../../../src/lib/calibration/ppi-weighted.js";
import { type RaterGrade, raterSeverity } from "../../../src/lib/calibration/rater-severity.js";
import { clusterMean } from "../../../src/lib/stats/index.js";
import { createRandom, randomNormal } from "../../../src/lib/util/random.js";

/** Four scores with mean 0.5, `times` each, rated and unrated; people are 0.1 below the judge. */
const offByAConstant = (times: number) =>
  Array.from({ length: 4 * times }, (_, i) => i).flatMap((i): SampledScore[] => {
    const judge = 0.2 + 0.2 * (i % 4);
    return [
      { cluster: `rated ${i}`, judge, human: judge - 0.1, weight: 1 },
      { cluster: `unrated ${i}`, judge, human: null, weight: 1 },
    ];
  });

describe("weightedPpiMean", () => {
  it("equals the weighted human mean if the judge never varies", () => {
    const rows: SampledScore[] = [
      { cluster: "a", judge: 0.5, human: 1, weight: 1 },
      { cluster: "b", judge: 0.5, human: 0, weight: 3 },
      { cluster: "c", judge: 0.5, human: null, weight: 1 },
    ];
    // (1 * 1 + 3 * 0) / 4
    expect(weightedPpiMean(rows, { minimum: 2 })).toMatchObject({ estimate: 0.25, lambda: 0, nRated: 2 });
  });

  it("equals the judge's mean plus the mean error if the judge is off by a constant", () => {
    // mean(judge) = 0.5 on rated and unrated answers alike; every rated answer is 0.1 lower
    const { estimate, rectifier, rectifierError } = weightedPpiMean(offByAConstant(20), { minimum: 2 });
    expect(estimate).toBeCloseTo(0.4, 10);
    expect(rectifier).toBeCloseTo(-0.1, 10);
    expect(rectifierError).toBeCloseTo(0, 10);
  });

  it("allows for errors that no rating showed, and refuses where these could shift the mean by more than five points", () => {
    // 0.025^(1/80) = 0.9549: with 80 ratings, errors on up to 4.5 % of the answers go unseen.
    const { upper, sameRaters, estimate, standardError } = weightedPpiMean(offByAConstant(20));
    expect(upper! - estimate!).toBeGreaterThan(1 - 0.025 ** (1 / 80));
    expect(upper! - estimate!).toBeGreaterThan(1.96 * standardError!);
    expect(sameRaters.upper).toBe(upper);
    expect(weightedPpiMean(offByAConstant(10))).toMatchObject({
      estimate: null,
      // 1 - 0.025^(1/40) = 8.8 %; ln 0.025 / ln 0.95 = 71.9
      reason: { code: "unseen-errors", parameters: { found: 40, missed: 9, wanted: 72 } },
    });
  });

  it("covers the mean of physicians like three who rated, where their own mean differs from it", () => {
    const random = createRandom("three physicians");
    const runs = 400;
    let [like, same] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      const severities = [0, 1, 2].map(() => 0.04 * randomNormal(random));
      const grades: RaterGrade[] = [];
      const rows = Array.from({ length: 300 }, (_, i): SampledScore => {
        const quality = 0.7 + 0.15 * randomNormal(random);
        const judge = quality + 0.05 + 0.08 * randomNormal(random);
        const raters = i < 60 ? [i % 3, (i + 1) % 3] : [];
        const given = raters.map((rater) => quality + severities[rater]! + 0.05 * randomNormal(random));
        raters.forEach((rater, k) => {
          grades.push({ answer: `${i}`, rater: `${rater}`, difference: given[k]! - judge });
        });
        const human = given.length === 0 ? null : (given[0]! + given[1]!) / 2;
        return { cluster: `${i}`, judge, human, weight: 5, raters: raters.map(String) };
      });
      const found = weightedPpiMean(rows, { severity: raterSeverity(grades) });
      expect(found.raters).toBe("raters like them");
      if (found.lower! <= 0.7 && 0.7 <= found.upper!) like += 1;
      if (found.sameRaters.lower! <= 0.7 && 0.7 <= found.sameRaters.upper!) same += 1;
    }
    expect(like / runs).toBeGreaterThanOrEqual(0.92);
    expect(like / runs).toBeLessThanOrEqual(0.98);
    expect(same / runs).toBeLessThan(0.8);
  });

  it("has the estimate, lambda and error computed by hand for four clusters", () => {
    // Rated a, b, c with human - judge pairs below and equal weights, d judged only. Human mean 1/2, judge on rated 1/2, on all 5/8.
    // Shares of the estimate by cluster, times 12 (from 1/3 and 1/4): human 1, 0, -1, 0; judge on rated, negated -2, 0, 2, 0;
    // judge on all (x - 5/8) / 4 * 12 = 9/8, -3/8, -15/8, 9/8; sum of the two judge parts -7/8, -3/8, 1/8, 9/8.
    // joint = (-7/8 - 1/8) = -1; spread = (49 + 9 + 1 + 81) / 64 = 140/64; lambda = 1 / (140/64) = 16/35.
    const rows: SampledScore[] = [
      { cluster: "a", judge: 1, human: 0.75, weight: 2 },
      { cluster: "b", judge: 0.5, human: 0.5, weight: 2 },
      { cluster: "c", judge: 0, human: 0.25, weight: 2 },
      { cluster: "d", judge: 1, human: null, weight: 1 },
    ];
    const { estimate, lambda, standardError, lower, rectifier, rectifierError, n, nRated, nRatedClusters } =
      weightedPpiMean(rows, { minimum: 3 });
    expect({ n, nRated, nRatedClusters }).toEqual({ n: 4, nRated: 3, nRatedClusters: 3 });
    expect(lambda).toBeCloseTo(16 / 35, 12);
    // 1/2 + 16/35 * (5/8 - 1/2)
    expect(estimate).toBeCloseTo(0.5 + (16 / 35) * 0.125, 12);
    // Shares with lambda, times 12 * 35: 35 - 14 = 21, -6, -35 + 2 = -33, 18; small-sample factor 3 / 2.
    const error = Math.sqrt((1.5 * (21 ** 2 + 6 ** 2 + 33 ** 2 + 18 ** 2)) / (12 * 35) ** 2);
    expect(standardError).toBeCloseTo(error, 12);
    // t(0.975, 2 df) in closed form.
    const t = (Math.SQRT2 * 0.95) / Math.sqrt(1 - 0.95 ** 2);
    expect(lower).toBeCloseTo((estimate as number) - t * error, 9);
    expect(rectifier).toBe(0);
    // Differences -1/4, 0, 1/4: sqrt(3/2 * 2 * (1/12)^2).
    expect(rectifierError).toBeCloseTo(Math.sqrt(3) / 12, 12);
  });

  it("gives the same result from moments of the unrated clusters as from their answers", () => {
    const random = createRandom("moments of others");
    const rows = Array.from({ length: 60 }, (_, i): SampledScore => {
      const judge = Math.round(random() * 4) / 4;
      // Twenty clusters of three answers; people rated one answer in twelve of them.
      const human = i % 3 === 0 && i < 36 ? Math.round(random() * 4) / 4 : null;
      return { cluster: `${Math.floor(i / 3)}`, judge, human, weight: 1 + (i % 2) };
    });
    const far = [12, 13, 14, 15, 16, 17, 18, 19].map((name) =>
      rows.filter(({ cluster }) => cluster === `${name}`).reduce((sum, { judge }) => sum + judge, 0),
    );
    const total = (of: (s: number) => number) => far.reduce((sum, s) => sum + of(s), 0);
    const others = {
      ...{ nClusters: 8, sumN: 24, sumNN: 72 },
      ...{ sumS: total((s) => s), sumSS: total((s) => s * s), sumSN: total((s) => 3 * s) },
    };
    const whole = weightedPpiMean(rows);
    const parted = weightedPpiMean(rows.slice(0, 36), { others });
    expect(whole.reason).toBeNull();
    for (const [name, value] of Object.entries(whole).filter(([, found]) => typeof found === "number"))
      expect(parted[name as "estimate"], name).toBeCloseTo(value as number, 12);
  });

  it("is undefined with fewer rated items than required, with their number in the reason", () => {
    const rows: SampledScore[] = [{ cluster: "a", judge: 1, human: 1, weight: 1 }];
    expect(weightedPpiMean(rows)).toMatchObject({
      estimate: null,
      lower: null,
      reason: { code: "too-few-rated-items", parameters: { found: 1, wanted: 10 } },
    });
  });

  it("covers people's mean in 93 to 97 % of 1,500 samples, drawn unequally; the biased judge's own interval does not", () => {
    const random = createRandom("weighted ppi coverage");
    const samples = 1500;
    let covered = 0;
    let naive = 0;
    for (let sample = 0; sample < samples; sample += 1) {
      // Two strata; the second is harder, the judge is blind there, and it is drawn five times as often.
      const rows = Array.from({ length: 400 }, (_, i): SampledScore => {
        const hard = random() < 0.25;
        const quality = randomNormal(random);
        const truth = (hard ? 0.4 : 0.7) + 0.1 * quality;
        const judge = hard ? 0.75 + 0.1 * randomNormal(random) : truth + 0.05 + 0.05 * randomNormal(random);
        const chance = hard ? 0.5 : 0.1;
        const rated = random() < chance;
        const human = truth + 0.05 * randomNormal(random);
        return { cluster: String(i), judge, human: rated ? human : null, weight: 1 / chance };
      });
      // 0.25 * 0.4 + 0.75 * 0.7
      const truth = 0.625;
      const { lower, upper } = weightedPpiMean(rows);
      if ((lower as number) <= truth && truth <= (upper as number)) covered += 1;
      const judged = clusterMean(
        rows.map(({ judge }) => judge),
        rows.map(() => 1),
      );
      if ((judged.lower as number) <= truth && truth <= (judged.upper as number)) naive += 1;
    }
    expect(covered / samples).toBeGreaterThanOrEqual(0.93);
    expect(covered / samples).toBeLessThanOrEqual(0.97);
    expect(naive / samples).toBeLessThan(0.05);
  });
});
