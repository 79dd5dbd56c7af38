import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { momentsOfGroups } from "../../../src/lib/stats/cluster-moments.js";
import { compositeFromMoments } from "../../../src/lib/stats/composite-moments.js";
import { groupMean } from "../../../src/lib/stats/group-mean.js";
import { wilsonInterval } from "../../../src/lib/stats/wilson.js";

const binary = (right: number, n: number) => ({
  weight: 2,
  moments: { nClusters: n, sumS: right, sumN: n, sumSS: right, sumSN: right, sumNN: n },
});

describe("groupMean", () => {
  it("is Wilson's interval for groups that are right or wrong, with the error of a proportion", () => {
    const counts = fc.integer({ min: 1, max: 200 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
    fc.assert(
      fc.property(counts, fc.constantFrom(0.8, 0.95), ([right, n], confidence) => {
        const { estimate, lower, upper } = wilsonInterval(right, n, { confidence });
        const found = groupMean([binary(right, n)], { confidence });
        const p = right / n;
        expect(found.method).toBe("wilson-groups");
        expect(found.estimate).toBe(estimate);
        expect(found.lower).toBeCloseTo(lower as number, 12);
        expect(found.upper).toBeCloseTo(upper as number, 12);
        expect(found.standardError).toBeCloseTo(Math.sqrt((p * (1 - p)) / n), 12);
        if (right > 0 && right < n) expect(found.degreesOfFreedom).toBeCloseTo(Math.max(1, n - 1), 8);
      }),
    );
  });

  it("does not collapse if every group is correct", () => {
    expect(groupMean([binary(12, 12)]).lower).toBeLessThan(0.8);
    expect(groupMean([binary(12, 12), binary(12, 12)]).lower).toBeLessThan(0.87);
  });

  it("is the interval of compositeFromMoments, with the matching method name", () => {
    const partly = { weight: 1, moments: momentsOfGroups([0.5, 1, 0.25, 0.75, 1], [1, 1, 1, 1, 1]) };
    const two = [binary(6, 12), partly];
    for (const [strata, method] of [
      [[partly], "wilson-groups"],
      [two, "score-groups"],
    ] as const) {
      const { reason: _, ...found } = compositeFromMoments(strata);
      expect(groupMean(strata)).toEqual({ ...found, isFew: false, method });
    }
  });

  it("takes a part without weight for no part: the other keeps its own interval", () => {
    expect(groupMean([binary(6, 12), { ...binary(3, 9), weight: 0 }])).toEqual(groupMean([binary(6, 12)]));
  });

  it("counts groups of equal weight that are entirely right or wrong as a proportion, whatever their weight is", () => {
    // 8 of 10 groups with 3 answers each: Wilson's interval of 8 of 10, 0.4901624715 to 0.9433178485 (R, prop.test).
    const moments = { nClusters: 10, sumS: 24, sumN: 30, sumSS: 72, sumSN: 72, sumNN: 90 };
    const { estimate, lower, upper } = groupMean([{ weight: 1, moments }]);
    expect(estimate).toBe(0.8);
    expect(lower).toBeCloseTo(0.4901624715, 9);
    expect(upper).toBeCloseTo(0.9433178485, 9);
  });

  it("marks too few independent groups: fewer than five, or one with nearly half of the rows", () => {
    const sized = (sizes: readonly number[]) => [{ weight: 1, moments: momentsOfGroups(sizes, sizes) }];
    expect(groupMean(sized([1, 1, 1, 1])).isFew).toBe(true);
    expect(groupMean(sized([1, 1, 1, 1, 1])).isFew).toBe(false);
    // 82^2 / (40^2 + 14 * 3^2) = 3.9 groups.
    expect(groupMean(sized([40, ...Array(14).fill(3)])).isFew).toBe(true);
    expect(groupMean(sized([40, ...Array(40).fill(3)])).isFew).toBe(false);
    // Two datasets of four groups each make a dimension of eight.
    expect(groupMean([binary(2, 4), binary(3, 4)]).isFew).toBe(false);
  });

  it("is undefined without groups", () => {
    expect(groupMean([binary(0, 0)])).toMatchObject({
      estimate: null,
      lower: null,
      standardError: null,
      isFew: false,
    });
  });
});
