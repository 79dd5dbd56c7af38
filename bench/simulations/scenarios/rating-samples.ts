import { clusteredKappa } from "../../../src/lib/agreement/clustered-kappa.js";
import { designWeight } from "../../../src/lib/calibration/design-weight.js";
import { drawSample } from "../../../src/lib/calibration/draw-sample.js";
import { weightedPpiMean } from "../../../src/lib/calibration/ppi-weighted.js";
import { ratingSelection, selectionLevel } from "../../../src/lib/calibration/rating-selection.js";
import { clamp } from "../../../src/lib/util/clamp.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { type Random, randomNormal } from "../../../src/lib/util/random.js";
import { mean } from "../../../src/lib/util/sum.js";
import { defineScenario, type Limit, labels } from "../frame/scenario.js";
import { type GradeShape, gradeOf, grades } from "../hard-data.js";

interface JudgedAnswer {
  readonly response: string;
  readonly specialty: string;
  readonly dataset: string;
  readonly judgeScore: number;
  readonly human: number;
}

/** Answers per specialty. */
const specialties = [120, 90, 60, 50, 30, 25, 15, 10];

/** 400 answers; the judge flattens the scale, and is too lenient in the smallest specialty. */
function answersOf(random: Random): JudgedAnswer[] {
  return specialties.flatMap((size, s) =>
    Array.from({ length: size }, (_, i) => {
      const human = clamp(0.75 + 0.2 * randomNormal(random) - (s % 3) * 0.05);
      const lenient = s === specialties.length - 1 ? 0.2 : 0;
      return {
        ...{ response: `${s}/${i}`, specialty: `${s}`, dataset: `${i % 7}`, human },
        judgeScore: clamp(0.62 + 0.5 * human + 0.08 * randomNormal(random) + lenient),
      };
    }),
  );
}

type Drawn = ReadonlyMap<string, number | null>;

const packet = (answers: readonly JudgedAnswer[], size: number, seed: string): Drawn =>
  new Map(
    drawSample(answers, { size, seed, raters: ["a", "b"], overlap: 0 }).map(({ candidate, inclusion }) => [
      candidate.response,
      inclusion,
    ]),
  );

/** The corrected mean of the tables, with the probabilities that the rating sheets give. */
function correctedMean(answers: readonly JudgedAnswer[], drawn: Drawn) {
  const strata = groupBy(answers, ({ specialty }) => specialty);
  const isUnknown = [...drawn.values()].some((inclusion) => inclusion === null);
  const selection = ratingSelection(
    answers.map(({ response, specialty, judgeScore }) => ({
      ...{ cluster: response, stratum: specialty, score: judgeScore, isRated: drawn.has(response) },
    })),
  );
  if (isUnknown && selection.p !== null && selection.p < selectionLevel) return { lower: null, upper: null };
  return weightedPpiMean(
    answers.map(({ response, specialty, judgeScore, human }) => {
      const own = strata.get(specialty) ?? [];
      const isRated = drawn.has(response);
      const stratum = { judged: own.length, rated: own.filter((each) => drawn.has(each.response)).length };
      return {
        cluster: response,
        judge: judgeScore,
        human: isRated ? human : null,
        weight: designWeight({ isRated, inclusion: drawn.get(response) ?? null }, stratum),
      };
    }),
  );
}

const withoutInclusion = (drawn: Drawn): Drawn => new Map([...drawn.keys()].map((key) => [key, null]));

/** Rating packets with strata of specialty and grade: is the mean over all answers right? */
export const packetScenario = defineScenario({
  name: "packets-of-ratings",
  ground: "hard",
  title: {
    en: "Corrected mean from rating packets with unequal probabilities",
    zh: "抽取概率不等的评分包所得的校正平均分",
  },
  fullRuns: 800,
  smallRuns: 25,
  measures: {
    released: { label: labels.released, kind: "coverage", each: { least: 0.92 } },
  },
  settings: [
    ...[60, 120, 240].flatMap((size) => [
      { label: { en: `one packet of ${size}`, zh: `一包 ${size} 份` }, size, second: 0, known: true },
      {
        label: { en: `one packet of ${size}, probabilities not given`, zh: `一包 ${size} 份，未给出概率` },
        ...{ size, second: 0, known: false },
        // Strata of grades have equal shares: such a packet is often seen not to be a plain random sample.
        limits: { released: { least: 0.92, withheldAtMost: 1 } },
      },
    ]),
    ...[
      [60, 120],
      [60, 240],
    ].map(([size = 0, second = 0]) => ({
      label: {
        en: `a packet of ${size}, then one of ${second} from the rest`,
        zh: `先一包 ${size} 份，再从其余中抽 ${second} 份`,
      },
      ...{ size, second, known: true },
    })),
  ],
  prepare:
    ({ size, second, known }, random, record) =>
    (run) => {
      const answers = answersOf(random);
      const first = packet(answers, size, `first ${run}`);
      const rest = answers.filter(({ response }) => !first.has(response));
      const drawn = second === 0 ? first : new Map([...first, ...packet(rest, second, `second ${run}`)]);
      const interval = correctedMean(answers, known ? drawn : withoutInclusion(drawn));
      record.interval("released", interval, mean(answers.map(({ human }) => human)));
    },
});

