import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cohenKappa } from "../../../src/lib/agreement/cohen-kappa.js";
import { brennanPredigerTable, scottPi } from "../../../src/lib/agreement/scott-pi.js";
import type { AgreementWeighting } from "../../../src/lib/agreement/weights.js";

const table = [
  [80, 10],
  [5, 5],
];

describe.each([
  ["scottPi", scottPi, "scott"],
  ["brennanPredigerTable", brennanPredigerTable, "brennan-prediger"],
] as const)("%s", (name, coefficient, chance) => {
  it("has a normal interval around the estimate that grows with confidence", () => {
    const usual = coefficient(table);
    const wide = coefficient(table, { confidence: 0.99 });
    // Normal quantiles 0.975 and 0.995.
    expect(usual.upper! - usual.estimate!).toBeCloseTo(1.959963984540054 * usual.standardError!, 12);
    expect(usual.estimate! - usual.lower!).toBeCloseTo(1.959963984540054 * usual.standardError!, 12);
    expect(wide.upper! - wide.lower!).toBeCloseTo(2 * 2.5758293035489004 * usual.standardError!, 12);
    expect(usual).toMatchObject({ n: 100, confidence: 0.95, method: `${chance}, unweighted`, reason: null });
  });

  it("is undefined with a reason on an empty table", () => {
    const { n, reason, ...rest } = coefficient([
      [0, 0],
      [0, 0],
    ]);
    expect([n, reason]).toEqual([0, "no pairs of labels"]);
    expect(rest).toMatchObject({
      estimate: null,
      lower: null,
      upper: null,
      standardError: null,
      observed: null,
      expected: null,
    });
  });

  it("throws for tables that are not square counts, with its own name in the message", () => {
    expect(() => coefficient([[1, 2]])).toThrow(name);
    expect(() =>
      coefficient([
        [1, -1],
        [0, 2],
      ]),
    ).toThrow(name);
    expect(() => coefficient(table, { confidence: 1 })).toThrow(name);
  });

  it("gives credit for near misses when weighted", () => {
    const near = [
      [20, 8, 0],
      [6, 20, 8],
      [0, 6, 32],
    ];
    const weighted = coefficient(near, { weights: "quadratic" });
    expect(weighted.method).toBe(`${chance}, quadratic`);
    expect(weighted.estimate!).toBeGreaterThan(coefficient(near).estimate!);
  });
});

describe("chance agreement", () => {
  it("gives Brennan-Prediger the binomial error divided by 1 - 1/k", () => {
    // sqrt(0.85 x 0.15 / 100) / (1 - 1/2)
    expect(brennanPredigerTable(table).standardError).toBeCloseTo(2 * Math.sqrt((0.85 * 0.15) / 100), 12);
    expect(brennanPredigerTable(table).observed).toBeCloseTo(0.85, 12);
    expect(brennanPredigerTable(table).expected).toBe(0.5);
  });

  it("makes Scott's pi pool the margins, so it is 0/0 if only one label is used", () => {
    // pooled 0.875 and 0.125: 0.765625 + 0.015625
    expect(scottPi(table).expected).toBeCloseTo(0.78125, 12);
    const one = scottPi([
      [30, 0],
      [0, 0],
    ]);
    expect(one).toMatchObject({
      estimate: null,
      lower: null,
      upper: null,
      standardError: null,
      observed: 1,
      expected: 1,
      reason: "expected agreement is 1: the coefficient is 0/0",
    });
  });
});

describe("the delta-method error", () => {
  const asymmetric = [
    [1, 0.4, 0],
    [0.7, 1, 0.2],
    [0.1, 0.5, 1],
  ];

  it("matches numerical derivatives by each cell, for every kind of chance agreement and for asymmetric weights", () => {
    const cells = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 9, maxLength: 9 });
    const weightings = fc.constantFrom<AgreementWeighting>("unweighted", "linear", "ordinal", asymmetric);
    const coefficients = fc.constantFrom(cohenKappa, scottPi, brennanPredigerTable);
    fc.assert(
      fc.property(cells, weightings, coefficients, (counts, weights, coefficient) => {
        const at = (cell: number, step: number) => {
          const moved = counts.map((count, c) => count + (c === cell ? step : 0));
          return coefficient([moved.slice(0, 3), moved.slice(3, 6), moved.slice(6)], { weights });
        };
        const n = counts.reduce((total, count) => total + count, 0);
        // One more unit in a cell moves the proportions by (cell - proportions) / n: n times the derivative is the
        // influence of a unit, already centered, and its variance over n that of the estimate.
        const influence = counts.map((_, c) => (n * (at(c, 1e-3).estimate! - at(c, -1e-3).estimate!)) / 2e-3);
        const variance = counts.reduce((total, count, c) => total + (count / n) * influence[c]! ** 2, 0) / n;
        expect(at(0, 0).standardError!).toBeCloseTo(Math.sqrt(variance), 6);
      }),
    );
  });
});
