import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Box, iou } from "../../../src/lib/metrics/box.js";

describe("iou", () => {
  it.each<[Box, Box, number]>([
    [[100, 100, 200, 200], [150, 120, 250, 220], 0.25],
    [[1, 2, 3, 4], [1, 2, 3, 4], 1],
    [[0, 0, 10, 10], [10, 0, 20, 10], 0],
    [[5, 5, 5, 9], [0, 0, 10, 10], 0],
  ])("of %j and %j is %d (P16)", (a, b, expected) => {
    expect(iou(a, b)).toBeCloseTo(expected, 12);
  });

  it("is symmetric, in [0, 1] and the same at any scale and place", () => {
    const n = fc.integer({ min: 0, max: 100 });
    const box = fc.tuple(n, n, n, n);
    fc.assert(
      fc.property(box, box, n, (a, b, shift) => {
        const value = iou(a, b);
        const moved = ([x1, y1, x2, y2]: Box): Box => [x1 * 2 + shift, y1 * 2, x2 * 2 + shift, y2 * 2];
        expect(iou(b, a)).toBe(value);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(iou(moved(a), moved(b))).toBeCloseTo(value, 12);
      }),
    );
  });
});
