import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/lib/errors.js";
import { calibrationError } from "../../../src/lib/metrics/calibration-error.js";
import { classProbabilityMetrics, topLabelCalibration } from "../../../src/lib/metrics/class-probability.js";
import { classificationMetrics } from "../../../src/lib/metrics/classification.js";
import { multilabelMetrics } from "../../../src/lib/metrics/multilabel.js";
import { averagePrecision, brierScore, logLoss, rocAuc } from "../../../src/lib/metrics/probability.js";

const label = fc.constantFrom("A", "B", "C", "D");
const pairs = fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 40 });

describe("classificationMetrics", () => {
  it("gives a micro precision above recall when an item is unanswered (P02)", () => {
    const { accuracy, micro, macro, weighted, perClass, nUnanswered } = classificationMetrics(
      [..."AAABBCCCCD"],
      ["A", "A", "B", "B", "C", "C", "C", "C", null, "A"],
    );
    expect(nUnanswered).toBe(1);
    expect(accuracy).toBe(0.6);
    // 6 right of 9 answered, of 10 items
    expect(micro?.precision).toBeCloseTo(0.6667, 4);
    expect(micro?.recall).toBe(0.6);
    expect(micro?.f1).toBeCloseTo(0.6316, 4);
    expect(macro?.f1).toBeCloseTo(0.4792, 4);
    expect(weighted?.f1).toBeCloseTo(0.6, 12);
    expect([..."ABCD"].map((name) => perClass.get(name)?.f1.toFixed(4))).toEqual([
      "0.6667",
      "0.5000",
      "0.7500",
      "0.0000",
    ]);
  });

  it("has micro F1 equal to accuracy when every item is answered", () => {
    fc.assert(
      fc.property(pairs, (items) => {
        const metrics = classificationMetrics(
          items.map(([gold]) => gold),
          items.map(([, answer]) => answer),
        );
        expect(metrics.micro?.f1).toBeCloseTo(metrics.accuracy as number, 12);
      }),
    );
  });

  it("does not change when labels are renamed or items reordered", () => {
    const renamed: Readonly<Record<string, string>> = { A: "z", B: "y", C: "x", D: "w" };
    fc.assert(
      fc.property(pairs, (items) => {
        const [gold, answers] = [items.map(([g]) => g), items.map(([, a]) => a)];
        const one = classificationMetrics(gold, answers);
        const rename = (value: string) => renamed[value] as string;
        const two = classificationMetrics(gold.map(rename).reverse(), answers.map(rename).reverse());
        for (const key of ["accuracy", "balancedAccuracy", "mcc"] as const) {
          expect(two[key]).toBeCloseTo(one[key] as number, 12);
        }
        expect(two.macro?.f1).toBeCloseTo(one.macro?.f1 as number, 12);
        expect(Math.abs(one.mcc as number)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it("has MCC 1 for perfect and 0 for constant predictions", () => {
    expect(classificationMetrics(["A", "B", "C"], ["A", "B", "C"]).mcc).toBe(1);
    expect(classificationMetrics(["A", "B", "C"], ["A", "A", "A"]).mcc).toBe(0);
  });

  it("is undefined without items and throws for undeclared labels", () => {
    expect(classificationMetrics([], [], ["A"])).toMatchObject({
      accuracy: null,
      macro: null,
      reason: "no items",
    });
    expect(() => classificationMetrics(["A"], ["X"], ["A"])).toThrow(InputError);
    expect(() => classificationMetrics(["A"], [], ["A"])).toThrow(/1 gold labels but 0 predictions/);
  });
});

describe("probability metrics", () => {
  const scored = fc.array(fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 20 })), {
    minLength: 2,
    maxLength: 30,
  });

  it("give an AUC equal to the share of positive-negative pairs in the right order, counting ties as half", () => {
    fc.assert(
      fc.property(scored, (items) => {
        let [wins, total] = [0, 0];
        for (const [y, p] of items) {
          for (const [z, q] of items) {
            if (y !== 1 || z !== 0) continue;
            total += 1;
            wins += p > q ? 1 : p === q ? 0.5 : 0;
          }
        }
        const { estimate } = rocAuc(
          items.map(([y]) => y),
          items.map(([, p]) => p),
        );
        if (total === 0) expect(estimate).toBeNull();
        else expect(estimate).toBeCloseTo(wins / total, 12);
      }),
    );
  });

  it("give an average precision of 1 for a perfect ranking, and none without a positive", () => {
    expect(averagePrecision([1, 1, 0], [0.9, 0.8, 0.1]).estimate).toBeCloseTo(1, 12);
    expect(averagePrecision([0, 0], [0.1, 0.2])).toEqual({ estimate: null, reason: "no positive outcome" });
  });

  it("keep log loss finite for a certain but wrong forecast: -ln(2^-52)", () => {
    expect(logLoss([1], [0]).estimate).toBeCloseTo(52 * Math.LN2, 10);
    expect(logLoss([0], [1]).estimate).toBeCloseTo(52 * Math.LN2, 10);
    expect(logLoss([], []).estimate).toBeNull();
  });

  it("throw for percentages and for outcomes other than 0 and 1", () => {
    expect(() => brierScore([1], [90])).toThrow(/probability 0 must be in \[0, 1\]; got 90/);
    expect(() => rocAuc([2], [0.5])).toThrow(/outcome 0 must be 0 or 1; got 2/);
  });
});

describe("calibrationError", () => {
  it("puts decimals on bin edges into the lower bin", () => {
    const { bins } = calibrationError([1, 0, 1], [0.2, 0.3, 0.7], 10);
    expect(bins.map(({ bin }) => bin)).toEqual([2, 3, 7]);
  });

  it("is at most the maximum gap, and 0 for one bin whose mean probability is its share of events", () => {
    const item = fc.tuple(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), fc.integer({ min: 1, max: 20 }), (items, nBins) => {
        const { ece, mce, bins } = calibrationError(
          items.map(([y]) => y),
          items.map(([, p]) => p),
          nBins,
        );
        expect(ece as number).toBeLessThanOrEqual((mce as number) + 1e-12);
        expect(bins.reduce((n, bin) => n + bin.n, 0)).toBe(items.length);
      }),
    );
    expect(calibrationError([1, 0], [0.75, 0.25], 1).ece).toBe(0);
    expect(calibrationError([], []).ece).toBeNull();
  });
});

describe("classProbabilityMetrics", () => {
  it("takes the first class on ties and is undefined if a class is absent", () => {
    const metrics = classProbabilityMetrics(
      [0, 1],
      [
        [0.5, 0.5, 0],
        [0.5, 0.5, 0],
      ],
    );
    expect(metrics.top1Accuracy.estimate).toBe(0.5);
    expect(metrics.rocAucOvrMacro).toEqual({ estimate: null, reason: "class 2: only one class present" });
    expect(topLabelCalibration([0], [[1, 0]]).ece).toBe(0);
  });

  it("throws for rows that are not a distribution", () => {
    expect(() => classProbabilityMetrics([0], [[0.2, 0.2]])).toThrow(/sums to 0.4/);
    expect(() => classProbabilityMetrics([2], [[0.5, 0.5]])).toThrow(/index below 2/);
  });
});

describe("multilabelMetrics", () => {
  it("scores an item with both sets empty as 0 or 1, depending on the convention", () => {
    const metrics = multilabelMetrics([[]], [[]], ["a"]);
    expect(metrics.samples?.f1).toBe(0);
    expect(metrics.samplesF1EmptyIsOne).toBe(1);
    expect(metrics.jaccardSamples).toBe(0);
    expect(multilabelMetrics([], [], ["a"]).micro).toBeNull();
    expect(() => multilabelMetrics([["b"]], [[]], ["a"])).toThrow(/"b", which is not declared/);
  });
});
