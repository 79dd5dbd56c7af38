/** A track whose tasks are partly graded by a judge, with the judge's bias planted by dataset. */
import { type Random, randomNormal } from "../../src/lib/util/random.js";
import { sum } from "../../src/lib/util/sum.js";
import type { GroupedScores } from "./hard-data.js";

/** One dataset of the track. */
export interface JudgedDataset {
  readonly dimension: number;
  /** Share in the composite. */
  readonly weight: number;
  /** Part of an item's score that is the judge's grade. */
  readonly judged: number;
  /** Mean of the scores that people would give. */
  readonly base: number;
  /** How much the judge is too lenient here. */
  readonly bias: number;
}

/** The datasets per dimension of the language-model track; the last dimension has no judge. */
const sizes = [10, 5, 10, 9, 2];

export function judgedDatasets(
  biasOf: (place: { dimension: number; index: number }) => number,
): JudgedDataset[] {
  let index = 0;
  return sizes.flatMap((size, dimension) =>
    Array.from({ length: size }, (_, i) => {
      const judged = dimension === 4 || i % 5 === 4 ? 0 : dimension === 1 && i < 2 ? 1 : 0.5;
      const base = 0.7 + 0.1 * Math.cos(index);
      const bias = judged === 0 ? 0 : biasOf({ dimension, index });
      index += 1;
      return { dimension, weight: 1 / size / sizes.length, judged, base, bias };
    }),
  );
}

/** A judged answer with the grade that people would give it. */
export interface JudgedAnswer {
  readonly dataset: number;
  readonly group: number;
  readonly judge: number;
  readonly human: number;
}

export interface JudgedTrack {
  readonly strata: readonly (GroupedScores & { readonly weight: number })[];
  readonly answers: readonly JudgedAnswer[];
}

/** How the judge errs on one answer besides the bias of its dataset: by noise, or rarely and by half the scale. */
export type JudgeError = { readonly sd: number } | { readonly rare: number };

/** Scores of one system: per dataset `groups` items, on which the judge's grade counts `judged` and the rest is objective. */
export function judgedTrack(
  random: Random,
  datasets: readonly JudgedDataset[],
  { groups, error }: { readonly groups: number; readonly error: JudgeError },
): JudgedTrack {
  const answers: JudgedAnswer[] = [];
  const miss = () => ("sd" in error ? error.sd * randomNormal(random) : random() < error.rare ? 0.5 : 0);
  const strata = datasets.map(({ weight, judged, base, bias }, dataset) => {
    const sums = Array.from({ length: groups }, (_, group) => {
      const human = base + 0.12 * randomNormal(random);
      const judge = human + bias + miss();
      if (judged > 0) answers.push({ dataset, group, judge, human });
      return judged * judge + (1 - judged) * (human + 0.1 * randomNormal(random));
    });
    return { sums, sizes: sums.map(() => 1), weight };
  });
  return { strata, answers };
}

/** The composite if people had graded every judged answer. */
export function trueComposite(datasets: readonly JudgedDataset[]): number {
  return sum(datasets.map(({ weight, base }) => weight * base));
}

/** Share of the composite that rests on the judge's grades. */
export function judgedShareOf(datasets: readonly JudgedDataset[]): number {
  return sum(datasets.map(({ weight, judged }) => weight * judged));
}
