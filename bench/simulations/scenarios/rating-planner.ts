import { clusteredKappa } from "../../../src/lib/agreement/clustered-kappa.js";
import { ratingSampleSize } from "../../../src/lib/agreement/rating-sample-size.js";
import { errorSdFor, gradeShares } from "../exact-truth.js";
import { defineScenario } from "../frame/scenario.js";
import { gradedPairs, grades } from "../hard-data.js";

const shapes = [
  { shape: "symmetric", en: "grades in the middle", zh: "分数居中" },
  { shape: "skewed", en: "half of the grades at the top", zh: "半数满分" },
  { shape: "verySkewed", en: "four fifths of the grades at the top", zh: "五分之四满分" },
] as const;

/** Whether the number of items that the planner asks for gives intervals of the width that was asked for. */
export const ratingPlannerScenario = defineScenario({
  name: "rating-planner",
  ground: "hard",
  title: {
    en: "Items to rate for a kappa of 0.8 with a given precision",
    zh: "κ 为 0.8 且达到给定精度所需评分的题数",
  },
  fullRuns: 1000,
  smallRuns: 40,
  measures: {
    needed: {
      label: { en: "items needed / items planned", zh: "所需题数 / 计划题数" },
      kind: "mean",
      // Planned within 15% of needed: 1 / 1.15 and 1 / 0.85.
      each: { least: 0.87, most: 1.176 },
    },
  },
  settings: shapes.flatMap(({ shape, en, zh }) =>
    [0.1, 0.15].map((halfWidth) => ({
      label: { en: `half-width ${halfWidth}; ${en}`, zh: `半宽 ${halfWidth}；${zh}` },
      ...{ shape, halfWidth },
    })),
  ),
  prepare: ({ shape, halfWidth }, random, record) => {
    const errorSd = errorSdFor(shape, 0.8);
    const plan = ratingSampleSize(gradeShares(shape, errorSd), { kappa: 0.8, halfWidth });
    return () => {
      const pairs = gradedPairs(random, { items: plan.n as number, shape, errorSd });
      const { lower, upper } = clusteredKappa(pairs, { categories: grades });
      if (lower === null || upper === null) return;
      // Squared widths are proportional to one over the number of items.
      record.value("needed", ((upper - lower) / 2 / halfWidth) ** 2);
    };
  },
});
