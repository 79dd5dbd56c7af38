import { weightedPpiMean } from "../../../src/lib/calibration/ppi-weighted.js";
import { raterSeverity } from "../../../src/lib/calibration/rater-severity.js";
import { randomNormal } from "../../../src/lib/util/random.js";
import { mean } from "../../../src/lib/util/sum.js";
import { defineScenario } from "../frame/scenario.js";
import { raterSeverities } from "../hard-data.js";

const raters = 3;
const answers = 2000;
/** What physicians like these would give on average. */
const truth = 0.7;

/** Three physicians, who are not equally strict, rate two to an answer: how far the mean is from that of physicians like them. */
export const randomRatersScenario = defineScenario({
  name: "raters-are-a-sample",
  ground: "hard",
  title: {
    en: "Corrected mean for physicians like the three who rated",
    zh: "推及与三位评分医师同类的医师的校正平均分",
  },
  fullRuns: 1000,
  smallRuns: 50,
  measures: {
    released: {
      label: { en: "interval for raters like them", zh: "推及同类评分者的区间" },
      kind: "coverage",
      each: { least: 0.92, most: 0.97 },
    },
    panel: {
      label: { en: "interval for these raters, about these raters", zh: "仅就这些评分者而言的区间" },
      kind: "coverage",
      each: { least: 0.92 },
    },
  },
  settings: [0.04, 0.02].flatMap((sd) =>
    [40, 150, 400].map((rated) => ({
      label: {
        en: `severity differs by ${(5 * sd).toFixed(1)} grade points, ${rated} answers rated`,
        zh: `严格程度相差 ${(5 * sd).toFixed(1)} 分，评了 ${rated} 份回答`,
      },
      ...{ sd, rated },
    })),
  ),
  prepare:
    ({ sd, rated }, random, record) =>
    () => {
      const severities = raterSeverities(random, raters, sd);
      const rows = Array.from({ length: answers }, (_, i) => {
        const quality = truth + 0.15 * randomNormal(random);
        const judge = quality + 0.05 + 0.08 * randomNormal(random);
        const pair = [i % raters, (i + 1) % raters];
        const by = pair.map((rater) => quality + (severities[rater] as number) + 0.05 * randomNormal(random));
        return {
          cluster: String(i),
          judge,
          human: i < rated ? mean(by) : null,
          weight: answers / rated,
          raters: i < rated ? pair.map(String) : [],
          grades:
            i < rated
              ? by.map((grade, k) => ({
                  answer: String(i),
                  rater: String(pair[k]),
                  difference: grade - judge,
                }))
              : [],
        };
      });
      const severity = raterSeverity(rows.flatMap(({ grades }) => grades));
      const interval = weightedPpiMean(rows, { severity });
      record.interval("released", interval, truth);
      record.interval("panel", interval.sameRaters, truth + mean(severities));
    },
});
