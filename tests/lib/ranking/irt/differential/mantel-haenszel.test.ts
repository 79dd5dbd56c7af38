import { describe, expect, it } from "vitest";
import { mantelHaenszelDif } from "../../../../../src/lib/ranking/irt/differential/mantel-haenszel.js";
import { type Answer, parseResponseRows } from "../../../../../src/lib/ranking/irt/responses.js";
import { createRandom, randomNormal } from "../../../../../src/lib/util/random.js";
import { isMan, verbal } from "./verbal.js";

// What difR prints for these data, from the snapshots of its tests (github.com/adelahladka/difR, tests/testthat/_snaps/difMH.md).
const numbers = (text: string) => text.trim().split(/\s+/).map(Number);
const chiSquares =
  numbers(`1.7076 2.1486 0.9926 1.9302 2.9540 9.6032 0.0013 0.6752 0.8185 1.6292 0.0152 4.1188 0.1324 2.7501 0.0683 6.3029 6.8395
0.2170 5.7817 3.8880 0.2989 1.1220 1.4491 0.8390`);
const oddsRatios =
  numbers(`1.7005 1.7702 1.4481 1.9395 1.9799 2.8804 0.9439 0.7194 1.5281 1.6849 1.0901 2.3458 0.7967 0.4995 1.1765 0.3209 0.3746
0.7931 0.4616 0.4727 0.6373 0.6444 0.6385 1.6053`);
const deltas =
  numbers(`-1.2476 -1.3420 -0.8701 -1.5567 -1.6052 -2.4861 0.1358 0.7741 -0.9965 -1.2260 -0.2028 -2.0036 0.5340 1.6313 -0.3821
2.6709 2.3072 0.5447 1.8165 1.7606 1.0585 1.0327 1.0541 -1.1123`);
const sizes = "BBACCCAAABACACACCACCBBBB"; // cspell:disable-line
const exactP =
  numbers(`0.1485 0.1373 0.2630 0.1527 0.0835 0.0015 0.8798 0.3304 0.3021 0.1673 0.8680 0.0334 0.7016 0.0708 0.7313 0.0082 0.0059
0.5756 0.0131 0.0345 0.3998 0.2462 0.2010 0.3341`);
const adjusted =
  numbers(`0.4036 0.3805 0.5106 0.3954 0.2917 0.0466 0.9711 0.5483 0.5162 0.4036 0.9412 0.1945 0.8182 0.2917 0.8660 0.0964 0.0964
0.7696 0.0972 0.1945 0.7384 0.4963 0.4222 0.5162`);
const purified =
  numbers(`0.0069 0.0376 0.0087 0.8881 0.1112 4.2680 0.0987 4.3724 0.3454 0.1406 1.6853 1.0766 2.0959 6.2736 0.0172 9.6672
11.9436 0.6997 9.4644 6.4356 1.4190 3.9323 5.7987 0.3223`);
const purifiedOdds =
  numbers(`1.1054 1.1357 1.0919 1.5998 1.1994 2.2088 0.8584 0.4593 1.3348 1.2183 0.6322 1.5764 0.5481 0.3832 0.9822 0.2658 0.3014
0.6832 0.3713 0.4079 0.4654 0.4744 0.4148 1.4040`);
const afterFive =
  numbers(`0.0974 0.0989 0.2182 1.2035 0.2336 4.1092 0.0344 4.3724 0.4716 0.2721 1.2605 1.3271 1.3384 6.5336 0.0075 8.1200
13.1912 0.4496 8.4944 5.2667 1.0026 4.4670 5.9626 0.0844`);

const printed = (values: readonly (number | null)[], digits = 4) =>
  values.map((value) => Number(value!.toFixed(digits)));

