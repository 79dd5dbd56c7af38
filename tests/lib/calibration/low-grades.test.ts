import { describe, expect, it } from "vitest";
import { lowGradeDetection, lowGradeLimit } from "../../../src/lib/calibration/index.js";

const pairs = (...grades: readonly (readonly [judge: number, physician: number])[]) =>
  grades.map(([left, right], i) => ({ left, right, cluster: String(i) }));

describe("lowGradeLimit", () => {
  it("is the share of the range above the lowest grade, not above 0", () => {
    // 1 + 0.25 (5 - 1) and 0 + 0.25 (1 - 0)
    expect(lowGradeLimit({ min: 1, max: 5 }, 0.25)).toBe(2);
    expect(lowGradeLimit({ min: 0, max: 1 }, 0.25)).toBe(0.25);
  });
});

describe("lowGradeDetection", () => {
  it("counts a grade at the limit as low, for judge and physicians alike", () => {
    // Low for the physician: 4 (judge low in 3). Not low: 6 (judge not low in 5). Judge low: 3 + 1 of 10.
    const found = lowGradeDetection(
      pairs([2, 2], [1, 1], [2, 1], [3, 2], [2, 3], [3, 3], [4, 4], [5, 5], [3, 5], [4, 3]),
      2,
    );
    expect(found).toMatchObject({ nLow: 4, judgeShare: 0.4, peopleShare: 0.4 });
    expect(found.sensitivity.estimate).toBe(3 / 4);
    expect(found.specificity.estimate).toBe(5 / 6);
  });

  it("gives the shares Wilson's intervals", () => {
    // 1 of 1, z^2 = 3.8415: lower 1 / (1 + 3.8415) = 0.20655, upper 1.
    const { sensitivity } = lowGradeDetection(pairs([1, 1], [4, 4]), 2);
    expect(sensitivity.lower).toBeCloseTo(0.20655, 5);
    expect(sensitivity.upper).toBe(1);
  });

  it("takes the ratings of one item as one cluster", () => {
    // Oracle 23, st-sens-0: ratings that people call low by item, and how many of them the judge graded low.
    const sums = [3, 2, 3, 2, 0, 2, 3, 3, 3, 2, 0, 2];
    const sizes = [3, 2, 3, 2, 1, 2, 3, 3, 3, 2, 1, 2];
    const ratings = sizes.flatMap((size, item) =>
      Array.from({ length: size }, (_, i) => ({
        ...{ left: i < sums[item]! ? 1 : 4, right: 1, cluster: `item ${item}` },
      })),
    );
    const { sensitivity } = lowGradeDetection(ratings, 2);
    expect(sensitivity.estimate).toBeCloseTo(0.9259259259259259, 12);
    expect(sensitivity.lower).toBeCloseTo(0.714627022882043, 8);
    expect(sensitivity.upper).toBeCloseTo(0.9842260157450751, 8);
  });

  it("weights shares and intervals by what the answers represent, as an independent computation does", () => {
    const left = [5, 5, 4, 3, 5, 2, 1, 4, 5, 3, 5, 4];
    const right = [5, 4, 4, 3, 5, 3, 1, 4, 4, 3, 5, 5];
    const weight = [1, 1, 2, 2, 1, 4, 8, 2, 1, 4, 1, 2.5];
    const weighted = [..."aabbcdefghij"].map((cluster, i) => ({
      ...{ cluster, left: left[i]!, right: right[i]!, weight: weight[i]! },
    }));
    const { nLow, judgeShare, peopleShare, sensitivity } = lowGradeDetection(weighted, 4);
    // Low for people: weights 1 + 2 + 2 + 4 + 8 + 2 + 1 + 4 = 24 of 29.5, of which the judge misses 1 + 1. Interval by numpy
    // and scipy: cluster-robust error, Kish's number of clusters, Wilson on the effective size.
    expect(nLow).toBe(8);
    expect(peopleShare).toBeCloseTo(24 / 29.5, 12);
    expect(judgeShare).toBeCloseTo(24.5 / 29.5, 12);
    expect(sensitivity.estimate).toBeCloseTo(22 / 24, 12);
    expect(sensitivity.lower).toBeCloseTo(0.42543696351624477, 8);
    expect(sensitivity.upper).toBeCloseTo(0.9939177730161286, 8);
  });

  it("has no sensitivity where no rating is low, and no specificity where all are", () => {
    const undefinedRate = { estimate: null, lower: null, upper: null };
    expect(lowGradeDetection(pairs([1, 4], [4, 4]), 2)).toMatchObject({
      nLow: 0,
      sensitivity: undefinedRate,
    });
    expect(lowGradeDetection(pairs([1, 1], [4, 1]), 2)).toMatchObject({
      nLow: 2,
      specificity: undefinedRate,
    });
  });

  it("of no pairs has null shares, not 0", () => {
    expect(lowGradeDetection([], 2)).toMatchObject({ nLow: 0, judgeShare: null, peopleShare: null });
  });
});