/** Only answers with a low grade of the judge were rated, and nobody says how they were chosen. */
export const lowGradesOnlyScenario = defineScenario({
  name: "only-low-grades-rated",
  ground: "hard",
  title: {
    en: "Corrected mean when only answers with low grades were rated",
    zh: "只评了低分回答时的校正平均分",
  },
  fullRuns: 800,
  smallRuns: 25,
  measures: {
    released: {
      label: labels.released,
      kind: "coverage",
      each: { least: 0.92, withheldAtMost: 1 },
    },
  },
  settings: [0.5, 0.9].map((share) => ({
    label: {
      en: `${Math.round(100 * share)}% of the lowest third rated`,
      zh: `评了最低三分之一中的 ${Math.round(100 * share)}%`,
    },
    share,
  })),
  prepare:
    ({ share }, random, record) =>
    () => {
      const answers = answersOf(random);
      const scores = answers.map(({ judgeScore }) => judgeScore).sort((a, b) => a - b);
      const limit = scores[Math.floor(scores.length / 3)] as number;
      const rated = answers.filter(({ judgeScore }) => judgeScore < limit && random() < share);
      const interval = correctedMean(answers, new Map(rated.map(({ response }) => [response, null])));
      record.interval("released", interval, mean(answers.map(({ human }) => human)));
    },
});

const close: Limit = { least: -0.02, most: 0.02 };

/** Kappa in a packet that draws rare grades more often, against kappa in all answers. */
export const weightedKappaScenario = defineScenario({
  name: "kappa-of-a-packet",
  ground: "hard",
  title: {
    en: "Kappa from packets that draw low grades more often: error of the estimate",
    zh: "多抽低分回答的评分包所得 κ：估计的误差",
  },
  fullRuns: 120,
  smallRuns: 4,
  measures: {
    released: {
      label: { en: "kappa in the packet minus kappa in all answers", zh: "评分包 κ 减全部回答 κ" },
      kind: "mean",
      each: close,
    },
    unweighted: {
      label: { en: "the same without weights", zh: "不加权时" },
      kind: "mean",
    },
  },
  settings: (
    [
      ["skewed", "half of the grades at the top", "半数满分"],
      ["verySkewed", "four fifths of the grades at the top", "五分之四满分"],
    ] as const
  ).flatMap(([shape, en, zh]) =>
    [1, 5].map((criteria) => ({
      label: {
        en: `${criteria} ${criteria > 1 ? "criteria" : "criterion"}; ${en}`,
        zh: `${criteria} 项标准；${zh}`,
      },
      ...{ shape: shape as GradeShape, criteria },
    })),
  ),
  prepare:
    ({ shape, criteria }, random, record) =>
    (run) => {
      const graded = (quality: number) =>
        Array.from({ length: criteria }, () => gradeOf(quality + 0.42 * randomNormal(random), shape));
      const answers = Array.from({ length: 3000 }, (_, i) => {
        const quality = randomNormal(random);
        const [judge, rater] = [graded(quality), graded(quality)];
        return {
          ...{ response: String(i), specialty: "x", dataset: String(i % 9), judge, rater },
          judgeScore: mean(judge) / 5,
        };
      });
      const kappaOf = (some: readonly ((typeof answers)[number] & { readonly weight: number })[]) =>
        clusteredKappa(
          some.flatMap(({ response, judge, rater, weight }) =>
            judge.map((left, c) => ({ left, right: rater[c] as number, cluster: response, weight })),
          ),
          { categories: grades },
        ).estimate as number;
      const drawn = drawSample(answers, { size: 300, seed: run, raters: ["a", "b"], overlap: 0 });
      const all = kappaOf(answers.map((answer) => ({ ...answer, weight: 1 })));
      const weighted = drawn.map(({ candidate, inclusion }) => ({ ...candidate, weight: 1 / inclusion }));
      record.value("released", kappaOf(weighted) - all);
      record.value("unweighted", kappaOf(weighted.map((answer) => ({ ...answer, weight: 1 }))) - all);
    },
});
