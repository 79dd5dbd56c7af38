import { describe, expect, it } from "vitest";
import { cohenKappa } from "../../../src/lib/agreement/cohen-kappa.js";
import { pairOrder } from "../../../src/lib/agreement/pair-order.js";
import { agreementWeights } from "../../../src/lib/agreement/weights.js";

describe("agreementWeights", () => {
  it("measures distances on the given scores, whatever their range", () => {
    // Range 3: one step of 1 costs a third, or a ninth.
    const [linear, quadratic] = (["linear", "quadratic"] as const).map((kind) =>
      agreementWeights(kind, 3, [-2, -1, 1]),
    );
    expect(linear![0]).toEqual([1, 2 / 3, 0].map((weight) => expect.closeTo(weight, 12)));
    expect(quadratic![1]).toEqual([8 / 9, 1, 5 / 9].map((weight) => expect.closeTo(weight, 12)));
  });

  it("gives full credit between categories with the same score", () => {
    const all = [
      [1, 1],
      [1, 1],
    ];
    expect(agreementWeights("linear", 2, [5, 5])).toEqual(all);
    expect(agreementWeights("quadratic", 2, [5, 5])).toEqual(all);
    expect(
      cohenKappa(
        [
          [3, 1],
          [1, 3],
        ],
        { weights: "linear", scores: [5, 5] },
      ).estimate,
    ).toBeNull();
  });

  it("counts the pairs between two categories for ordinal ones", () => {
    // Of four categories 4 x 3 / 2 = 6 pairs: neighbors hold 1, the ends all 6, those two apart 3.
    expect(agreementWeights("ordinal", 4)[0]).toEqual([1, 1 - 1 / 6, 1 - 3 / 6, 0]);
  });

  it("shows a custom matrix in the name of the method", () => {
    const own = [
      [1, 0.5],
      [0.2, 1],
    ];
    expect(agreementWeights(own, 2)).toEqual(own);
    expect(
      cohenKappa(
        [
          [3, 1],
          [1, 3],
        ],
        { weights: own },
      ).method,
    ).toBe("cohen kappa, custom");
  });
});

describe("pairOrder", () => {
  it("lists the sizes of tie groups with more than one value", () => {
    const { tiesX, tiesY } = pairOrder([1, 1, 2, 3, 3, 3], [4, 5, 6, 7, 8, 9]);
    expect(tiesX).toEqual([2, 3]);
    expect(tiesY).toEqual([]);
  });
});