describe("mantelHaenszelDif on the verbal aggression data", () => {
  it("has the statistics, odds ratios, deltas and sizes that difR prints", () => {
    const { items, nFocal, nReference } = mantelHaenszelDif(verbal, isMan);
    expect([nFocal, nReference]).toEqual([73, 243]);
    expect(printed(items.map(({ chiSquare }) => chiSquare))).toEqual(chiSquares);
    expect(printed(items.map(({ oddsRatio }) => oddsRatio))).toEqual(oddsRatios);
    expect(printed(items.map(({ delta }) => delta))).toEqual(deltas);
    expect(items.map(({ size }) => size).join("")).toBe(sizes);
    expect(printed(items.map(({ adjustedP }) => adjustedP))).toEqual(adjusted);
  });

  it("has difR's exact p-values", () => {
    const { items } = mantelHaenszelDif(verbal, isMan, { test: "exact" });
    expect(printed(items.map(({ p }) => p))).toEqual(exactP);
  });

  it("purifies as difR does: nine items after six repetitions", () => {
    const { items, iterations, converged, purifiedItems } = mantelHaenszelDif(verbal, isMan, {
      purify: true,
    });
    expect([iterations, converged]).toEqual([6, true]);
    expect(printed(items.map(({ chiSquare }) => chiSquare))).toEqual(purified);
    expect(printed(items.map(({ oddsRatio }) => oddsRatio))).toEqual(purifiedOdds);
    // S2WantShout, S3WantScold, S1DoScold, S2DoCurse, S2DoScold, S3DoCurse, S3DoScold, S4DoCurse, S4DoScold
    expect(purifiedItems).toEqual([5, 7, 13, 15, 16, 18, 19, 21, 22]);
  });

  it("gives the last repetition, and says so, if five are not enough", () => {
    const { items, iterations, converged } = mantelHaenszelDif(verbal, isMan, {
      purify: true,
      iterations: 5,
    });
    expect([iterations, converged]).toEqual([5, false]);
    expect(printed(items.map(({ chiSquare }) => chiSquare))).toEqual(afterFive);
  });
});

describe("mantelHaenszelDif with the few systems of a benchmark", () => {
  const random = createRandom("few systems");
  /** Fifteen systems, five of them of one family, for which the first item is much harder. */
  const draw = (shift: number) => {
    const isFamily = Array.from({ length: 15 }, (_, system) => system % 3 === 0);
    const matrix = isFamily.map((own) => {
      const ability = randomNormal(random);
      return Array.from({ length: 20 }, (_, item): Answer => {
        const logit = ability - (item - 10) / 6 - (own && item === 0 ? shift : 0) + (item === 0 ? 1 : 0);
        return random() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
      });
    });
    return { matrix, isFamily };
  };

  it("matches nobody at single scores: then no stratum has both groups and both answers, and the item says so", () => {
    const rows = parseResponseRows(["0000", "1000", "1100", "1110", "1111"]);
    const { items } = mantelHaenszelDif(rows, [true, false, true, false, true], { test: "exact" });
    expect(items[0]).toMatchObject({
      p: null,
      adjustedP: null,
      reason: "no stratum has both groups and both answers",
    });
  });

  it("is exact in bands: at most one in twenty of 600 sound items has p <= 0.05", () => {
    let tested = 0;
    let found = 0;
    for (let run = 0; run < 30; run += 1) {
      const { matrix, isFamily } = draw(0);
      for (const { p } of mantelHaenszelDif(matrix, isFamily, { test: "exact", bands: 3 }).items) {
        if (p === null) continue;
        tested += 1;
        if (p <= 0.05) found += 1;
      }
    }
    expect(tested).toBeGreaterThan(400);
    // Three standard errors of 0.05 over 400 tests are 0.033; an exact test is below 0.05 because p-values are discrete.
    expect(found / tested).toBeLessThan(0.083);
  });

  it("finds an item that a family always fails and others never, from the smallest p-value that the numbers allow", () => {
    // Six systems of equal ability in one band, three of them of the family: 2 of 20 ways are as extreme as this one.
    const rows = parseResponseRows(["0111", "0111", "0111", "1011", "1101", "1110"]);
    const [first] = mantelHaenszelDif(rows, [true, true, true, false, false, false], {
      test: "exact",
      bands: 1,
    }).items;
    expect(first!.p).toBeCloseTo(2 / 20, 10);
    expect(first!.smallestP).toBeCloseTo(2 / 20, 10);
    expect(first).toMatchObject({
      oddsRatio: null,
      delta: null,
      reason: "the first group is never worse: the odds ratio is infinite",
    });
  });

  it("refuses a group of one, and another number of groups than rows", () => {
    const rows = parseResponseRows(["10", "01", "11"]);
    expect(mantelHaenszelDif(rows, [true, false, false])).toMatchObject({
      items: [],
      reason: "too few rows: 1 focal and 2 reference; needs 2 of each",
    });
    expect(() => mantelHaenszelDif(rows, [true])).toThrow(/focal has 1 entries, the matrix 3 rows/);
  });

  it("scores persons with missing answers by their share of right answers", () => {
    // The fourth person answered half of the items, all right: the same band as those with all right.
    const rows = parseResponseRows(["1111", "1111", "0000", "11..", "0000", "1111"]);
    const complete = parseResponseRows(["1111", "1111", "0000", "1111", "0000", "1111"]);
    const focal = [true, false, true, false, false, true];
    expect(mantelHaenszelDif(rows, focal).items[0]).toEqual(mantelHaenszelDif(complete, focal).items[0]);
  });
});
