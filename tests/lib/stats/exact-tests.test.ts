import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { onDecimalGrid, tidyDifferences } from "../../../src/lib/stats/decimal-grid.js";
import { mcnemarTest } from "../../../src/lib/stats/mcnemar.js";
import { pairedPermutationTest } from "../../../src/lib/stats/permutation.js";
import { midRanks } from "../../../src/lib/stats/ranks.js";
import { commonDivisor, subsetSumTail } from "../../../src/lib/stats/subset-sums.js";
import { wilcoxonSignedRank } from "../../../src/lib/stats/wilcoxon.js";

const tenth = fc.integer({ min: 0, max: 10 }).map((value) => value / 10);
const paired = fc.array(fc.tuple(tenth, tenth), { minLength: 1, maxLength: 10 });
const zerosFor = (list: readonly number[]) => list.map(() => 0);

describe("decimals on a common grid", () => {
  it("use units down to 1e-9 and no smaller", () => {
    expect(onDecimalGrid([1e-9, 3e-9], 3e-9)).toEqual([1, 3]);
    expect(onDecimalGrid([1e-10], 1e-10)).toBeNull();
  });

  it("are not used if rounding could make any value look like a whole number", () => {
    expect(onDecimalGrid([0.4], 1e15)).toBeNull();
  });

  it("tolerate the rounding error of the subtracted numbers, of either sign", () => {
    for (const sign of [1, -1]) {
      const [near, other] = [[1000000.3 * sign], [1000000.1 * sign]];
      expect(tidyDifferences(near, other)).toEqual({ differences: [2 * sign], exact: true });
      expect(tidyDifferences([0.2 * sign], [0])).toEqual({ differences: [2 * sign], exact: true });
    }
    const irrational = [Math.PI, Math.E];
    expect(tidyDifferences(irrational, [0, 0])).toEqual({ differences: irrational, exact: false });
  });
});

describe("subsets", () => {
  it("have sums that share the greatest common divisor", () => {
    expect(commonDivisor([4, 6, 0])).toBe(2);
    expect(commonDivisor([9])).toBe(9);
    expect(commonDivisor([0, 0])).toBe(0);
    expect(commonDivisor([])).toBe(0);
  });

  it("are all within a limit of at least the total", () => {
    expect(subsetSumTail([2, 3], 5)).toBe(1);
    expect(subsetSumTail([2, 3], 4)).toBe(3 / 4);
    expect(subsetSumTail([2, 3], 1)).toBe(1 / 4);
  });
});

describe("ranks with a tolerance", () => {
  it("tie neighbors up to that distance, including chains", () => {
    expect(midRanks([1, 1.25, 3], 0.25)).toEqual([1.5, 1.5, 3]);
    expect(midRanks([3, 1, 1.25, 1.5], 0.25)).toEqual([4, 2, 2, 2]);
    expect(midRanks([1, 1.25, 3])).toEqual([1, 2, 3]);
  });
});

describe("the exact permutation test", () => {
  it("enumerates if the grid is too fine for counting", () => {
    // In units of 1e-9 the observed sum is 0.623456789; of the four patterns up to sign 0.9 + 0.4 + 0.12.., 0.9 + 0.4 -
    // 0.12.. and 0.9 - 0.4 + 0.12.. (the observed one) reach it, 0.9 - 0.4 - 0.12.. does not.
    const differences = [0.123456789, -0.4, 0.9];
    expect(pairedPermutationTest(differences, zerosFor(differences)).pValue).toBe(3 / 4);
    const many = Array.from({ length: 25 }, (_, i) => (i % 2 === 0 ? i + 0.123456789 : -i - 0.987654321));
    expect(() => pairedPermutationTest(many, zerosFor(many))).toThrow(/25 nonzero differences is too large/);
  });

  it("does not depend on the unit, however large or small", () => {
    fc.assert(
      fc.property(paired, fc.constantFrom(1e-6 * Math.PI, 1e6 * Math.PI), (list, unit) => {
        const [a, b] = [list.map(([x]) => x), list.map(([, y]) => y)];
        const inUnits = (values: readonly number[]) => values.map((value) => value * unit);
        expect(pairedPermutationTest(inUnits(a), inUnits(b)).pValue).toBe(pairedPermutationTest(a, b).pValue);
      }),
    );
  });

  it("does not enumerate differences of 0", () => {
    const irrational = [Math.SQRT2, Math.PI, -Math.E];
    const padded = [...irrational, ...Array.from({ length: 40 }, () => 0)];
    const expected = pairedPermutationTest(irrational, zerosFor(irrational)).pValue;
    expect(pairedPermutationTest(padded, zerosFor(padded)).pValue).toBe(expected);
  });

  it("is 1 if the differences cancel, on the grid and off it", () => {
    expect(pairedPermutationTest([1, 2, 3], [1.5, 1.5, 3]).pValue).toBe(1);
    const many = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 0.987654321 : -0.987654321));
    expect(pairedPermutationTest([...many, 0.5, -0.5], zerosFor([...many, 0, 0])).pValue).toBe(1);
    expect(pairedPermutationTest([Math.PI, 0], [0, Math.PI]).pValue).toBe(1);
    expect(pairedPermutationTest([Math.PI], [Math.PI]).pValue).toBe(1);
    // Sums to 0 in tenths; in this unit only but for rounding, which other patterns miss by other bits.
    const small = [0.4, 0.7, -0.5, -0.5, 0.3, -0.4].map((tenths) => tenths * 1e-6 * Math.PI);
    expect(pairedPermutationTest(small, zerosFor(small)).pValue).toBe(1);
  });

  it("reports the number of patterns behind its p-value, and draws the same ones for the same seed", () => {
    const [a, b] = [
      [0.3, 0.7, 0.9],
      [0.1, 0.9, 0.5],
    ];
    expect(pairedPermutationTest(a, b)).toMatchObject({
      n: 3,
      nPermutations: 8,
      method: "exact",
      seed: null,
    });
    const draw = (seed: number | string) =>
      pairedPermutationTest(a, b, { method: "monte-carlo", replicates: 99, seed });
    expect(draw("x")).toEqual(draw("x"));
    expect(draw("x")).toMatchObject({ method: "monte-carlo", seed: "x", nPermutations: 99, reason: null });
    expect(pairedPermutationTest(a, b, { method: "monte-carlo" })).toMatchObject({
      nPermutations: 10_000,
      seed: 1,
    });
    // One pair: both signs are as extreme as what was seen, so all draws are and p = (1 + 9) / (1 + 9).
    const always = pairedPermutationTest([Math.PI], [0], { method: "monte-carlo", replicates: 9 });
    expect(always.pValue).toBe(1);
  });

  it("counts the observed pattern among those drawn, so that p is never 0", () => {
    const ones = Array.from({ length: 60 }, () => 1);
    const { pValue } = pairedPermutationTest(ones, zerosFor(ones), { method: "monte-carlo", replicates: 19 });
    // 2 of 2^60 patterns are as extreme: none is drawn.
    expect(pValue).toBe(1 / 20);
  });
});

