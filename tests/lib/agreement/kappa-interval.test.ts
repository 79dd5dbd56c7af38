import { describe, expect, it } from "vitest";
import { clusteredKappa } from "../../../src/lib/agreement/clustered-kappa.js";
import { kappaInterval } from "../../../src/lib/agreement/kappa-interval.js";
import { createRandom, randomNormal } from "../../../src/lib/util/random.js";

const binary = { disagreement: 0.1, chanceDisagreement: 0.5, byGrade: [1, 1], smallestStep: 1 };

describe("kappaInterval", () => {
  it("bounds perfect agreement below by the share of disagreeing items that the sample allows", () => {
    // Clopper-Pearson for 0 of 30: 1 - 0.025^(1/30) = 0.1157033. Each disagreement costs 1 of a chance disagreement of 0.5.
    const found = kappaInterval(1, 0, { ...binary, nClusters: 30, disagreement: 0 });
    expect(found.lower).toBeCloseTo(1 - 0.1157033082 / 0.5, 8);
    expect(found.upper).toBe(1);
    // A step of 1/16 on a scale of five costs 16 times less.
    const graded = kappaInterval(1, 0, { ...binary, nClusters: 30, disagreement: 0, smallestStep: 1 / 16 });
    expect(graded.lower).toBeCloseTo(1 - 0.1157033082 / 8, 8);
  });

  it("never goes below -1, however few items agree perfectly", () => {
    expect(
      kappaInterval(1, 0, { ...binary, nClusters: 2, disagreement: 0, chanceDisagreement: 0.1 }).lower,
    ).toBe(-1);
  });

  it("has no interval where items do not differ without agreeing perfectly", () => {
    const none = { lower: null, upper: null, upwardError: null };
    expect(kappaInterval(0.5, 0, { ...binary, nClusters: 30 })).toEqual(none);
    expect(kappaInterval(-1, 0.1, { ...binary, nClusters: 30, disagreement: 1 })).toEqual(none);
  });

  it("is Student's t on Fisher's scale downward, and longer upward where an unseen grade would raise kappa", () => {
    // kappa 0.8 with error 0.06: 0.06 / (1 - 0.64) = 1/6 on Fisher's scale; t(19) at 97.5 % is 2.093024.
    const lower = Math.tanh(Math.atanh(0.8) - 2.093024 / 6);
    const design = { nClusters: 20, disagreement: 0.1, chanceDisagreement: 0.5 };
    const plain = kappaInterval(0.8, 0.06, { ...design, byGrade: [0, 0], smallestStep: 1 });
    expect(plain.lower).toBeCloseTo(lower, 6);
    expect(plain.upper).toBeCloseTo(Math.tanh(Math.atanh(0.8) + 2.093024 / 6), 6);
    // One more such item among 20 adds 1/20: disagreement becomes 0.1 / 1.05, and the expected one (0.5 + 1.8 / 20) / 1.05^2 if the
    // grade is 1.8 away from the others of both sides. Kappa becomes 1 - 0.1 * 1.05 / 0.59 = 0.8220339.
    const rise = Math.atanh(0.8220338983) - Math.atanh(0.8);
    const skewed = kappaInterval(0.8, 0.06, { ...design, byGrade: [0.2, 1.8], smallestStep: 1 });
    expect(skewed.lower).toBeCloseTo(lower, 6);
    expect(skewed.upper).toBeCloseTo(
      Math.tanh(Math.atanh(0.8) + 2.093024 * Math.sqrt(1 / 36 + rise ** 2 / 2)),
      6,
    );
  });

  it("covers where grades are skewed and items few, and does not widen where they are not", () => {
    const cases = [
      // [lowest thresholds of the grades, items, ratings per item, systems]: four fifths of the grades at the top in the first two.
      { cuts: [-2.6, -2.2, -1.7, -0.9], items: 12, raters: 2 },
      { cuts: [-2.6, -2.2, -1.7, -0.9], items: 40, raters: 2 },
      { cuts: [-1.3, -0.4, 0.4, 1.3], items: 12, raters: 2 },
    ];
    for (const [i, { cuts, items, raters }] of cases.entries()) {
      const random = createRandom(`kappa interval ${i}`);
      const grade = (latent: number) => {
        const seen = latent + 0.3 * randomNormal(random);
        return 1 + cuts.filter((cut) => seen > cut).length;
      };
      const draw = (n: number) =>
        Array.from({ length: n }, (_, item) => {
          const latent = randomNormal(random);
          const left = grade(latent);
          return Array.from({ length: raters }, () => ({ left, right: grade(latent), cluster: `${item}` }));
        }).flat();
      const kappa = (n: number) => clusteredKappa(draw(n), { categories: [1, 2, 3, 4, 5] });
      const truth = kappa(20_000).estimate as number;
      const found = Array.from({ length: 250 }, () => kappa(items)).filter(({ lower }) => lower !== null);
      const covered = found.filter(({ lower, upper }) => (lower ?? 1) <= truth && truth <= (upper ?? 0));
      // 95 % less what 250 studies leave open; the normal interval covers 70 % in the first case.
      expect(covered.length / found.length, JSON.stringify(cuts)).toBeGreaterThanOrEqual(0.9);
    }
  });
});
