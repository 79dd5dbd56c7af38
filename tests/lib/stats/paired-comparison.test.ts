import { describe, expect, it } from "vitest";
import { compositeComparison, pairedComparison } from "../../../src/lib/stats/index.js";

describe("pairedComparison", () => {
  it("tests groups that are right or wrong exactly, on those that only one system has right", () => {
    // 3 groups only the first has right, none only the second: 2 (1/2)^3 = 0.25.
    expect(pairedComparison([1, 1, 1, 1, 0], [0, 0, 0, 1, 0])).toMatchObject({
      ...{ onlyFirst: 3, onlySecond: 0, pValue: 0.25, differences: [1, 1, 1, 0, 0] },
      estimate: expect.closeTo(3 / 5, 12),
    });
  });

  it("uses the paired t test, and counts no groups as right, where one score is a fraction", () => {
    // Differences 0.5, 0, 0.5, 0: mean 0.25, variance 1/12, standard error sqrt(1/48), t = 0.25 sqrt(48) = sqrt(3) on 3 degrees
    // of freedom; P(|T| > sqrt(3)) = 1 - (2/pi) (atan(1) + 1/2) = 1/2 - 1/pi.
    const result = pairedComparison([0.5, 1, 1, 0], [0, 1, 0.5, 0]);
    expect(result).toMatchObject({ estimate: 0.25, onlyFirst: null, onlySecond: null });
    expect(result.standardError).toBeCloseTo(Math.sqrt(1 / 48), 12);
    expect(result.pValue).toBeCloseTo(1 / 2 - 1 / Math.PI, 10);
  });

  it("changes its sign, and nothing else, when the systems change places", () => {
    const [a, b] = [
      [1, 1, 0, 1, 1],
      [0, 1, 1, 0, 0],
    ] as const;
    const [forth, back] = [pairedComparison(a, b), pairedComparison(b, a)];
    expect(back).toMatchObject({
      onlyFirst: forth.onlySecond,
      onlySecond: forth.onlyFirst,
      pValue: forth.pValue,
    });
    expect(back.estimate).toBeCloseTo(-(forth.estimate ?? Number.NaN), 12);
  });
});

describe("compositeComparison", () => {
  it("of one task is that task's paired t test", () => {
    // As above: t = sqrt(3) on 3 degrees of freedom.
    const result = compositeComparison([{ differences: [0.5, 0, 0.5, 0], weight: 2 }]);
    expect(result?.estimate).toBeCloseTo(0.25, 12);
    expect(result?.pValue).toBeCloseTo(1 / 2 - 1 / Math.PI, 10);
  });

  it("weighs the mean differences of its tasks by their shares", () => {
    // (1 * 0.25 + 3 * -0.5) / 4
    const tasks = [
      { differences: [0.5, 0], weight: 1 },
      { differences: [-1, 0], weight: 3 },
    ];
    expect(compositeComparison(tasks)?.estimate).toBeCloseTo(-0.3125, 12);
  });

  it("has p 0 for a difference without any variance and 1 for none at all", () => {
    expect(compositeComparison([{ differences: [0.5, 0.5], weight: 1 }])).toMatchObject({
      estimate: 0.5,
      pValue: 0,
    });
    expect(compositeComparison([{ differences: [0, 0], weight: 1 }])).toMatchObject({
      estimate: 0,
      pValue: 1,
    });
  });

  it("is undefined where every task has one group", () => {
    expect(compositeComparison([{ differences: [0.5], weight: 1 }])).toBeNull();
  });
});
