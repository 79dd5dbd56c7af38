import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterMean } from "../../../src/lib/stats/cluster-mean.js";
import { momentsOfGroups } from "../../../src/lib/stats/cluster-moments.js";
import { compositeClusterInterval } from "../../../src/lib/stats/composite.js";
import { clusterMeanFromMoments, compositeFromMoments } from "../../../src/lib/stats/composite-moments.js";
import { wilsonInterval } from "../../../src/lib/stats/wilson.js";

const groups = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 8 })), {
  minLength: 2,
  maxLength: 30,
});
const unlimited = { range: [-Infinity, Infinity] } as const;
const flat = (sums: readonly number[]) =>
  momentsOfGroups(
    sums,
    sums.map(() => 1),
  );

describe("clusterMeanFromMoments", () => {
  it("gives the same result as clusterMean on the groups if scores have no range", () => {
    fc.assert(
      fc.property(groups, (pairs) => {
        const [sums, sizes] = [pairs.map(([s]) => s), pairs.map(([, n]) => n)];
        const expected = clusterMean(sums, sizes);
        const got = clusterMeanFromMoments(momentsOfGroups(sums, sizes), unlimited);
        expect(got.estimate).toBeCloseTo(expected.estimate as number, 10);
        expect(got.standardError).toBeCloseTo(expected.standardError as number, 8);
        if (expected.upper === null) expect(got.upper).toBeNull();
        else {
          expect(got.upper).toBeCloseTo(expected.upper, 6);
          expect(got.degreesOfFreedom).toBeCloseTo(expected.degreesOfFreedom as number, 6);
        }
      }),
    );
  });

  it("never has zero width on a range, whatever the groups", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.integer({ min: 1, max: 8 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n))),
          {
            minLength: 1,
            maxLength: 40,
          },
        ),
        (pairs) => {
          const { estimate, lower, upper } = clusterMeanFromMoments(
            momentsOfGroups(
              pairs.map(([s]) => s),
              pairs.map(([, n]) => n),
            ),
          );
          expect((upper as number) - (lower as number)).toBeGreaterThan(0.01);
          expect(lower as number).toBeLessThanOrEqual((estimate as number) + 1e-12);
          expect(upper as number).toBeGreaterThanOrEqual((estimate as number) - 1e-12);
        },
      ),
    );
  });

  it("counts groups that do not vary once each: seven eighths in 12 groups is Wilson's interval of 12", () => {
    const { lower, upper } = clusterMeanFromMoments(momentsOfGroups(Array(12).fill(7), Array(12).fill(8)));
    // p = 0.875, n = 12: (np + z^2/2 -+ z sqrt(np(1-p) + z^2/4)) / (n + z^2), z = 1.959964: 12.420729 -+ 2.954846 over 15.841459.
    expect(lower).toBeCloseTo(0.5975386, 6);
    expect(upper).toBeCloseTo(0.9705909, 6);
  });

  it("uses the effective number of groups for partly right ones: p (1 - p) over the variance, with Student's t", () => {
    // Six groups 0.2 0.4 0.4 0.6 0.6 0.8: p = 0.5, squares 0.22, variance 0.22 / (5 * 6), so n = 0.25 * 30 / 0.22;
    // t(0.975, 5 df) = 2.570582 (tables of t). Wilson's formula with these two.
    const { lower, upper, standardError } = clusterMeanFromMoments(flat([0.2, 0.4, 0.4, 0.6, 0.6, 0.8]));
    const [n, t] = [(0.25 * 30) / 0.22, 2.570581836];
    const half = (t * Math.sqrt(n / 4 + t ** 2 / 4)) / (n + t ** 2);
    expect(standardError).toBeCloseTo(Math.sqrt(0.22 / 30), 10);
    expect(lower).toBeCloseTo(0.5 - half, 8);
    expect(upper).toBeCloseTo(0.5 + half, 8);
  });

  it("has no interval for one group if scores have no range, and Wilson's of one group if they have one", () => {
    const one = momentsOfGroups([2], [4]);
    expect(clusterMeanFromMoments(one, unlimited)).toMatchObject({
      estimate: 0.5,
      standardError: null,
      lower: null,
    });
    // Wilson for a share of 0.5 of one: 0.5 -+ z sqrt(1/4 + z^2/4) / (1 + z^2) = 0.5 -+ 0.445390.
    expect(clusterMeanFromMoments(one).lower).toBeCloseTo(0.05461, 4);
    expect(clusterMeanFromMoments(momentsOfGroups([], []))).toMatchObject({ estimate: null, lower: null });
  });

  it("moves and stretches with the range of the scores", () => {
    const unit = clusterMeanFromMoments(flat([0.2, 0.4, 0.4, 0.9, 1]));
    const grades = clusterMeanFromMoments(flat([1.8, 2.6, 2.6, 4.6, 5]), { range: [1, 5] });
    expect(grades.lower).toBeCloseTo(1 + 4 * (unit.lower as number), 10);
    expect(grades.upper).toBeCloseTo(1 + 4 * (unit.upper as number), 10);
    expect(grades.standardError).toBeCloseTo(4 * (unit.standardError as number), 10);
  });
});

