import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combineRecallAndJudge, combineScores } from "../../../src/lib/metrics/combined-score.js";
import { relativeJudgeScore, rescaleRating } from "../../../src/lib/metrics/judge-scale.js";
import { auditReasoning, type StepLabel } from "../../../src/lib/metrics/reasoning-audit.js";
import { mean } from "../../../src/lib/util/sum.js";

const scale = { min: 1, max: 5 };

describe("rescaleRating", () => {
  it("gives 0.75 linearly and 0.8 as a ratio for 4 on 1..5 (P10)", () => {
    expect(rescaleRating(4, scale, "linear")).toBe(0.75);
    expect(rescaleRating(4, scale, "ratio")).toBe(0.8);
  });

  it("throws for a rating outside its scale", () => {
    for (const value of [0, 6, Number.NaN])
      expect(() => rescaleRating(value, scale, "ratio")).toThrow(/within 1..5/);
    expect(() => rescaleRating(1, { min: 1, max: 1 }, "linear")).toThrow(/empty/);
  });
});

describe("relativeJudgeScore", () => {
  it("is the ratio of sums, 13/18, not the mean of ratios (P10)", () => {
    const pairs = [
      { answer: 6, reference: 8 },
      { answer: 7, reference: 10 },
    ];
    expect(relativeJudgeScore(pairs)).toBeCloseTo(0.7222, 4);
    expect(relativeJudgeScore([])).toBeNull();
  });
});

describe("combineRecallAndJudge", () => {
  it("gives 0.475 for the three items of P01.4-7, both from items and from means", () => {
    const recalls = [3 / 4, 1 / 2, 0];
    const judged = [4, 3, 1].map((value) => rescaleRating(value, scale, "ratio"));
    const items = recalls.map(
      (recall, i) => combineRecallAndJudge(recall, judged[i] as number).score as number,
    );
    expect(mean(items)).toBeCloseTo(0.475, 12);
    expect(combineRecallAndJudge(mean(recalls), mean(judged)).score).toBeCloseTo(0.475, 12);
  });

  it("has no score if one part is missing, and allows all the weight on one part", () => {
    expect(combineRecallAndJudge(null, 0.8)).toMatchObject({ score: null, reason: "no score for recall" });
    expect(combineRecallAndJudge(0.2, 0.8, 1).score).toBeCloseTo(0.2, 12);
    expect(() => combineRecallAndJudge(0.2, 0.8, 1.2)).toThrow(/in \[0, 1\]; got 1.2/);
  });
});

describe("combineScores", () => {
  it("distributes the weight over the present parts and names the absent ones", () => {
    const parts = [
      { name: "accuracy", score: 1 },
      { name: "recall", score: null },
      { name: "judge", score: 0.5 },
    ];
    expect(combineScores(parts, "mean-of-present")).toEqual({
      score: 0.75,
      weights: { accuracy: 0.5, judge: 0.5 },
      absent: ["recall"],
    });
    expect(combineScores([], "mean-of-present").score).toBeNull();
  });

  it("is between the smallest and the largest part", () => {
    const part = fc.record({
      name: fc.string(),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      weight: fc.double({ min: 0.01, max: 9, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const scores = parts.map(({ score }) => score);
        const { score } = combineScores(parts);
        expect(score).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-12);
        expect(score).toBeLessThanOrEqual(Math.max(...scores) + 1e-12);
      }),
    );
  });
});

describe("auditReasoning", () => {
  it("gives 0.625, 0.8 and 0.5 for the eight steps of P08", () => {
    const step = (label: StepLabel, correct?: boolean) =>
      correct === undefined ? { label } : { label, correct };
    const steps = [
      ...[true, true, true, true, false].map((correct) => step("reasoning", correct)),
      step("citation"),
      step("citation"),
      step("redundancy"),
    ];
    expect(auditReasoning(steps, 3, 6)).toMatchObject({
      efficiency: 0.625,
      factuality: 0.8,
      completeness: 0.5,
    });
  });

  it("gives 0 for zero denominators, like the published code", () => {
    expect(auditReasoning([], 0, 0)).toMatchObject({ efficiency: 0, factuality: 0, completeness: 0 });
    expect(() => auditReasoning([], 2, 1)).toThrow(/in \[0, 1\]; got 2/);
  });
});
