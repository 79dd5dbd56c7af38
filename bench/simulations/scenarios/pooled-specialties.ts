import { withCluster } from "../../../src/lib/stats/cluster-moments.js";
import { groupMean } from "../../../src/lib/stats/group-mean.js";
import {
  poolScores,
  type ScoreCell,
  type SharedDifficultyPart,
  sharedDifficulty,
} from "../../../src/lib/stats/pooling/pooled-scores.js";
import { type Random, randomNormal } from "../../../src/lib/util/random.js";
import { mean, sum } from "../../../src/lib/util/sum.js";
import { defineScenario } from "../frame/scenario.js";

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const nodes = Array.from({ length: 33 }, (_, i) => (i - 16) / 4);
const density = nodes.map((x) => Math.exp((-x * x) / 2));

/** Questions of a specialty differ in difficulty with this standard deviation, in log-odds, the same for all systems. */
const questionSd = 1.2;

/** Mean score over all questions of a specialty. */
const overQuestions = (logOdds: number) =>
  sum(nodes.map((x, i) => density[i]! * logistic(logOdds + questionSd * x))) / sum(density);

interface Design {
  readonly specialties: number;
  readonly systems: number;
  readonly level: number;
  readonly difficultySd: number;
  readonly deviationSd: number;
  /** Grade steps of a question: 1 is right or wrong. */
  readonly steps: number;
}

const none = { moments: { nClusters: 0, sumS: 0, sumN: 0, sumSS: 0, sumSN: 0, sumNN: 0 } };

interface Cell extends ScoreCell {
  readonly truth: number;
  /** Standard deviations by which the specialty departs from the system's level. */
  readonly departure: number;
}

function drawBenchmark(random: Random, design: Design) {
  const { specialties, systems, level, difficultySd, deviationSd, steps } = design;
  const names = Array.from({ length: systems }, (_, s) => `system ${s}`);
  const levels = names.map(() => level + (systems > 1 ? 0.6 * randomNormal(random) : 0));
  const spread = Math.hypot(difficultySd, deviationSd);
  const cells: Cell[] = [];
  const residuals: { readonly n: number; readonly scores: readonly number[][] }[] = [];
  for (let k = 0; k < specialties; k += 1) {
    // A dozen questions in the median, from three to more than a hundred.
    const n = Math.max(3, Math.round(12 * Math.exp(0.9 * randomNormal(random))));
    const difficulty = difficultySd * randomNormal(random);
    const departures = levels.map(() => difficulty + deviationSd * randomNormal(random));
    const scores: number[][] = names.map(() => []);
    for (let g = 0; g < n; g += 1) {
      const question = questionSd * randomNormal(random);
      levels.forEach((own, s) => {
        const chance = logistic(own + departures[s]! + question);
        let right = 0;
        for (let step = 0; step < steps; step += 1) if (random() < chance) right += 1;
        scores[s]!.push(right / steps);
      });
    }
    levels.forEach((own, s) => {
      const { moments } = scores[s]!.reduce(
        (total, score) => ({ moments: withCluster(total.moments, { sum: score, size: 1 }) }),
        none,
      );
      const departure = spread > 0 ? departures[s]! / spread : 0;
      cells.push({
        ...{ system: names[s]!, slice: `${k}`, moments, departure },
        truth: overQuestions(own + departures[s]!),
      });
    });
    residuals.push({ n, scores });
  }
  return { cells, parts: sharedParts(residuals) };
}

/** What the aggregate stage sums in SQL. */
function sharedParts(
  slices: readonly { readonly n: number; readonly scores: readonly number[][] }[],
): SharedDifficultyPart[] {
  const means = (slices[0]?.scores ?? []).map((_, s) => mean(slices.flatMap(({ scores }) => scores[s]!)));
  const scales = means.map((p) => p * (1 - p));
  const pairs = (values: readonly number[]) => sum(values) ** 2 - sum(values.map((value) => value ** 2));
  return slices.map(({ n, scores }) => {
    const own = scores.map(mean);
    const products = Array.from({ length: n }, (_, g) =>
      pairs(scores.map((values, s) => values[g]! - own[s]!)),
    );
    return { n, products: sum(products), scale: n * pairs(scales) };
  });
}