describe("compositeFromMoments", () => {
  it("gives the same result as compositeClusterInterval on the groups, with a range and without", () => {
    fc.assert(
      fc.property(fc.array(groups, { minLength: 1, maxLength: 4 }), (lists) => {
        const strata = lists.map((pairs, h) => ({
          sums: pairs.map(([s]) => s),
          sizes: pairs.map(([, n]) => n),
          weight: h + 1,
        }));
        const moments = strata.map(({ sums, sizes, weight }) => ({
          moments: momentsOfGroups(sums, sizes),
          weight,
        }));
        const expected = compositeClusterInterval(strata);
        const got = compositeFromMoments(moments, unlimited);
        expect(got.estimate).toBeCloseTo(expected.estimate as number, 10);
        expect(got.standardError).toBeCloseTo(expected.standardError as number, 8);
        const range = [0, 8] as const;
        expect(compositeClusterInterval(strata, { range }).lower).toBe(
          compositeFromMoments(moments, { range }).lower,
        );
      }),
    );
  });

  it("honors the uncertainty of two perfect parts: 12 of 12 twice is not known to be perfect", () => {
    const perfect = flat(Array(12).fill(1));
    const { estimate, lower, upper, standardError } = compositeFromMoments([
      { moments: perfect, weight: 1 },
      { moments: perfect, weight: 1 },
    ]);
    expect({ estimate, upper, standardError }).toEqual({ estimate: 1, upper: 1, standardError: 0 });
    // Like 24 of 24: 24 / (24 + 1.959964^2).
    expect(lower).toBeCloseTo(0.8620238, 6);
  });

  it("depends on the weights of its parts only up to a factor, and not on parts of weight 0", () => {
    const parts = [flat([1, 0, 1, 1]), flat([0.5, 0.25, 1])].map((moments, h) => ({
      moments,
      weight: h + 1,
    }));
    const plain = compositeFromMoments(parts);
    const scaled = compositeFromMoments(
      parts.map(({ moments, weight }) => ({ moments, weight: 7 * weight })),
    );
    expect(scaled.lower).toBeCloseTo(plain.lower as number, 12);
    expect(compositeFromMoments([...parts, { moments: flat([]), weight: 0 }])).toEqual(plain);
  });

  it("is Wilson's interval for one part whose groups are right or wrong, of whatever size", () => {
    const wilson = wilsonInterval(7, 9);
    const found = clusterMeanFromMoments(momentsOfGroups([3, 3, 3, 3, 3, 3, 3, 0, 0], Array(9).fill(3)));
    expect(found.lower).toBeCloseTo(wilson.lower as number, 12);
    expect(found.upper).toBeCloseTo(wilson.upper as number, 12);
  });

  it("adds up effective groups by their squared weights", () => {
    // Halves of 4 and 12 groups: 1 / (0.25 / 4 + 0.25 / 12) = 12.
    const found = compositeFromMoments(
      [flat([1, 0, 1, 1]), flat(Array(12).fill(1))].map((moments) => ({ moments, weight: 1 })),
    );
    expect(found.effectiveGroups).toBeCloseTo(12, 10);
  });

  it("is undefined as a whole when a part has no scored group", () => {
    const part = { moments: flat([1, 0]), weight: 1 };
    expect(compositeFromMoments([part, { moments: flat([]), weight: 1 }])).toMatchObject({ estimate: null });
  });
});
