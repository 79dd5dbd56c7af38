import { ppiMean } from "../../../src/lib/calibration/ppi.js";
import { clusteredPpiMean } from "../../../src/lib/calibration/ppi-clustered.js";
import { stratifiedPpiMean } from "../../../src/lib/calibration/ppi-stratified.js";
import { type Random, randomNormal } from "../../../src/lib/util/random.js";
import { sum } from "../../../src/lib/util/sum.js";
import { earlierMean } from "../earlier-rules/composite.js";
import { defineScenario, failing, labels, sound } from "../frame/scenario.js";
import { clusterNormal } from "../hard-data.js";

/** A physician's score around 3.4 and a judge that is 0.4 too lenient and flattens the scale. */
function item(random: Random, quality: number): { readonly human: number; readonly judge: number } {
  const human = 3.4 + quality + 0.4 * randomNormal(random);
  return { human, judge: 3.8 + 0.7 * (human - 3.4) + 0.4 * randomNormal(random) };
}

/** 100 rated and 1,000 unrated answers, a lenient judge. */
export const biasedJudgeScenario = defineScenario({
  name: "mean-with-lenient-judge",
  ground: "easy",
  title: {
    en: "Mean grade with a judge that is too lenient everywhere",
    zh: "评审模型处处偏宽时的平均分",
  },
  fullRuns: 2000,
  smallRuns: 200,
  measures: {
    powerTuned: { label: { en: "PPI++", zh: "PPI++" }, kind: "coverage", each: sound },
    plain: { label: { en: "PPI", zh: "PPI" }, kind: "coverage", each: sound },
    naive: {
      label: { en: "judge taken as truth", zh: "把评审模型当作真值" },
      kind: "coverage",
      each: failing,
    },
  },
  settings: [{ label: { en: "100 of 1,100 answers rated", zh: "1 100 份回答中评了 100 份" } }],
  prepare: (_, random, record) => () => {
    const draw = (n: number) => Array.from({ length: n }, () => item(random, 0.8 * randomNormal(random)));
    const rated = draw(100);
    const human = rated.map((each) => each.human);
    const judge = rated.map((each) => each.judge);
    const judgeOnly = draw(1000).map((each) => each.judge);
    const all = [...judge, ...judgeOnly];
    record.interval("powerTuned", ppiMean(human, judge, judgeOnly), 3.4);
    record.interval("plain", ppiMean(human, judge, judgeOnly, { lambda: 1 }), 3.4);
    const onScale = all.map((grade) => grade / 10);
    const trusting = earlierMean(
      onScale,
      all.map(() => 1),
    );
    record.interval("naive", trusting, 0.34);
  },
});

/** Ratings spread evenly over four specialties of very unequal size and quality. */
export const stratifiedJudgeScenario = defineScenario({
  name: "mean-over-specialties",
  ground: "easy",
  title: {
    en: "Mean grade over four specialties of very unequal size",
    zh: "规模悬殊的四个专科的平均分",
  },
  fullRuns: 1500,
  smallRuns: 200,
  measures: {
    stratified: {
      label: { en: "stratified PPI++", zh: "分层 PPI++" },
      kind: "coverage",
      each: sound,
    },
    naive: {
      label: { en: "taken as one random sample", zh: "当作一个随机样本" },
      kind: "coverage",
      each: failing,
    },
  },
  settings: [{ label: { en: "40 rated in each", zh: "每个专科评 40 份" } }],
  prepare: (_, random, record) => {
    const sizes = [1200, 500, 200, 100];
    const quality = [0.4, 0, -0.4, -1];
    const truth = 3.4 + sum(sizes.map((size, s) => (size / 2000) * (quality[s] as number)));
    return () => {
      const strata = sizes.map((size, s) => {
        const draw = (n: number) =>
          Array.from({ length: n }, () => item(random, (quality[s] as number) + 0.6 * randomNormal(random)));
        const rated = draw(40);
        return {
          name: `specialty ${s}`,
          weight: size,
          human: rated.map((each) => each.human),
          judge: rated.map((each) => each.judge),
          judgeUnlabeled: draw(size - 40).map((each) => each.judge),
        };
      });
      const pooled = ppiMean(
        strata.flatMap((stratum) => stratum.human),
        strata.flatMap((stratum) => stratum.judge),
        strata.flatMap((stratum) => stratum.judgeUnlabeled),
      );
      record.interval("stratified", stratifiedPpiMean(strata), truth);
      record.interval("naive", pooled, truth);
    };
  },
});

/** 60 rated questions with five variants each, 300 unrated ones. */
export const clusteredJudgeScenario = defineScenario({
  name: "mean-over-variants",
  ground: "easy",
  title: {
    en: "Mean grade of questions with five variants",
    zh: "每题五个变体时的平均分",
  },
  fullRuns: 1500,
  smallRuns: 200,
  measures: {
    clustered: { label: { en: "clustered PPI++", zh: "按组 PPI++" }, kind: "coverage", each: sound },
    naive: { label: labels.naive, kind: "coverage", each: failing },
  },
  settings: [{ label: { en: "60 of 360 questions rated", zh: "360 题中评了 60 题" } }],
  prepare: (_, random, record) => () => {
    const rows = Array.from({ length: 360 }, (__, cluster) =>
      clusterNormal(random, 0.7, 0.3, 5).map((quality) => {
        const { human, judge } = item(random, quality);
        return { cluster, judge, human: cluster < 60 ? human : null };
      }),
    ).flat();
    const rated = rows.filter((row) => row.human !== null);
    const plain = ppiMean(
      rated.map((row) => row.human as number),
      rated.map((row) => row.judge),
      rows.filter((row) => row.human === null).map((row) => row.judge),
    );
    record.interval("clustered", clusteredPpiMean(rows), 3.4);
    record.interval("naive", plain, 3.4);
  },
});
