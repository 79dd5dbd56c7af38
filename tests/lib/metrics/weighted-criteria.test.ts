import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { weightedCriteria, weightedCriteriaPool } from "../../../src/lib/metrics/index.js";
import { describeShared } from "../../shared.js";

const item = (score: number) => ({ score, pointsMet: 0, pointsPositive: 1, nUnknown: 0 });

describe("weighted criteria", () => {
  test("reproduce the worked examples of P09", () => {
    // +10 met, +7 met, +5 not, +3 not, -5 met: 12 / 25.
    const mixed = [
      { points: 10, met: true },
      { points: 7, met: true },
      { points: 5, met: false },
      { points: 3, met: false },
      { points: -5, met: true },
    ];
    expect(weightedCriteria(mixed)).toMatchObject({ score: 0.48, pointsMet: 12, pointsPositive: 25 });
    expect(
      weightedCriteria([
        { points: 10, met: false },
        { points: -8, met: true },
      ]).score,
    ).toBe(-0.8);
    const items = [item(0.48), item(-0.8), item(1)];
    expect(weightedCriteriaPool(items).estimate).toBeCloseTo(0.68 / 3, 12);
    expect(weightedCriteriaPool(items, "item").estimate).toBeCloseTo(1.48 / 3, 12);
    expect(weightedCriteriaPool([item(-0.8)], "none").estimate).toBe(-0.8);
    expect(weightedCriteriaPool([item(-0.8)]).estimate).toBe(0);
  });

  test("score an unknown verdict as not met, and count it", () => {
    const criteria = [
      { points: 4, met: null },
      { points: 4, met: true },
      { points: -4, met: null },
    ];
    expect(weightedCriteria(criteria)).toMatchObject({ score: 0.5, nUnknown: 2 });
  });

  test("have no score without positive points, and the pool counts the answer as missing", () => {
    const none = weightedCriteria([{ points: -3, met: false, tags: ["axis:accuracy"] }], "axis:accuracy");
    expect(none).toMatchObject({ score: null, reason: "no criterion with positive points" });
    expect(weightedCriteriaPool([none])).toEqual({ estimate: null, n: 0, nMissing: 1 });
  });

  test("never score above 1, and never score lower for meeting one more positive criterion", () => {
    const criterion = fc.record({ points: fc.integer({ min: -10, max: 10 }), met: fc.boolean() });
    fc.assert(
      fc.property(fc.array(criterion, { minLength: 1 }), fc.nat(), (criteria, pick) => {
        const before = weightedCriteria(criteria).score;
        fc.pre(before !== null);
        expect(before).toBeLessThanOrEqual(1);
        const raised = criteria.map((each, index) =>
          index === pick % criteria.length && each.points > 0 ? { ...each, met: true } : each,
        );
        expect(weightedCriteria(raised).score).toBeGreaterThanOrEqual(before as number);
      }),
    );
  });
});

interface ResultFile {
  readonly score: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly metadata: {
    readonly example_level_metadata: readonly {
      readonly score: number;
      readonly rubric_items: readonly {
        readonly points: number;
        readonly tags: readonly string[];
        readonly criteria_met: boolean;
      }[];
    }[];
  };
}

describeShared("results that simple-evals wrote", ["real", "healthbench-simple-evals"], (folder) => {
  const files = readdirSync(folder).filter((file) => file.endsWith("_allresults.json"));

  test.each(files)("reproduce the item scores, the overall score and every tag of %s exactly", (file) => {
    const { score, metrics, metadata } = JSON.parse(readFileSync(join(folder, file), "utf8")) as ResultFile;
    const answers = metadata.example_level_metadata.map((each) => ({
      theirs: each.score,
      criteria: each.rubric_items.map(({ points, tags, criteria_met }) => ({
        points,
        tags,
        met: criteria_met,
      })),
    }));
    for (const { theirs, criteria } of answers)
      expect(weightedCriteria(criteria).score).toBeCloseTo(theirs, 12);
    expect(
      weightedCriteriaPool(answers.map(({ criteria }) => weightedCriteria(criteria))).estimate,
    ).toBeCloseTo(score, 12);
    const axes = Object.keys(metrics).filter((name) => /^axis:[a-z_]+$/.test(name));
    expect(axes.length).toBeGreaterThan(2);
    for (const axis of axes) {
      const tagged = answers.map(({ criteria }) => weightedCriteria(criteria, axis));
      expect(weightedCriteriaPool(tagged).estimate).toBeCloseTo(metrics[axis] as number, 12);
    }
  });
});
