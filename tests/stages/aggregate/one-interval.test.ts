import { beforeAll, describe, expect, it } from "vitest";
import { type SmallWorkspace, smallWorkspace } from "../score/small-benchmark.js";

const ids = [..."abcdefghij"];
const options = { A: "rest", B: "surgery" };

/** Benchmarks of one dataset, where the task, its dimension, the overall score and a specialty of all its items are one number. */
const shapes = {
  // 8 of 10 right.
  "single choice": { variants: 1, repeats: 1, vignettes: 10 },
  // Each item in three orders of its options.
  "orders of options": { variants: 3, repeats: 1, vignettes: 10 },
  // Each item asked twice.
  repeats: { variants: 1, repeats: 2, vignettes: 10 },
  // Five vignettes of two items.
  vignettes: { variants: 1, repeats: 1, vignettes: 5 },
} as const;

async function benchmarkOf({ variants, repeats, vignettes }: (typeof shapes)[keyof typeof shapes]) {
  const numbers = (n: number) => Array.from({ length: n }, (_, index) => index + 1);
  return smallWorkspace({
    datasets: { only: [{ metric: "m", scorer: "label", weight: 1 }] },
    items: ids.flatMap((id, index) =>
      numbers(variants).map((variant) => ({
        ...{ dataset: "only", id, variant, gold: "yes", options, specialty: "03" },
        vignette: `v${index % vignettes}`,
      })),
    ),
    answers: ["base", "pressure"].flatMap((condition) =>
      ids.flatMap((id, index) =>
        numbers(variants).flatMap((variant) =>
          numbers(repeats).map((repeat) => ({
            ...{ dataset: "only", id, variant, repeat, condition },
            raw: index % 5 === 4 ? "no" : "yes",
          })),
        ),
      ),
    ),
  });
}

interface Interval {
  readonly place: string;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly interval_method: string;
}

describe.each(Object.entries(shapes))("a benchmark of one dataset (%s)", (shape, sizes) => {
  let small: SmallWorkspace;
  let intervals: readonly Interval[];

  beforeAll(async () => {
    small = await benchmarkOf(sizes);
    const columns = "estimate, lower, upper, interval_method";
    intervals = await small.select<Interval>(
      `SELECT 'task' AS place, ${columns} FROM task_scores WHERE metric = 'task'
       UNION ALL SELECT 'dimension', ${columns} FROM dimension_scores UNION ALL SELECT 'overall', ${columns} FROM overall_scores
       UNION ALL SELECT 'specialty', ${columns} FROM specialty_scores WHERE level = 'primary'
       UNION ALL SELECT 'condition', ${columns} FROM condition_scores`,
    );
  });

  it("has one interval for its score, wherever the score is", () => {
    expect(intervals.map(({ place }) => place)).toEqual([
      ...["task", "dimension", "overall", "specialty", "condition"],
    ]);
    const [{ place: _, ...task }, ...others] = intervals as [Interval, ...Interval[]];
    expect(task.estimate).toBeCloseTo(0.8, 12);
    for (const { place, ...other } of others)
      expect(other, place).toEqual({
        estimate: expect.closeTo(task.estimate, 12),
        lower: expect.closeTo(task.lower, 12),
        upper: expect.closeTo(task.upper, 12),
        interval_method: task.interval_method,
      });
  });

  it("has the interval of a proportion of groups that are right", () => {
    // R: prop.test(8, 10, correct = FALSE), prop.test(4, 5, correct = FALSE).
    const [lower, upper] = shape === "vignettes" ? [0.3755346, 0.9637758] : [0.4901625, 0.9433178];
    for (const { interval_method, ...found } of intervals) {
      expect(interval_method).toBe("wilson-groups");
      expect(found.lower).toBeCloseTo(lower as number, 6);
      expect(found.upper).toBeCloseTo(upper as number, 6);
    }
  });
});
