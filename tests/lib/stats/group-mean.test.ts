import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compositeFromMoments } from "../../../src/lib/stats/cluster-moments.js";
import { groupMean, isBinomial } from "../../../src/lib/stats/group-mean.js";
import { wilsonInterval } from "../../../src/lib/stats/wilson.js";

const binary = (right: number, n: number) => ({
  ...{ weight: 2, isBinary: true },
  moments: { nClusters: n, sumS: right, sumN: n, sumSS: right, sumSN: right, sumNN: n },
});

describe("groupMean", () => {
  it("is Wilson's interval for binary groups, with the error of a proportion", () => {
    const counts = fc.integer({ min: 1, max: 200 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
    fc.assert(
      fc.property(counts, fc.constantFrom(0.8, 0.95), ([right, n], confidence) => {
        const { estimate, lower, upper } = wilsonInterval(right, n, { confidence });
        const p = right / n;
        const standardError = Math.sqrt((p * (1 - p)) / n);
        expect(groupMean([binary(right, n)], { confidence })).toEqual({
          ...{ estimate, lower, upper, standardError, method: "wilson-groups" },
          degreesOfFreedom: compositeFromMoments([binary(right, n)]).degreesOfFreedom,
        });
      }),
    );
  });

  it("does not collapse if every group is correct", () => {
    expect(groupMean([binary(12, 12)]).lower).toBeLessThan(0.8);
  });

  it("is cluster-robust, with the matching method name, if groups are partly correct or there are several strata", () => {
    const partly = { ...binary(6, 12), isBinary: false };
    const own = (strata: readonly (typeof partly)[]) => {
      const { reason: _, ...found } = compositeFromMoments(strata);
      return found;
    };
    expect(groupMean([partly])).toEqual({ ...own([partly]), method: "cluster-robust" });
    const two = [binary(6, 12), binary(3, 9)];
    const method = "stratified-cluster-robust";
    expect(groupMean(two)).toEqual({ ...own(two), method });
  });

  it("takes a part without weight for no part: the other keeps its own interval", () => {
    expect(groupMean([binary(6, 12), { ...binary(3, 9), weight: 0 }])).toEqual(groupMean([binary(6, 12)]));
  });

  it("counts groups of equal weight that are entirely right or wrong as a proportion, whatever their weight is", () => {
    // 8 of 10 groups with 3 answers each: Wilson's interval of 8 of 10, 0.4901624715 to 0.9433178485 (R, prop.test).
    const moments = { nClusters: 10, sumS: 24, sumN: 30, sumSS: 72, sumSN: 72, sumNN: 90 };
    expect(isBinomial(moments, 0)).toBe(true);
    const { estimate, lower, upper } = groupMean([{ weight: 1, isBinary: true, moments }]);
    expect(estimate).toBe(0.8);
    expect(lower).toBeCloseTo(0.4901624715, 9);
    expect(upper).toBeCloseTo(0.9433178485, 9);
    // A group that is partly right, or of another weight, and they are no proportion.
    expect(isBinomial(moments, 1)).toBe(false);
    expect(isBinomial({ ...moments, sumN: 32, sumNN: 106 }, 0)).toBe(false);
  });

  it("is undefined without groups", () => {
    expect(groupMean([binary(0, 0)])).toMatchObject({ estimate: null, lower: null, standardError: null });
  });
});
