import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { message } from "../../../src/lib/messages/message.js";
import { clusteredSlope } from "../../../src/lib/stats/clustered-slope.js";

const point = (x: number, y: number, cluster = `${x}/${y}`) => ({ x, y, cluster });

describe("clusteredSlope", () => {
  it("is the least-squares slope", () => {
    // x centered: -1, 0, 1; y centered: -2/3, 1/3, 1/3; sum of products 1 over sum of squares 2
    expect(clusteredSlope([point(0, 1), point(1, 2), point(2, 2)]).estimate).toBeCloseTo(0.5, 12);
  });

  it("has the same interval when every row is repeated inside its cluster, except for the row count factor", () => {
    const rows = [point(0, 1), point(1, 2), point(2, 2), point(3, 5), point(4, 3)];
    const once = clusteredSlope(rows);
    const twice = clusteredSlope([...rows, ...rows]);
    const half = ({ lower, upper }: typeof once) => ((upper as number) - (lower as number)) / 2;
    // CR1 multiplies by (n - 1) / (n - 2): 4 / 3 with 5 rows, 9 / 8 with 10.
    expect(half(twice) / half(once)).toBeCloseTo(Math.sqrt(9 / 8 / (4 / 3)), 10);
  });

  it('has the error of R\'s vcovCL(type = "HC1", cadjust = TRUE), here from its definition in exact fractions', () => {
    // x 0..7, y below, clusters a a b b b c c d. (X'X)^-1 [sum of X_g' u_g u_g' X_g] (X'X)^-1 times 4/3 times 7/6, computed
    // with Python's fractions: slope 5/7, intercept 3/2, variance of the slope 2131/444528.
    const clusters = [..."aabbbccd"];
    const y = [1, 3, 2, 5, 4, 4, 7, 6];
    const { estimate, lower, upper, n, nClusters } = clusteredSlope(
      y.map((value, x) => point(x, value, clusters[x])),
    );
    expect(estimate).toBeCloseTo(5 / 7, 12);
    expect({ n, nClusters }).toEqual({ n: 8, nClusters: 4 });
    // t(0.975, 2 df) = sqrt(2) * 0.95 / sqrt(1 - 0.95^2), the closed form for two degrees of freedom.
    const half = ((Math.SQRT2 * 0.95) / Math.sqrt(1 - 0.95 ** 2)) * Math.sqrt(2131 / 444528);
    expect(upper).toBeCloseTo(5 / 7 + half, 9);
    expect(lower).toBeCloseTo(5 / 7 - half, 9);
  });

  it("does not depend on the order of points or the origin of x and y, and scales with y", () => {
    const rows = fc.array(
      fc.record({
        x: fc.integer({ min: 0, max: 9 }),
        y: fc.integer({ min: 0, max: 9 }),
        cluster: fc.constantFrom(..."abcdef"),
      }),
      { minLength: 4, maxLength: 20 },
    );
    fc.assert(
      fc.property(rows, (list) => {
        const plain = clusteredSlope(list);
        const moved = clusteredSlope(
          [...list].reverse().map(({ x, y, cluster }) => point(x + 50, 2 * y - 7, cluster)),
        );
        expect(moved.reason).toEqual(plain.reason);
        fc.pre(plain.estimate !== null);
        expect(moved.estimate).toBeCloseTo(2 * plain.estimate!, 9);
        expect(moved.upper).toBeCloseTo(2 * plain.upper!, 9);
      }),
    );
  });

  it("is undefined with fewer than three clusters, with their number in the reason", () => {
    expect(clusteredSlope([point(0, 1, "a"), point(1, 2, "b"), point(2, 2, "b")])).toEqual({
      ...{ estimate: null, lower: null, upper: null, n: 3, nClusters: 2 },
      reason: message("too-few-rated-items", { found: 2, wanted: 3 }),
    });
  });

  it("is undefined with a reason if x does not vary", () => {
    expect(clusteredSlope([point(1, 1), point(1, 2), point(1, 3)])).toMatchObject({
      estimate: null,
      lower: null,
    });
  });
});
