import { describe, expect, it } from "vitest";
import {
  compositeCorrection,
  type JudgedPart,
  type RatedAnswer,
} from "../../../src/lib/calibration/composite-correction.js";
import { withJudgeError } from "../../../src/lib/calibration/judge-error.js";
import { compositeFromMoments } from "../../../src/lib/stats/composite-moments.js";
import { groupInfluence } from "../../../src/lib/stats/group-influence.js";
import { createRandom, randomNormal } from "../../../src/lib/util/random.js";

const part = (name: string, family: string, share: number, answers = 100): JudgedPart => ({
  part: name,
  ...{ family, share, answers },
});
const rated = (name: string, differences: readonly number[], own: Partial<RatedAnswer> = {}) =>
  differences.map(
    (difference, i): RatedAnswer => ({
      ...{ part: name, cluster: `${name}/${i}`, weight: 1, difference, raters: ["r"], isDrawn: true },
      ...own,
    }),
  );

describe("compositeCorrection", () => {
  const parts = [part("a", "f", 0.1), part("b", "g", 0.4)];
  const five = [0, 0.1, 0, -0.1, 0];

  it("corrects each part by its own ratings and its share of the composite, however many ratings it has", () => {
    // Part a, a tenth of the composite, is off by 0.3 in twenty ratings; part b by 0 in five: 0.1 * -0.3 + 0.4 * 0.
    const twenty = Array.from({ length: 20 }, (_, i) => -0.3 + 0.1 * ((i % 3) - 1)).slice(0, 18);
    const { correction } = compositeCorrection(parts, [...rated("a", twenty), ...rated("b", five)]);
    expect(correction?.shift).toBeCloseTo(-0.03, 12);
    // s^2 / n of each part: 18 values of spread 0.1 in thirds, 12 * 0.01 / 17 / 18; and 0.02 / 4 / 5.
    const variance = 0.1 ** 2 * (0.12 / 17 / 18) + 0.4 ** 2 * (0.02 / 4 / 5);
    expect(correction?.standardError).toBeCloseTo(Math.sqrt(variance), 12);
  });

  it("puts small parts of a family together, with answers weighing what they carry of the composite", () => {
    const family = [part("a", "f", 0.3), part("b", "f", 0.1)];
    const few = [
      ...rated("a", [-0.2, -0.2, -0.1, -0.3], { weight: 3 }),
      ...rated("b", [0, 0, 0.1, -0.1], { weight: 1 }),
    ];
    // (3 * 4 * -0.2 + 1 * 4 * 0) / (3 * 4 + 1 * 4) = -0.15, times the family's 0.4.
    const { correction } = compositeCorrection(family, few, { minimum: 8 });
    expect(correction?.shift).toBeCloseTo(0.4 * -0.15, 12);
  });

  it("counts two answers to one item as one", () => {
    const pairs = rated("b", [...five, ...five]).map((answer, i) => ({ ...answer, cluster: `b/${i % 5}` }));
    const once = compositeCorrection([part("b", "g", 0.4)], rated("b", five), { minimum: 5 });
    const twice = compositeCorrection([part("b", "g", 0.4)], pairs, { minimum: 5 });
    expect(twice.correction?.standardError).toBeCloseTo(once.correction?.standardError ?? 0, 12);
    expect(twice.correction?.nRatedClusters).toBe(5);
  });

  it("needs rated items, and says how many", () => {
    const { reason } = compositeCorrection(parts, rated("b", five));
    expect(reason).toEqual({ code: "too-few-rated-items", parameters: { found: 5, wanted: 10 } });
  });

  it("refuses ten ratings without an error, and says how many would do", () => {
    const ten = Array.from({ length: 10 }, () => 0.1);
    const { reason } = compositeCorrection([part("b", "g", 0.4)], rated("b", ten));
    // 1 - 0.025^(1/10) = 30.8 %; 0.4 (1 - 0.025^(1/n)) <= 0.05 from n = ln 0.025 / ln 0.875 = 27.6 on.
    expect(reason).toEqual({ code: "unseen-errors", parameters: { found: 10, missed: 31, wanted: 28 } });
  });

  it("widens for what as many ratings as that leave open", () => {
    const { correction } = compositeCorrection(
      [part("b", "g", 0.4)],
      rated(
        "b",
        Array.from({ length: 28 }, () => 0),
      ),
    );
    expect(correction?.standardError).toBe(0);
    expect(correction?.halfWidth).toBeCloseTo(0.4 * (1 - 0.025 ** (1 / 28)), 12);
  });

  it("refuses a composite if a family that weighs has no rated answer, and names the part", () => {
    const { reason } = compositeCorrection(parts, rated("b", [...five, ...five]), { minimum: 5 });
    // 0.1 of 0.5
    expect(reason).toEqual({ code: "unrated-part", parameters: { part: "a", percent: 20 } });
  });

  it("names the share of datasets without a rated answer, and refuses if more are left out than chance explains", () => {
    const datasets = Array.from({ length: 10 }, (_, i) => part(`${i}`, "f", 0.05));
    const inTwo = [0, 1].flatMap((i) => rated(`${i}`, [...five, ...five, 0.05, 0.07, 0, 0, 0.1]));
    const { correction } = compositeCorrection(datasets, inTwo);
    expect(correction?.unratedShare).toBeCloseTo(0.8, 12);
    // Thirty ratings at random would leave 0.9^30 = 4 % of the datasets out.
    const unknown = inTwo.map((answer) => ({ ...answer, isDrawn: false }));
    expect(compositeCorrection(datasets, unknown).reason?.code).toBe("unrated-part");
  });

  it("covers people's composite if the judge is lenient in one dimension, whether few answers were rated or most", () => {
    const random = createRandom("composite correction");
    // Two dimensions of two datasets, 40 items each; the judge is 0.2 too lenient in the second.
    const shares = [0.15, 0.1, 0.25, 0.1];
    const truth = 0.6;
    for (const share of [0.15, 0.9]) {
      const runs = 300;
      let covered = 0;
      for (let run = 0; run < runs; run += 1) {
        const answers: RatedAnswer[] = [];
        const influence = new Map<string, number>();
        const strata = shares.map((judged, d) => {
          const sums = Array.from({ length: 40 }, (_, i) => {
            const people = 0.6 + 0.15 * randomNormal(random);
            const judge = people + (d > 1 ? 0.2 : 0) + 0.1 * randomNormal(random);
            if (random() < share)
              answers.push(...rated(`${d}`, [people - judge], { cluster: `${d}/${i}`, weight: judged }));
            // Each dataset is a quarter of the composite; the rest of an item's score is objective.
            return 4 * judged * judge + (1 - 4 * judged) * (0.6 + 0.15 * randomNormal(random));
          });
          const stratum = { groups: sums.map((_, i) => i), sums, sizes: sums.map(() => 1) };
          for (const [i, value] of groupInfluence(stratum, new Set(stratum.groups)))
            influence.set(`${d}/${i}`, value / 4);
          const total = (of: (sum: number) => number) => sums.reduce((all, sum) => all + of(sum), 0);
          const moments = {
            ...{ nClusters: 40, sumN: 40, sumNN: 40 },
            ...{ sumS: total((s) => s), sumSS: total((s) => s * s), sumSN: total((s) => s) },
          };
          return { weight: 1, moments };
        });
        const composite = compositeFromMoments(strata);
        const { correction } = compositeCorrection(
          shares.map((judged, d) => part(`${d}`, d > 1 ? "g" : "f", judged, 40)),
          answers,
          { influence },
        );
        const { lower, upper } = withJudgeError(composite, correction!, null)!;
        if (lower <= truth && truth <= upper) covered += 1;
      }
      expect(covered / runs).toBeGreaterThanOrEqual(0.92);
      expect(covered / runs).toBeLessThanOrEqual(0.98);
    }
  });
});
