import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compositeFromMoments } from "../../../src/lib/stats/cluster-moments.js";
import { groupMean } from "../../../src/lib/stats/group-mean.js";
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
      const { estimate, lower, upper, standardError } = compositeFromMoments(strata);
      return { estimate, lower, upper, standardError };
    };
    expect(groupMean([partly])).toEqual({ ...own([partly]), method: "cluster-robust" });
    const two = [binary(6, 12), binary(3, 9)];
    const method = "stratified-cluster-robust";
    expect(groupMean(two)).toEqual({ ...own(two), method });
  });

  it("is undefined without groups", () => {
    expect(groupMean([binary(0, 0)])).toMatchObject({ estimate: null, lower: null, standardError: null });
  });
});
