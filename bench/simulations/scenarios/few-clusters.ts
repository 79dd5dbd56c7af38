import { groupMean } from "../../../src/lib/stats/group-mean.js";
import { earlierMean } from "../earlier-rules/composite.js";
import { defineScenario, labels } from "../frame/scenario.js";
import { binaryClusters, type ClusterShape, clusterSizes, momentsOf } from "../hard-data.js";

const shapes: readonly { readonly shape: ClusterShape; readonly en: string; readonly zh: string }[] = [
  { shape: "equal", en: "of 5 rows", zh: "各 5 行" },
  { shape: "one big", en: "of 3 rows, but one of 40", zh: "各 3 行，其中一个 40 行" },
  { shape: "wide spread", en: "of very unequal size", zh: "大小悬殊" },
];

/** Means over few clusters of rows that are right or wrong: vignettes with several questions, patients with several records. */
export const fewClustersScenario = defineScenario({
  name: "few-unequal-clusters",
  ground: "hard",
  title: {
    en: "Score of few or unequal groups of rows, true score 70%",
    zh: "组数少或组大小不均时的得分，真实得分 70%",
  },
  fullRuns: 2000,
  smallRuns: 400,
  measures: {
    released: {
      label: labels.released,
      kind: "coverage",
      each: { least: 0.92 },
      baseline: "earlier",
    },
    earlier: { label: labels.earlier, kind: "coverage" },
  },
  settings: [0, 0.3].flatMap((icc) =>
    [4, 6, 9, 15].flatMap((clusters) =>
      shapes.map(({ shape, en, zh }) => ({
        label: {
          en: `${clusters} groups ${en}, correlation ${icc}`,
          zh: `${clusters} 组，${zh}，组内相关 ${icc}`,
        },
        ...{ icc, clusters, shape },
      })),
    ),
  ),
  prepare:
    ({ icc, clusters, shape }, random, record) =>
    () => {
      const scores = binaryClusters(random, clusterSizes(random, shape, clusters), icc, 0.7);
      const released = groupMean([{ moments: momentsOf(scores), weight: 1 }]);
      record.interval("released", released, 0.7);
      record.interval("earlier", earlierMean(scores.sums, scores.sizes), 0.7);
    },
});
