import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cohenKappa,
  cohenKappaBootstrap,
  cohenKappaOfLabels,
} from "../../../src/lib/agreement/cohen-kappa.js";
import { linCcc } from "../../../src/lib/agreement/lin-ccc.js";
import { scottPi } from "../../../src/lib/agreement/scott-pi.js";
import { InputError } from "../../../src/lib/errors.js";

const categories = ["w", "x", "y", "z"];
const labels = fc.array(fc.tuple(fc.constantFrom(...categories), fc.constantFrom(...categories)), {
  minLength: 1,
  maxLength: 60,
});
const tables = fc.array(fc.array(fc.nat(30), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });
const weightings = fc.constantFrom(
  "unweighted" as const,
  "linear" as const,
  "quadratic" as const,
  "ordinal" as const,
);

const sides = (pairs: readonly (readonly [string, string])[]) =>
  [pairs.map(([a]) => a), pairs.map(([, b]) => b)] as const;

describe("cohenKappa", () => {
  it("reproduces Feinstein and Cicchetti's paradox: with 85 % agreement kappa is 0.70 or 0.32, depending on prevalence alone", () => {
    const balanced = cohenKappa([
      [40, 9],
      [6, 45],
    ]);
    const skewed = cohenKappa([
      [80, 10],
      [5, 5],
    ]);
    expect(balanced.percentAgreement).toBe(skewed.percentAgreement);
    expect(balanced.estimate).toBeCloseTo(0.7, 2);
    expect(skewed.estimate).toBeCloseTo(0.32, 2);
    expect(balanced.pabak).toBeCloseTo(skewed.pabak!, 14);
  });

  it("is at most 1, at most kappaMax, and inside its interval", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { estimate, kappaMax, lower, upper } = cohenKappa(table);
        if (estimate === null) return;
        expect(estimate).toBeLessThanOrEqual(kappaMax! + 1e-12);
        expect(kappaMax!).toBeLessThanOrEqual(1 + 1e-12);
        expect(lower! <= estimate && estimate <= upper!).toBe(true);
      }),
    );
  });

  it("does not depend on the order of the items, nor on which rater comes first", () => {
    fc.assert(
      fc.property(labels, weightings, (pairs, weights) => {
        const [a, b] = sides(pairs);
        const forward = cohenKappaOfLabels(a, b, { categories, weights });
        const turned = cohenKappaOfLabels([...b].reverse(), [...a].reverse(), { categories, weights });
        if (forward.estimate === null) expect(turned.estimate).toBeNull();
        else {
          expect(turned.estimate!).toBeCloseTo(forward.estimate, 12);
          expect(turned.standardError!).toBeCloseTo(forward.standardError!, 10);
        }
      }),
    );
  });

  it("does not depend on the names of the labels, nor, if unweighted, on their order", () => {
    fc.assert(
      fc.property(labels, fc.shuffledSubarray(categories, { minLength: 4 }), (pairs, order) => {
        const [a, b] = sides(pairs);
        const named = cohenKappaOfLabels(a, b, { categories });
        const numbered = cohenKappaOfLabels(
          a.map((label) => order.indexOf(label)),
          b.map((label) => order.indexOf(label)),
          { categories: [0, 1, 2, 3] },
        );
        if (named.estimate === null) expect(numbered.estimate).toBeNull();
        else expect(numbered.estimate!).toBeCloseTo(named.estimate, 12);
      }),
    );
  });

  it("is 1 with no error when raters agree on every item of two labels or more", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 2, maxLength: 6 }),
        weightings,
        (counts, weights) => {
          const table = counts.map((count, i) => counts.map((_, j) => (i === j ? count : 0)));
          const { estimate, standardError } = cohenKappa(table, { weights });
          expect(estimate).toBeCloseTo(1, 12);
          expect(standardError).toBeLessThan(1e-9);
        },
      ),
    );
  });

  it("gives the same value for a 2 x 2 table with linear weights as without: there is only one distance", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(40), { minLength: 2, maxLength: 2 }), { minLength: 2, maxLength: 2 }),
        (table) => {
          const plain = cohenKappa(table).estimate;
          const linear = cohenKappa(table, { weights: "linear" }).estimate;
          if (plain === null) expect(linear).toBeNull();
          else expect(linear!).toBeCloseTo(plain, 12);
        },
      ),
    );
  });

  it("equals Lin's concordance of the category numbers with quadratic weights", () => {
    // Both are 2 s_xy / (s_x² + s_y² + (m_x - m_y)²) with divisor n (Fleiss & Cohen 1973, doi:10.1177/001316447303300309).
    fc.assert(
      fc.property(labels, (pairs) => {
        const [a, b] = sides(pairs);
        const kappa = cohenKappaOfLabels(a, b, { categories, weights: "quadratic" }).estimate;
        const ccc = linCcc(
          a.map((label) => categories.indexOf(label)),
          b.map((label) => categories.indexOf(label)),
        ).estimate;
        if (kappa !== null && ccc !== null) expect(kappa).toBeCloseTo(ccc, 10);
      }),
    );
  });

  it("is never below Scott's pi, which penalizes raters for different margins", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const kappa = cohenKappa(table).estimate;
        const pi = scottPi(table).estimate;
        if (kappa !== null && pi !== null) expect(kappa).toBeGreaterThanOrEqual(pi - 1e-12);
      }),
    );
  });

  it("drops pairs with a missing label and counts them", () => {
    const full = cohenKappaOfLabels(["w", "x", "x"], ["w", "x", "w"], { categories });
    const gaps = cohenKappaOfLabels(["w", null, "x", "x", "z"], ["w", "x", "x", "w", null], { categories });
    expect(gaps).toEqual({ ...full, nMissing: 2 });
  });

  it("is undefined, not 1, when both raters always use one label, and without data", () => {
    const constant = cohenKappa([
      [9, 0],
      [0, 0],
    ]);
    expect(constant).toMatchObject({ estimate: null, standardError: null, lower: null, percentAgreement: 1 });
    expect(constant.reason).toMatch(/expected agreement is 1/);
    expect(
      cohenKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toMatchObject({ estimate: null, observed: null, n: 0 });
  });

  it("names the item with an undeclared label, and throws for invalid tables and weights", () => {
    expect(() => cohenKappaOfLabels(["w", "q"], ["w", "w"], { categories })).toThrow(
      /"q" \(item 1\) is not among/,
    );
    expect(() => cohenKappa([[1, 2]])).toThrow(/must be square/);
    expect(() =>
      cohenKappa([
        [1, -2],
        [1, 1],
      ]),
    ).toThrow(/got -2 in row 0, column 1/);
    expect(() =>
      cohenKappa(
        [
          [1, 2],
          [1, 1],
        ],
        { weights: [[1]] },
      ),
    ).toThrow(InputError);
    expect(() =>
      cohenKappa(
        [
          [1, 2],
          [1, 1],
        ],
        { weights: "linear", scores: [1] },
      ),
    ).toThrow(/scores must be 2/);
  });
});

describe("cohenKappaBootstrap", () => {
  const table = [
    [88, 14, 18],
    [10, 40, 10],
    [2, 6, 12],
  ];

  it("finds the delta-method error of 200 items within 5 %, weighted or not", () => {
    for (const weights of ["unweighted", "quadratic"] as const) {
      const drawn = cohenKappaBootstrap(table, { weights, replicates: 20_000, seed: 9 });
      const analytic = cohenKappa(table, { weights });
      expect(drawn.estimate!).toBeCloseTo(analytic.estimate!, 12);
      expect(drawn.standardError! / analytic.standardError!).toBeGreaterThan(0.95);
      expect(drawn.standardError! / analytic.standardError!).toBeLessThan(1.05);
    }
  });

  it("drops and counts resamples in which both raters are constant", () => {
    // Of two items with different labels, half of the resamples draw one item twice: chance agreement 1, kappa 0/0.
    const { nUndefined, lower, upper } = cohenKappaBootstrap(
      [
        [1, 0],
        [0, 1],
      ],
      { replicates: 1000, seed: 1 },
    );
    expect(nUndefined).toBeGreaterThan(430);
    expect(nUndefined).toBeLessThan(570);
    expect([lower, upper]).toEqual([1, 1]);
  });
});
