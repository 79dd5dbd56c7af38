import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Box } from "../../../src/lib/metrics/box.js";
import { matchedIou } from "../../../src/lib/metrics/box-matching.js";
import { meanAveragePrecision } from "../../../src/lib/metrics/mean-average-precision.js";

const n = fc.integer({ min: 0, max: 12 });
const boxes = fc.array(
  fc.tuple(n, n, n, n).map(([x, y, w, h]): Box => [x, y, x + w, y + h]),
  { maxLength: 5 },
);

describe("matchedIou", () => {
  it("is at least as large with the optimal as with the greedy assignment, and symmetric", () => {
    fc.assert(
      fc.property(boxes, boxes, (a, b) => {
        const [optimal, greedy, swapped] = [matchedIou(a, b), matchedIou(a, b, "greedy"), matchedIou(b, a)];
        expect(optimal.meanIou).toBeGreaterThanOrEqual(greedy.meanIou - 1e-12);
        expect(swapped.meanIou).toBeCloseTo(optimal.meanIou, 12);
        expect(optimal.meanIou).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it("differs between methods when the greedy choice blocks a better total", () => {
    // IoU rows [45/75, 40/80], [40/80, 5/115]: greedy takes 0.6 + 5/115, the best total is 0.5 + 0.5
    const predictions: Box[] = [
      [15, 0, 75, 1],
      [-20, 0, 40, 1],
    ];
    const references: Box[] = [
      [0, 0, 60, 1],
      [35, 0, 95, 1],
    ];
    expect(matchedIou(predictions, references).meanIou).toBeCloseTo(0.5, 12);
    expect(matchedIou(predictions, references, "greedy").meanIou).toBeCloseTo((0.6 + 5 / 115) / 2, 12);
  });
});

describe("meanAveragePrecision", () => {
  it("leaves out a class without reference boxes and is undefined when none has any", () => {
    const box: Box = [0, 0, 10, 10];
    const image = { references: [{ class: "a", box }], predictions: [{ class: "b", box, score: 1 }] };
    expect(meanAveragePrecision([image], ["a", "b"])).toMatchObject({ coco101: 0, vocAllPoint: 0 });
    expect(meanAveragePrecision([image], ["b"])).toMatchObject({
      coco101: null,
      vocAllPoint: null,
      reason: "no class has a reference box",
    });
  });

  it("is 1 in both definitions when every box is found first", () => {
    const box: Box = [0, 0, 10, 10];
    const image = {
      references: [{ class: "a", box }],
      predictions: [
        { class: "a", box, score: 0.9 },
        { class: "a", box, score: 0.1 },
      ],
    };
    expect(meanAveragePrecision([image], ["a"])).toMatchObject({ coco101: 1, vocAllPoint: 1 });
  });
});
