import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clusteredKappa,
  kappaDifference,
  type ValuePair,
} from "../../../src/lib/agreement/clustered-kappa.js";
import { cohenKappa, crosstab, scottPi } from "../../../src/lib/agreement/index.js";

const categories = [1, 2, 3, 4, 5];
const grades = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })), {
  minLength: 3,
  maxLength: 60,
});
const table = (drawn: readonly (readonly [number, number])[]) =>
  crosstab(
    drawn.map(([left]) => left),
    drawn.map(([, right]) => right),
    categories,
  ).table;
const alone = (drawn: readonly (readonly [number, number])[]): ValuePair[] =>
  drawn.map(([left, right], i) => ({ left, right, cluster: String(i) }));

describe("clusteredKappa", () => {
  it("equals Cohen's kappa; with one pair per cluster its error is Cohen's times sqrt(n / (n - 1))", () => {
    fc.assert(
      fc.property(grades, fc.constantFrom("unweighted", "linear", "quadratic"), (drawn, weights) => {
        const ours = clusteredKappa(alone(drawn), { categories, weights });
        const library = cohenKappa(table(drawn), { weights });
        fc.pre(library.estimate !== null);
        const n = drawn.length;
        expect(ours.estimate).toBeCloseTo(library.estimate as number, 10);
        expect(ours.standardError).toBeCloseTo((library.standardError as number) * Math.sqrt(n / (n - 1)), 8);
      }),
    );
  });

  it("has the sandwich error of the delta method, computed by hand for three clusters", () => {
    const pairs = [
      { left: 0, right: 0, cluster: "a" },
      { left: 0, right: 1, cluster: "a" },
      { left: 1, right: 1, cluster: "b" },
      { left: 1, right: 1, cluster: "b" },
      { left: 0, right: 0, cluster: "c" },
    ];
    // po = 4/5, pe = 3/5 * 2/5 + 2/5 * 3/5 = 12/25, kappa = 8/25 over 13/25. d kappa = (d po - (1 - kappa) d pe) / (1 - pe): the
    // cells 00 and 11 have 1 - 5/13 = 8/13, the cell 01 has 0 - 5/13 * 4/5 = -4/13, the mean of the five is 28/65.
    // Deviations times 65: 12, 12, -48, 12, 12, so -36 for a, 24 for b, 12 for c; squares add up to 2016. With G / (G - 1) = 3/2:
    // sqrt(3024) / 65 / (5 * 13/25) = sqrt(3024) / 169.
    const kappa = clusteredKappa(pairs, { categories: [0, 1], weights: "unweighted" });
    expect(kappa.estimate).toBeCloseTo(8 / 13, 12);
    expect(kappa.standardError).toBeCloseTo(Math.sqrt(3024) / 169, 12);
    expect([...kappa.influence].map(([cluster, share]) => [cluster, Math.round(share * 169)])).toEqual([
      ["a", -36],
      ["b", 24],
      ["c", 12],
    ]);
  });

  it("equals Scott's pi when the order of the two raters does not matter", () => {
    fc.assert(
      fc.property(grades, (drawn) => {
        const library = scottPi(table(drawn));
        fc.pre(library.estimate !== null);
        const ours = clusteredKappa(alone(drawn), { categories, weights: "unweighted", symmetric: true });
        expect(ours.estimate).toBeCloseTo(library.estimate as number, 10);
        expect(ours.standardError).toBeCloseTo(
          (library.standardError as number) * Math.sqrt(drawn.length / (drawn.length - 1)),
          8,
        );
      }),
    );
  });

  it("does not become more precise when every pair is entered twice in its cluster", () => {
    fc.assert(
      fc.property(grades, (drawn) => {
        const once = alone(drawn);
        const twice = clusteredKappa([...once, ...once], { categories });
        expect(twice.standardError ?? 0).toBeCloseTo(
          clusteredKappa(once, { categories }).standardError ?? 0,
          10,
        );
      }),
    );
  });

  it("has a difference of exactly 0 from itself", () => {
    const kappa = clusteredKappa(
      alone([
        [1, 1],
        [2, 3],
        [4, 4],
        [5, 3],
      ]),
      { categories },
    );
    expect(kappaDifference(kappa, kappa)).toEqual({ estimate: 0, lower: 0, upper: 0, standardError: 0 });
  });

  it("adds the two errors in quadrature for kappas on different clusters, each scaled for all clusters", () => {
    const first = alone([
      [1, 1],
      [2, 3],
      [4, 4],
      [5, 3],
    ]);
    const second = first.map(({ left, right, cluster }) => ({
      left,
      right: 6 - right,
      cluster: `other ${cluster}`,
    }));
    const [one, other] = [first, second].map((pairs) => clusteredKappa(pairs, { categories }));
    const { estimate, standardError, lower, upper } = kappaDifference(one!, other!, { confidence: 0.9 });
    expect(estimate).toBeCloseTo(one!.estimate! - other!.estimate!, 12);
    // Each error has the factor 4 / 3 of its four clusters; the difference has 8 / 7 of all eight.
    const error = Math.sqrt((8 / 7) * (3 / 4) * (one!.standardError! ** 2 + other!.standardError! ** 2));
    expect(standardError).toBeCloseTo(error, 12);
    // Normal quantile at 95 %: 1.6448536270.
    expect([lower, upper].map((bound) => Math.abs(bound! - estimate!))).toEqual([
      expect.closeTo(1.644853627 * error, 8),
      expect.closeTo(1.644853627 * error, 8),
    ]);
  });

  it("has no difference from an undefined kappa, and no error on a single cluster", () => {
    const same = { left: 3, right: 3, cluster: "a" };
    const undefinedKappa = clusteredKappa([same], { categories });
    const single = clusteredKappa([same, { left: 1, right: 2, cluster: "a" }], { categories });
    const none = { lower: null, upper: null, standardError: null };
    expect(kappaDifference(undefinedKappa, single)).toEqual({ ...none, estimate: null });
    expect(kappaDifference(single, single)).toEqual({ ...none, estimate: 0 });
  });

  it("is undefined with a reason if both sides use a single value", () => {
    expect(
      clusteredKappa(
        alone([
          [3, 3],
          [3, 3],
        ]),
        { categories },
      ),
    ).toMatchObject({
      estimate: null,
      lower: null,
      reason: { code: "one-value-only" },
    });
  });
});