describe("the signed-rank test", () => {
  it("keeps the ties of decimals when their unit changes", () => {
    fc.assert(
      fc.property(paired, fc.constantFrom("wilcox" as const, "pratt" as const), (list, zeros) => {
        const [a, b] = [list.map(([x]) => x), list.map(([, y]) => y)];
        const inPi = (values: readonly number[]) => values.map((value) => value * Math.PI);
        expect(wilcoxonSignedRank(inPi(a), inPi(b), { zeros })).toEqual(wilcoxonSignedRank(a, b, { zeros }));
      }),
    );
  });

  it("is exact up to 500 differences", () => {
    const a = Array.from({ length: 500 }, (_, i) => i + 1);
    const { pExact, reason } = wilcoxonSignedRank(a, zerosFor(a));
    // All on one side: 2 / 2^500.
    expect(pExact! / 2 ** -499).toBeCloseTo(1, 9);
    expect(reason).toBeNull();
  });

  it("corrects for continuity by half a rank, but never past 0", () => {
    // Ranks 1.5 each, on either side: no gap, both p-values 1.
    expect(wilcoxonSignedRank([1, 0], [0, 1])).toMatchObject({ pApproximate: 1, pApproximateCorrected: 1 });
    // Ranks 1, 2, 3 all positive: gap 3, variance (1 + 4 + 9) / 4; z = 3 / sqrt(3.5) and 2.5 / sqrt(3.5).
    const three = wilcoxonSignedRank([1, 2, 3], [0, 0, 0]);
    expect(three).toMatchObject({ wPlus: 6, wMinus: 0, statistic: 0, pExact: 1 / 4 });
    expect(three.pApproximate!).toBeCloseTo(0.1088094, 6);
    expect(three.pApproximateCorrected!).toBeCloseTo(0.1814493, 6);
  });
});

describe("McNemar's test", () => {
  it("matches hand computations for 0, 1 and 2 against 2 of the other kind", () => {
    const test = (onlyFirst: number, onlySecond: number) =>
      mcnemarTest({ both: 1, onlyFirst, onlySecond, neither: 0 });
    // Binomial(2, 1/2): P(0) = 1/4. Twice the tail 1/2; mid-p takes the point off once: 1/4.
    expect(test(0, 2)).toMatchObject({ estimate: -2 / 3, pExact: 1 / 2, pMid: 1 / 4, chiSquare: 2 });
    expect(test(0, 2).chiSquareCorrected).toBe(1 / 2);
    // Binomial(3, 1/2): tail 1/2, point 3/8.
    expect(test(1, 2).pExact).toBeCloseTo(1, 12);
    expect(test(1, 2).pMid).toBeCloseTo(5 / 8, 12);
    // Binomial(4, 1/2) at its middle: both tails hold the point 6/16; chi-square 0 with and without correction.
    const even = test(2, 2);
    expect(even).toMatchObject({ estimate: 0, pExact: 1, chiSquare: 0, chiSquareCorrected: 0 });
    expect(even.pMid).toBeCloseTo(1 - 6 / 16, 12);
    expect(even).toMatchObject({ pChiSquare: 1, pChiSquareCorrected: 1, nDiscordant: 4, n: 5 });
  });
});