const settings = [
  [24, 1, 0.7, 1, 0.4, 0.2],
  [24, 5, 0.7, 1, 0.4, 0.2],
  [91, 1, 0.7, 1, 0.4, 0.2],
  [91, 5, 0.7, 1, 0.4, 0.2],
  [24, 5, 3, 1, 0.5, 0.3],
  [91, 5, 3, 1, 0.5, 0.3],
  [24, 5, 0.7, 4, 0.4, 0.2],
  [24, 5, 0.7, 1, 0, 0],
] as const;

/** Partial pooling must cover on average over specialties, with intervals that are narrower than those of the raw scores. */
export const pooledSpecialtiesScenario = defineScenario({
  name: "pooled-specialties",
  ground: "hard",
  title: {
    en: "Pooled specialty scores, a dozen questions in the median specialty",
    zh: "合并后的专科得分，各专科题目数的中位数为十二",
  },
  fullRuns: 300,
  smallRuns: 6,
  measures: {
    covered: {
      label: { en: "specialties whose pooled interval contains the truth", zh: "合并区间包含真值的专科" },
      kind: "mean",
      each: { least: 0.93, most: 0.98 },
      average: { least: 0.94, most: 0.98 },
    },
    extreme: {
      label: {
        en: "the same, specialties more than 1.5 standard deviations from the others",
        zh: "同上，与其他专科相差超过 1.5 个标准差的专科",
      },
      kind: "mean",
      each: { least: 0.65 },
    },
    error: {
      label: {
        en: "error of the pooled score, as a share of the raw score's",
        zh: "合并得分的误差与原得分误差之比",
      },
      kind: "mean",
      each: { most: 0.85 },
    },
    width: {
      label: {
        en: "width of the pooled interval, as a share of the raw one's",
        zh: "合并区间与原区间的宽度之比",
      },
      kind: "mean",
      each: { most: 0.85 },
    },
  },
  settings: settings.map(([specialties, systems, level, steps, difficultySd, deviationSd]) => {
    const score = `${Math.round(100 * overQuestions(level))} %`;
    const same = difficultySd === 0;
    return {
      label: {
        en: `${specialties} specialties, ${systems} system${systems > 1 ? "s" : ""}, ${score}${steps > 1 ? ", graded" : ""}${same ? ", all specialties alike" : ""}`,
        zh: `${specialties} 个专科，${systems} 个系统，${score}${steps > 1 ? "，分级评分" : ""}${same ? "，各专科相同" : ""}`,
      },
      ...{ specialties, systems, level, steps, difficultySd, deviationSd },
      // Where there is nothing to find, intervals that allow for a spread cover nearly always.
      ...(same ? { limits: { covered: { least: 0.93 } } } : {}),
    };
  }),
  prepare: (setting, random, record) => () => {
    const { cells, parts } = drawBenchmark(random, setting);
    const pooled = poolScores(cells, { sharedDifficulty: sharedDifficulty(parts) }).cells;
    const extremes: number[] = [];
    const all = cells.flatMap(({ truth, moments, departure }, i) => {
      const raw = groupMean([{ moments, weight: 1 }]);
      const cell = pooled[i];
      if (!cell || raw.estimate === null || raw.lower === null || raw.upper === null) return [];
      const covered = Number(cell.lower <= truth && truth <= cell.upper);
      if (Math.abs(departure) > 1.5) extremes.push(covered);
      return [
        {
          covered,
          error: (cell.estimate - truth) ** 2,
          rawError: (raw.estimate - truth) ** 2,
          width: cell.upper - cell.lower,
          rawWidth: raw.upper - raw.lower,
        },
      ];
    });
    const total = (value: (cell: (typeof all)[number]) => number) => sum(all.map(value));
    record.value("covered", total(({ covered }) => covered) / all.length);
    if (extremes.length > 0) record.value("extreme", mean(extremes));
    record.value("error", Math.sqrt(total(({ error }) => error) / total(({ rawError }) => rawError)));
    record.value("width", total(({ width }) => width) / total(({ rawWidth }) => rawWidth));
  },
});
