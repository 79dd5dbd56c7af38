import { compositeCorrection } from "../../../src/lib/calibration/composite-correction.js";
import { withJudgeError } from "../../../src/lib/calibration/judge-error.js";
import { compositeFromMoments } from "../../../src/lib/stats/composite-moments.js";
import { groupInfluence } from "../../../src/lib/stats/group-influence.js";
import { at } from "../../../src/lib/util/indexing.js";
import { earlierCorrected } from "../earlier-rules/corrected.js";
import { type Both, defineScenario, type Limit, labels, type Measure } from "../frame/scenario.js";
import { drawnIndices, momentsOf } from "../hard-data.js";
import {
  type JudgedDataset,
  type JudgedTrack,
  type JudgeError,
  judgedDatasets,
  judgedShareOf,
  judgedTrack,
  trueComposite,
} from "../judged-benchmark.js";

interface CorrectedSetting {
  readonly label: Both;
  readonly rated: number;
  readonly biasOf: (place: { readonly dimension: number; readonly index: number }) => number;
  readonly error: JudgeError;
}

/** The corrected overall score of the tables, from a simple random sample of the judged answers. */
function releasedCorrected(
  { strata, answers }: JudgedTrack,
  datasets: readonly JudgedDataset[],
  rated: readonly number[],
) {
  const composite = compositeFromMoments(
    strata.map((stratum) => ({ moments: momentsOf(stratum), weight: stratum.weight })),
    { range: [-9, 9] },
  );
  const drawn = rated.map((i) => at(answers, i));
  const clusterOf = (dataset: number, group: number) => `${dataset}/${group}`;
  const influence = new Map(
    strata.flatMap(({ sums, sizes, weight }, dataset) => {
      const wanted = new Set(drawn.filter((answer) => answer.dataset === dataset).map(({ group }) => group));
      return groupInfluence({ groups: sums.map((_, group) => group), sums, sizes }, wanted).map(
        ([group, value]) => [clusterOf(dataset, group), weight * value] as const,
      );
    }),
  );
  const { correction } = compositeCorrection(
    datasets.map(({ dimension, weight, judged }, dataset) => ({
      ...{ part: `${dataset}`, family: `${dimension}`, share: weight * judged },
      answers: at(strata, dataset).sums.length,
    })),
    drawn.map(({ dataset, group, human, judge }) => ({
      ...{ part: `${dataset}`, cluster: clusterOf(dataset, group), difference: human - judge },
      weight: (at(datasets, dataset).weight * at(datasets, dataset).judged) / at(strata, dataset).sums.length,
      ...{ raters: ["r"], isDrawn: true },
    })),
    { influence },
  );
  return correction === null ? null : withJudgeError(composite, correction, null);
}

const withheld = { lower: null, upper: null };

function correctedScenario(
  about: { readonly name: string; readonly ground: "easy" | "hard"; readonly title: Both },
  released: Pick<Measure, "each" | "open">,
  settings: readonly CorrectedSetting[],
) {
  return defineScenario({
    ...about,
    settings,
    fullRuns: 1000,
    smallRuns: 50,
    measures: {
      released: { label: labels.released, kind: "coverage", baseline: "earlier", ...released },
      earlier: { label: labels.earlier, kind: "coverage" },
      uncorrected: {
        label: { en: "without the correction", zh: "不作校正" },
        kind: "coverage",
      },
    },
    prepare: ({ rated, biasOf, error }, random, record) => {
      const datasets = judgedDatasets(biasOf);
      const truth = trueComposite(datasets);
      const share = judgedShareOf(datasets);
      return () => {
        const track = judgedTrack(random, datasets, { groups: 30, error });
        const drawn = drawnIndices(random, track.answers.length, rated);
        record.interval("released", releasedCorrected(track, datasets, drawn) ?? withheld, truth);
        const differences = drawn.flatMap((i) => {
          const answer = track.answers[i];
          return answer === undefined ? [] : [answer.human - answer.judge];
        });
        record.interval("earlier", earlierCorrected(track.strata, share, differences), truth);
        const uncorrected = compositeFromMoments(
          track.strata.map((stratum) => ({ moments: momentsOf(stratum), weight: stratum.weight })),
          { range: [-9, 9] },
        );
        record.interval("uncorrected", uncorrected, truth);
      };
    },
  });
}

const ratedLabel = (rated: number): Both => ({ en: `${rated} answers rated`, zh: `评了 ${rated} 份回答` });
const around: Limit = { least: 0.93, most: 0.97 };

/** A judge that is equally lenient everywhere, many ratings. */
export const uniformBiasScenario = correctedScenario(
  {
    name: "corrected-score-uniform-bias",
    ground: "easy",
    title: {
      en: "Corrected overall score, judge equally lenient everywhere",
      zh: "校正后的总分，评审模型处处同样偏宽",
    },
  },
  { each: { least: 0.93 } },
  [100, 400].map((rated) => ({ label: ratedLabel(rated), rated, biasOf: () => 0.1, error: { sd: 0.08 } })),
);

/** A judge that is too lenient in one dimension of five. */
export const dimensionBiasScenario = correctedScenario(
  {
    name: "corrected-score-bias-in-one-dimension",
    ground: "hard",
    title: {
      en: "Corrected overall score, judge too lenient by 20 points in one dimension",
      zh: "校正后的总分，评审模型仅在一个维度偏宽 20 分",
    },
  },
  {
    // A dimension without a rated answer, about 1 sample in 100 with 30 ratings, is not corrected.
    each: { ...around, withheldAtMost: 0.03 },
  },
  [30, 60, 150, 400].map((rated) => ({
    label: ratedLabel(rated),
    rated,
    biasOf: ({ dimension }) => (dimension === 1 ? 0.2 : 0),
    error: { sd: 0.08 },
  })),
);

/** A judge that is exact but for a few large errors: a small sample may contain none. */
export const rareErrorScenario = correctedScenario(
  {
    name: "corrected-score-rare-errors",
    ground: "hard",
    title: {
      en: "Corrected overall score, judge wrong by half the scale in 3 or 10% of the answers",
      zh: "校正后的总分，评审模型在 3% 或 10% 的回答上错半个量表",
    },
  },
  {
    each: { least: 0.92, withheldAtMost: 1 },
  },
  [0.1, 0.03].flatMap((rare) =>
    [10, 15, 30, 60].map((rated) => ({
      label: {
        en: `errors in ${Math.round(100 * rare)}%, ${rated} answers rated`,
        zh: `${Math.round(100 * rare)}% 出错，评了 ${rated} 份回答`,
      },
      rated,
      biasOf: () => 0,
      error: { rare },
    })),
  ),
);
