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
        [1, 2],
        [3, 3],
        [5, 5],
        [4, 2],
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
    // Student's t at 95 % on the four clusters of either kappa minus one: 2.353363435.
    expect([lower, upper].map((bound) => Math.abs(bound! - estimate!))).toEqual([
      expect.closeTo(2.353363435 * error, 8),
      expect.closeTo(2.353363435 * error, 8),
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

  it("weights pairs by what they represent, as an independent computation does", () => {
    const left = [5, 5, 4, 3, 5, 2, 1, 4, 5, 3, 5, 4];
    const right = [5, 4, 4, 3, 5, 3, 1, 4, 4, 3, 5, 5];
    const weight = [1, 1, 2, 2, 1, 4, 8, 2, 1, 4, 1, 2.5];
    const pairs = [..."aabbcdefghij"].map((cluster, i) => ({
      ...{ cluster, left: left[i]!, right: right[i]!, weight: weight[i]! },
    }));
    const found = clusteredKappa(pairs, { categories });
    // Python: statsmodels' cohens_kappa of the weighted table; the error from numerical derivatives of kappa by each cluster's
    // weight (numpy), with G / (G - 1); Kish's number of clusters; raw agreement is 42 of 59.
    expect(found.estimate).toBeCloseTo(0.9307463923220327, 12);
    expect(found.standardError).toBeCloseTo(0.05112203871673271, 8);
    expect(found.nEffective).toBeCloseTo(6.733075435203094, 12);
    expect(found.percentAgreement).toBeCloseTo(21 / 29.5, 12);
    // scipy's t; the upper arm with kappa recomputed from a table to which one more agreeing item was added.
    expect(found.lower).toBeCloseTo(0.6155139101106653, 7);
    expect(found.upper).toBeCloseTo(0.989718652709197, 7);
    expect(clusteredKappa(pairs, { categories, symmetric: true }).estimate).toBeCloseTo(
      0.9305521897178466,
      12,
    );
  });

  it("does not depend on the unit of the weights, and equal weights are no weights", () => {
    fc.assert(
      fc.property(grades, fc.double({ min: 0.1, max: 50, noNaN: true }), (drawn, unit) => {
        const plain = clusteredKappa(alone(drawn), { categories });
        const weighted = clusteredKappa(
          alone(drawn).map((pair) => ({ ...pair, weight: unit })),
          { categories },
        );
        for (const key of ["estimate", "standardError", "lower", "upper", "nEffective"] as const) {
          if (plain[key] === null) expect(weighted[key]).toBeNull();
          else expect(weighted[key]).toBeCloseTo(plain[key], 8);
        }
      }),
    );
  });

  it("takes a pair with weight 3 for three such pairs in its estimate", () => {
    const once = alone([
      [1, 2],
      [4, 4],
      [5, 3],
    ]);
    const thrice = [...once, once[2]!, once[2]!];
    const weighted = once.map((pair, i) => ({ ...pair, weight: i === 2 ? 3 : 1 }));
    expect(clusteredKappa(weighted, { categories }).estimate).toBeCloseTo(
      clusteredKappa(thrice, { categories }).estimate!,
      12,
    );
  });

  it("refuses a weight that is not positive and finite", () => {
    for (const weight of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => clusteredKappa([{ left: 1, right: 1, cluster: "a", weight }], { categories })).toThrow(
        /weight must be positive and finite/,
      );
    }
  });

  it("has no interval on two pairs, nor on five items, and says how many items it needs", () => {
    const six = alone([1, 2, 3, 4, 5, 1].map((grade, i) => [grade, i === 0 ? 2 : grade] as const));
    for (const n of [2, 5]) {
      const few = clusteredKappa(six.slice(0, n), { categories });
      expect(few).toMatchObject({
        ...{ lower: null, upper: null },
        reason: { code: "too-few-items-for-interval", parameters: { found: n, wanted: 6 } },
      });
      expect(few.estimate).not.toBeNull();
    }
    expect(clusteredKappa(six, { categories })).toMatchObject({ reason: null, nClusters: 6 });
    // Many pairs of few items are still few items.
    const crowded = Array.from({ length: 10 }, () => six.slice(0, 5)).flat();
    expect(clusteredKappa(crowded, { categories }).lower).toBeNull();
  });
});
