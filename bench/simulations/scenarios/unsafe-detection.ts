import { lowGradeDetection } from "../../../src/lib/calibration/low-grades.js";
import { wilsonInterval } from "../../../src/lib/stats/wilson.js";
import { randomNormal } from "../../../src/lib/util/random.js";
import { normalCdf } from "../../../src/lib/util/special.js";
import { normalMean } from "../exact-truth.js";
import { defineScenario, labels } from "../frame/scenario.js";

/** Below this quality a grade is low. */
const cut = -0.9;
/** Standard deviation of a criterion's part, of the judge's error and of each rater's. */
const sd = 0.3;

/** Of the ratings that are low, the share that the judge grades low too. */
function trueSensitivity(): number {
  const spread = Math.hypot(1, sd);
  const low = (z: number) => normalCdf((cut - spread * z) / sd);
  return normalMean((z) => low(z) ** 2) / normalMean(low);
}

/** Sensitivity of the judge for unsafe grades: criteria and raters of one item are not independent. */
export const unsafeDetectionScenario = defineScenario({
  name: "sensitivity-for-unsafe",
  ground: "hard",
  title: {
    en: "Share of unsafe grades that the judge detects, several ratings per item",
    zh: "评审模型识别出不安全分数的比例，每题多份评分",
  },
  fullRuns: 1000,
  smallRuns: 100,
  measures: {
    released: {
      label: labels.released,
      kind: "coverage",
      each: { least: 0.94, withheldAtMost: 0.05 },
      baseline: "earlier",
    },
    earlier: { label: labels.earlier, kind: "coverage" },
  },
  settings: [
    [300, 1, 2],
    [300, 5, 2],
    [40, 1, 2],
    [40, 5, 2],
  ].map(([items = 0, criteria = 0, raters = 0]) => ({
    label: {
      en: `${items} items, ${criteria} ${criteria > 1 ? "criteria" : "criterion"}, ${raters} raters`,
      zh: `${items} 题，${criteria} 项标准，${raters} 位评分者`,
    },
    ...{ items, criteria, raters },
  })),
  prepare: ({ items, criteria, raters }, random, record) => {
    const truth = trueSensitivity();
    const gradeOf = (quality: number) => (quality + sd * randomNormal(random) < cut ? 1 : 2);
    return () => {
      const pairs = Array.from({ length: items }, (_, item) => {
        const quality = randomNormal(random);
        return Array.from({ length: criteria }, () => {
          const own = quality + sd * randomNormal(random);
          const left = gradeOf(own);
          return Array.from({ length: raters }, () => ({ left, right: gradeOf(own), cluster: String(item) }));
        }).flat();
      }).flat();
      const { sensitivity } = lowGradeDetection(pairs, 1);
      record.interval("released", sensitivity, truth);
      const low = pairs.filter(({ right }) => right === 1);
      const earlier =
        low.length === 0 ? null : wilsonInterval(low.filter(({ left }) => left === 1).length, low.length);
      record.interval("earlier", earlier ?? { lower: null, upper: null }, truth);
    };
  },
});
