import { describe, expect, it } from "vitest";
import { brennanPredigerTable, scottPi } from "../../src/lib/agreement/scott-pi.js";

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

  it("refuses tables that are not square counts, naming itself", () => {
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

describe("the two chances", () => {
  it("Brennan-Prediger's error is the binomial one over 1 - 1/k", () => {
    // sqrt(0.85 x 0.15 / 100) / (1 - 1/2)
    expect(brennanPredigerTable(table).standardError).toBeCloseTo(2 * Math.sqrt((0.85 * 0.15) / 100), 12);
    expect(brennanPredigerTable(table).observed).toBeCloseTo(0.85, 12);
    expect(brennanPredigerTable(table).expected).toBe(0.5);
  });

  it("Scott's pi pools the margins and is 0/0 where one label is used throughout", () => {
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
