import { cohenKappa } from "../../../src/lib/agreement/cohen-kappa.js";
import { fisherInterval } from "../../../src/lib/agreement/fisher-interval.js";
import { drawMultinomial } from "../../../src/lib/stats/bootstrap-multinomial.js";
import { defineScenario, type Limit, sound } from "../frame/scenario.js";

/** The plain large-sample interval of kappa is known to cover too little on a few dozen items. */
const smallSample: Limit = { least: 0.9, most: 0.97 };

/** Two raters with margins 0.5, 0.3, 0.2 and kappa 0.6. */
export const kappaScenario = defineScenario({
  name: "kappa-of-a-table",
  ground: "easy",
  title: {
    en: "Kappa of two raters, three categories, kappa 0.6",
    zh: "两位评分者、三个类别的 κ，真值 0.6",
  },
  fullRuns: 5000,
  smallRuns: 400,
  measures: {
    fisher: { label: { en: "interval on Fisher's z", zh: "Fisher z 区间" }, kind: "coverage", each: sound },
    plain: { label: { en: "large-sample interval", zh: "大样本区间" }, kind: "coverage", each: sound },
  },
  settings: [40, 100, 1000].map((n) => ({
    label: { en: `${n} items`, zh: `${n} 题` },
    limits: n < 100 ? { plain: smallSample } : {},
    n,
  })),
  prepare: ({ n }, random, record) => {
    const truth = 0.6;
    const margins = [0.5, 0.3, 0.2];
    const cells = margins.flatMap((row, i) =>
      margins.map((column, j) => row * column * (1 - truth) + (i === j ? truth * row : 0)),
    );
    const counts = new Float64Array(cells.length);
    return () => {
      drawMultinomial(random, n, cells, counts);
      const table = margins.map((_, i) => [...counts.subarray(i * 3, i * 3 + 3)]);
      const kappa = cohenKappa(table);
      record.interval("plain", kappa, truth);
      record.interval("fisher", fisherInterval(kappa.estimate, kappa.standardError), truth);
    };
  },
});
