import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/lib/errors.js";
import { clusterMean } from "../../../src/lib/stats/cluster-mean.js";
import { ratioValues } from "../../../src/lib/stats/ratio-values.js";
import { mean, sum } from "../../../src/lib/util/sum.js";

describe("ratioValues", () => {
  it("are 1 and -0.5 for 2 of 2 and 0 of 6, whose ratio is 2/8", () => {
    // 1/4 + (2 - 2/4) 2/8 = 5/8 and 1/4 + (0 - 6/4) 2/8 = -1/8; their mean is 1/4.
    expect(ratioValues([2, 0], [2, 6])).toEqual([5 / 8, -1 / 8]);
  });

  it("are exactly the groups' own ratios if all denominators are equal", () => {
    expect(ratioValues([1, 0, 1], [1, 1, 1])).toEqual([1, 0, 1]);
    expect(ratioValues([3, 0], [3, 3])).toEqual([1, 0]);
  });

  it("are undefined without groups and where every denominator is 0", () => {
    expect(ratioValues([], [])).toBeNull();
    expect(ratioValues([0, 0], [0, 0])).toBeNull();
  });

  it("have the ratio as their mean, and its cluster-robust error as that of their mean", () => {
    const group = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.array(group, { minLength: 2, maxLength: 12 }), (groups) => {
        const [sums, sizes] = [groups.map(([a]) => a), groups.map(([, b]) => b)];
        const values = ratioValues(sums, sizes) ?? [];
        expect(mean(values)).toBeCloseTo(sum(sums) / sum(sizes), 12);
        const robust = clusterMean(sums, sizes).standardError ?? Number.NaN;
        const ones = values.map(() => 1);
        expect(clusterMean(values, ones).standardError).toBeCloseTo(robust, 10);
      }),
    );
  });

  it("refuse negative denominators and values that are not finite", () => {
    expect(() => ratioValues([1], [-1])).toThrow(InputError);
    expect(() => ratioValues([Number.NaN], [1])).toThrow(InputError);
    expect(() => ratioValues([1, 2], [1])).toThrow(InputError);
  });
});
