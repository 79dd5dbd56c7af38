import { describe, expect, it } from "vitest";
import { slope } from "../../../src/lib/stats/clustered-slope.js";

const point = (x: number, y: number, cluster = `${x}/${y}`) => ({ x, y, cluster });

describe("slope", () => {
  it("is the least-squares slope", () => {
    // x centered: -1, 0, 1; y centered: -2/3, 1/3, 1/3; sum of products 1 over sum of squares 2
    expect(slope([point(0, 1), point(1, 2), point(2, 2)]).estimate).toBeCloseTo(0.5, 12);
  });

  it("has no wider and no narrower interval when every row is repeated inside its cluster, but for the row count", () => {
    const rows = [point(0, 1), point(1, 2), point(2, 2), point(3, 5), point(4, 3)];
    const once = slope(rows);
    const twice = slope([...rows, ...rows]);
    const half = ({ lower, upper }: typeof once) => ((upper as number) - (lower as number)) / 2;
    // CR1 multiplies by (n - 1) / (n - 2): 4 / 3 with 5 rows, 9 / 8 with 10.
    expect(half(twice) / half(once)).toBeCloseTo(Math.sqrt(9 / 8 / (4 / 3)), 10);
  });

  it("is undefined with a reason where nothing varies that might drive the judge", () => {
    expect(slope([point(1, 1), point(1, 2), point(1, 3)])).toMatchObject({ estimate: null, lower: null });
  });
});
