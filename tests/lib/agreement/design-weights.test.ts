import { describe, expect, it } from "vitest";
import { designWeightsOf, effectiveNumber } from "../../../src/lib/agreement/design-weights.js";
import { blandAltman, gwetAgreement, icc, krippendorffAlpha } from "../../../src/lib/agreement/index.js";

const left = [5, 5, 4, 3, 5, 2, 1, 4, 5, 3, 5, 4];
const right = [5, 4, 4, 3, 5, 3, 1, 4, 4, 3, 5, 5];
const designWeights = [1, 1, 2, 2, 1, 4, 8, 2, 1, 4, 1, 2.5];
const categories = [1, 2, 3, 4, 5];
const rows = left.map((grade, i) => [grade, right[i]!]);

// All expected values: numpy, from the formulas in Gwet (2014), Krippendorff (2011), Bland & Altman (1986) and Shrout & Fleiss
// (1979) with every sum over units weighted, weights scaled to a mean of 1.
describe("statistics of agreement with design weights", () => {
  it("gives Gwet's AC2 of the weighted table", () => {
    const found = gwetAgreement(rows, { categories, weights: "quadratic", designWeights });
    expect(found.estimate).toBeCloseTo(0.9348637854336461, 12);
  });

  it("gives Krippendorff's alpha of the weighted coincidences at each level", () => {
    const alpha = (level: "nominal" | "ordinal" | "interval") =>
      krippendorffAlpha([left, right], { level, designWeights }).estimate;
    expect(alpha("nominal")).toBeCloseTo(0.6422079533469818, 12);
    expect(alpha("ordinal")).toBeCloseTo(0.9410143560522597, 12);
    expect(alpha("interval")).toBeCloseTo(0.933445848479603, 12);
  });

  it("gives Bland-Altman limits around the weighted bias", () => {
    const { bias, lowerLimit, upperLimit } = blandAltman(left, right, { designWeights });
    expect(bias.estimate).toBeCloseTo(-0.15254237288135594, 12);
    expect(lowerLimit.estimate).toBeCloseTo(-1.2061133552013725, 12);
    expect(upperLimit.estimate).toBeCloseTo(0.9010286094386606, 12);
  });

  it("gives ICC2 from weighted mean squares, without limits that F does not describe", () => {
    const { icc2 } = icc(rows, { designWeights });
    expect(icc2.estimate).toBeCloseTo(0.9361490338150272, 12);
    expect(icc2).toMatchObject({ lower: null, upper: null, pValue: null });
    expect(icc2.reason).toMatch(/design weights/);
  });

  it("is unchanged by equal weights, to the last bit", () => {
    const equal = left.map(() => 0.3);
    expect(icc(rows, { designWeights: equal })).toEqual(icc(rows));
    expect(gwetAgreement(rows, { categories, designWeights: equal })).toEqual(
      gwetAgreement(rows, { categories }),
    );
    expect(blandAltman(left, right, { designWeights: equal })).toEqual(blandAltman(left, right));
    expect(krippendorffAlpha([left, right], { designWeights: equal })).toEqual(
      krippendorffAlpha([left, right]),
    );
  });

  it("drops the weight of a unit together with its missing rating", () => {
    const gone = [...right.slice(0, 6), null, ...right.slice(7)];
    const shorter = <T>(values: readonly T[]) => values.filter((_, i) => i !== 6);
    const [less, weights] = [shorter(left), shorter(designWeights)];
    expect(blandAltman(left, gone, { designWeights })).toMatchObject({
      ...blandAltman(less, shorter(right), { designWeights: weights }),
      nMissing: 1,
    });
    expect(krippendorffAlpha([left, gone], { designWeights }).estimate).toBeCloseTo(
      krippendorffAlpha([less, shorter(right)], { designWeights: weights }).estimate!,
      12,
    );
    expect(
      icc(
        left.map((grade, i) => [grade, gone[i] ?? null]),
        { designWeights },
      ).icc2.estimate,
    ).toBeCloseTo(icc(shorter(rows), { designWeights: weights }).icc2.estimate!, 12);
  });

  it("refuses weights that do not fit the units or are not positive", () => {
    expect(() => designWeightsOf("here", [1, 2], 3)).toThrow(/here: 2 design weights for 3 units/);
    for (const odd of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => designWeightsOf("here", [1, odd], 2)).toThrow(/unit 1/);
    }
  });
});

describe("effectiveNumber", () => {
  it("is the number of equal weights, and less for unequal ones", () => {
    expect(effectiveNumber([2, 2, 2])).toBe(3);
    // (1 + 3)^2 / (1 + 9)
    expect(effectiveNumber([1, 3])).toBeCloseTo(1.6, 12);
    expect(effectiveNumber([])).toBe(0);
  });
});
