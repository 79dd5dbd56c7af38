import { describe, expect, it } from "vitest";
import {
  exactMantelHaenszel,
  mantelHaenszel,
  type TwoByTwo,
} from "../../../src/lib/stats/mantel-haenszel.js";

// UCBAdmissions of R: admitted and rejected men, admitted and rejected women, by department.
const berkeley: TwoByTwo[] = [
  [512, 313, 89, 19],
  [353, 207, 17, 8],
  [120, 205, 202, 391],
  [138, 279, 131, 244],
  [53, 138, 94, 299],
  [22, 351, 24, 317],
];
// Rabbits of R's help (Agresti 1990): cured and died without delay, cured and died after 1.5 hours, by dose.
const rabbits: TwoByTwo[] = [
  [0, 6, 0, 5],
  [3, 3, 0, 6],
  [6, 0, 2, 4],
  [5, 1, 6, 0],
  [2, 0, 5, 0],
];

describe("mantelHaenszel", () => {
  it("is R's mantelhaen.test on UCBAdmissions", () => {
    const { chiSquare, p, oddsRatio, lower, upper } = mantelHaenszel(berkeley);
    expect(chiSquare).toBeCloseTo(1.4269, 4);
    expect(p).toBeCloseTo(0.2323, 4);
    expect(oddsRatio).toBeCloseTo(0.9046968, 7);
    expect(lower).toBeCloseTo(0.7719074, 7);
    expect(upper).toBeCloseTo(1.0603298, 7);
  });

  it("is R's mantelhaen.test on Rabbits, where two of five strata say nothing", () => {
    const result = mantelHaenszel(rabbits);
    expect(result.chiSquare).toBeCloseTo(3.9286, 4);
    expect(result.p).toBeCloseTo(0.04747, 5);
    expect(result.oddsRatio).toBeCloseTo(7, 10);
    expect(result.lower).toBeCloseTo(1.026713, 6);
    expect(result.upper).toBeCloseTo(47.725133, 6);
    expect(result.nStrata).toBe(3);
  });

  it("is the McNemar test on pairs: (|b - c| - 1)^2 / (b + c)", () => {
    // 10 pairs where only the first is right, 3 where only the second is: (7 - 1)^2 / 13.
    const pairs: TwoByTwo[] = [
      ...Array.from({ length: 10 }, (): TwoByTwo => [1, 0, 0, 1]),
      ...Array.from({ length: 3 }, (): TwoByTwo => [0, 1, 1, 0]),
    ];
    expect(mantelHaenszel(pairs).chiSquare).toBeCloseTo(36 / 13, 10);
    expect(mantelHaenszel(pairs).oddsRatio).toBeCloseTo(10 / 3, 10);
  });

  it("has no odds ratio, but a test, where one group is never worse", () => {
    const result = mantelHaenszel([[4, 0, 1, 3]]);
    expect(result).toMatchObject({
      oddsRatio: null,
      lower: null,
      reason: "the first group is never worse: the odds ratio is infinite",
    });
    expect(result.p).toBeLessThan(0.2);
    expect(mantelHaenszel([[4, 0, 3, 0]])).toMatchObject({
      p: null,
      nStrata: 0,
      reason: "no stratum has both groups and both answers",
    });
  });

  it("refuses counts that are not counts", () => {
    expect(() => mantelHaenszel([[1, 2, 3, 0.5]])).toThrow(/tables\[0\] needs counts >= 0; got 1, 2, 3, 0.5/);
  });
});

describe("exactMantelHaenszel", () => {
  it("is R's mantelhaen.test(exact = TRUE) on Rabbits", () => {
    expect(exactMantelHaenszel(rabbits).p).toBeCloseTo(0.03994, 5);
  });

  it("is Fisher's exact test for one stratum", () => {
    // Tea tasting: 3 of 4 right, p = (16 + 16 + 1 + 1) / 70.
    expect(exactMantelHaenszel([[3, 1, 1, 3]]).p).toBeCloseTo(34 / 70, 10);
    expect(exactMantelHaenszel([[3, 1, 1, 3]]).smallestP).toBeCloseTo(2 / 70, 10);
  });

  it("has p = 1 without a stratum that says anything", () => {
    expect(exactMantelHaenszel([[2, 0, 3, 0]])).toEqual({ statistic: 0, p: 1, smallestP: 1 });
  });
});
