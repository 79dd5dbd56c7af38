import { momentsOfGroups } from "../../../src/lib/stats/cluster-moments.js";
import { groupMean } from "../../../src/lib/stats/group-mean.js";
import { stratifiedCompositeBootstrap } from "../../../src/lib/stats/stratified-bootstrap.js";
import { mean, sum } from "../../../src/lib/util/sum.js";
import { earlierComposite, type GroupedDataset } from "../earlier-rules/composite.js";
import { defineScenario, failing, labels, sound } from "../frame/scenario.js";
import { asRows, binaryGroups, groupedScores } from "../hard-data.js";

/** The interval that tables show for a mean over datasets. */
function releasedComposite(datasets: readonly GroupedDataset[]) {
  return groupMean(
    datasets.map(({ sums, sizes, weight }) => ({ moments: momentsOfGroups(sums, sizes), weight })),
  );
}

const percent = (share: number) => `${Math.round(1000 * share) / 10}%`;

/** One dataset of many questions with five variants each. */
export const clusterMeanScenario = defineScenario({
  name: "dataset-mean",
  ground: "easy",
  title: {
    en: "Score of one dataset, five variants per question",
    zh: "单个数据集的得分，每题五个变体",
  },
  fullRuns: 4000,
  smallRuns: 800,
  measures: {
    released: { label: labels.released, kind: "coverage", each: sound, baseline: "earlier" },
    earlier: { label: labels.earlier, kind: "coverage" },
    naive: { label: labels.naive, kind: "coverage", each: failing },
  },
  settings: [50, 200].map((groups) => ({
    label: { en: `${groups} questions, true score 65%`, zh: `${groups} 题，真实得分 65%` },
    groups,
  })),
  prepare:
    ({ groups }, random, record) =>
    () => {
      const scores = { ...groupedScores(random, 0.65, groups), weight: 1 };
      record.interval("released", releasedComposite([scores]), 0.65);
      record.interval("earlier", earlierComposite([scores]), 0.65);
      record.interval("naive", earlierComposite([{ ...asRows(scores), weight: 1 }]), 0.65);
    },
});

/** Datasets per dimension: 60 in all, the composite being the mean over dimensions of the mean over datasets. */
const dimensionSizes = [20, 15, 12, 8, 5];

/** The benchmark's composite: 60 datasets in five dimensions, with five variants per question. */
export const compositeScenario = defineScenario({
  name: "composite-of-60-datasets",
  ground: "easy",
  title: {
    en: "Overall score of 60 datasets in five dimensions",
    zh: "五个维度、60 个数据集的总分",
  },
  fullRuns: 1500,
  smallRuns: 100,
  measures: {
    released: { label: labels.released, kind: "coverage", each: sound, baseline: "earlier" },
    earlier: { label: labels.earlier, kind: "coverage" },
    naive: { label: labels.naive, kind: "coverage", each: failing },
    bootstrap: { label: { en: "bootstrap over groups", zh: "按组自助法" }, kind: "coverage", each: sound },
  },
  settings: [
    {
      label: { en: "30 questions each, true scores 30 to 90%", zh: "每个 30 题，真实得分 30% 至 90%" },
      groups: 30,
    },
  ],
  prepare: ({ groups }, random, record) => {
    const design = dimensionSizes.flatMap((size) =>
      Array.from({ length: size }, () => ({
        weight: 1 / (dimensionSizes.length * size),
        mean: 0.3 + 0.6 * random(),
      })),
    );
    const truth = sum(design.map(({ weight, mean: share }) => weight * share));
    return (run) => {
      const datasets = design.map(({ weight, mean: share }) => ({
        ...groupedScores(random, share, groups),
        weight,
      }));
      record.interval("released", releasedComposite(datasets), truth);
      record.interval("earlier", earlierComposite(datasets), truth);
      const rows = datasets.map((dataset) => ({ ...asRows(dataset), weight: dataset.weight }));
      record.interval("naive", earlierComposite(rows), truth);
      // The bootstrap costs hundreds of times more; a tenth of the runs is enough to measure it.
      if (run % 10 > 0) return;
      record.interval(
        "bootstrap",
        stratifiedCompositeBootstrap(datasets, { replicates: 500, seed: run }),
        truth,
      );
    };
  },
});

/** Two to ten datasets of questions that count only if every variant is right, with true scores near 100%. */
export const compositeNearCeilingScenario = defineScenario({
  name: "composite-near-100",
  ground: "hard",
  title: {
    en: "Dimension score close to 100%, few questions",
    zh: "接近 100% 的维度得分，题目很少",
  },
  fullRuns: 2000,
  smallRuns: 200,
  measures: {
    released: {
      label: labels.released,
      kind: "coverage",
      each: { least: 0.92 },
      average: { least: 0.94 },
      baseline: "earlier",
    },
    earlier: { label: labels.earlier, kind: "coverage" },
    points: {
      label: { en: "intervals of width zero", zh: "宽度为零的区间" },
      kind: "rate",
      each: { most: 0 },
    },
  },
  settings: [
    ...[30, 12].flatMap((groups) => [0.5, 0.8, 0.95, 0.98, 0.99].map((share) => [2, groups, share] as const)),
    ...[5, 10].flatMap((count) =>
      [12, 30].flatMap((groups) => [0.9, 0.95, 0.98].map((share) => [count, groups, share] as const)),
    ),
  ].map(([count, groups, share]) => ({
    label: {
      en: `${count} datasets of ${groups} questions, true score ${percent(share)}`,
      zh: `${count} 个数据集，各 ${groups} 题，真实得分 ${percent(share)}`,
    },
    ...{ count, groups, share },
  })),
  prepare: ({ count, groups, share }, random, record) => {
    // Datasets differ: half of them are easier, half harder.
    const shares = Array.from(
      { length: count },
      (_, d) => share + (d % 2 ? 1 : -1) * Math.min(0.05, (1 - share) / 2) * (count > 2 ? 1 : 0),
    );
    const truth = mean(shares);
    return () => {
      const datasets = shares.map((each) => ({ ...binaryGroups(random, each, groups), weight: 1 }));
      const released = releasedComposite(datasets);
      record.interval("released", released, truth);
      record.interval("earlier", earlierComposite(datasets), truth);
      record.event("points", released.lower === released.upper);
    };
  },
});
