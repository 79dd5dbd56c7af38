import { groupBy } from "../util/group-by.js";
import { add, at, cell, column } from "../util/indexing.js";
import { choleskyFactor, choleskySolve } from "../util/linear-algebra.js";
import { chiSquareCdf } from "../util/special.js";
import { sum } from "../util/sum.js";

/** A judged answer that could have been rated. */
export interface RatableAnswer {
  /** Independent unit: the item. */
  readonly cluster: string;
  /** Answers of one stratum were equally likely to be rated, if they were drawn at random. */
  readonly stratum: string;
  /** The judge's grade. */
  readonly score: number;
  readonly isRated: boolean;
}

/** Shares of answers with a low, a middle and a high grade by the judge; they sum to 1. */
export type GradeShares = readonly [low: number, middle: number, high: number];

/** Whether rated answers look like a random sample of the judged ones. */
export interface RatingSelection {
  /** Of no difference between rated and other answers; null if there is nothing to compare. */
  readonly p: number | null;
  readonly rated: GradeShares;
  /** Of the answers without a rating. */
  readonly others: GradeShares;
}

/**
 * Compares the judge's grades of rated answers with those of the others, in thirds of all grades: ratings of answers that
 * looked wrong cannot correct a score. A stratified test of association (generalized Mantel-Haenszel): observed minus expected counts
 * over the strata, with their hypergeometric covariance, inflated where answers of one item were rated together.
 *
 * @returns p null if all or no answers were rated, or all have the same grade
 * @see Landis, Heyman & Koch (1978), doi:10.2307/1402373
 * @example ratingSelection([0.1, 0.2, 0.5, 0.6, 0.8, 0.9].map((score, i) => ({ cluster: `${i}`, stratum: "", score, isRated: score < 0.3 }))).rated // [1, 0, 0]
 */
export function ratingSelection(answers: readonly RatableAnswer[]): RatingSelection {
  const scores = answers.map(({ score }) => score).sort((a, b) => a - b);
  const cut = (share: number) => scores[Math.floor(share * scores.length)] ?? 0;
  const [low, high] = [cut(1 / 3), cut(2 / 3)];
  const third = ({ score }: RatableAnswer) => Number(score >= low) + Number(score >= high);
  const sharesOf = (own: readonly RatableAnswer[]): GradeShares => {
    const share = (wanted: number) =>
      own.length === 0 ? 0 : own.filter((answer) => third(answer) === wanted).length / own.length;
    return [share(0), share(1), share(2)];
  };
  const shares = {
    rated: sharesOf(answers.filter(({ isRated }) => isRated)),
    others: sharesOf(answers.filter(({ isRated }) => !isRated)),
  };
  // One of the thirds that occur follows from the others.
  const thirds = [0, 1, 2].filter((wanted) => answers.some((answer) => third(answer) === wanted)).slice(1);
  const difference = thirds.map(() => 0);
  const covariance = thirds.map(() => thirds.map(() => 0));
  const contributions = new Map<string, number[]>();
  for (const own of groupBy(answers, ({ stratum }) => stratum).values()) {
    const n = own.filter(({ isRated }) => isRated).length;
    if (n === 0 || n === own.length) continue;
    const expected = thirds.map(
      (wanted) => own.filter((answer) => third(answer) === wanted).length / own.length,
    );
    const factor = (n * (own.length - n)) / (own.length - 1);
    for (const [i, row] of covariance.entries()) {
      for (const j of row.keys()) add(row, j, factor * at(expected, i) * (Number(i === j) - at(expected, j)));
    }
    for (const answer of own) {
      const surprise = Number(answer.isRated) - n / own.length;
      const part = contributions.get(answer.cluster) ?? thirds.map(() => 0);
      contributions.set(answer.cluster, part);
      for (const [i, wanted] of thirds.entries()) {
        const value = surprise * (Number(third(answer) === wanted) - at(expected, i));
        add(part, i, value);
        add(difference, i, value);
      }
    }
  }
  const factor = thirds.length === 0 ? null : choleskyFactor(covariance);
  if (factor === null) return { p: null, ...shares };
  const clustered = thirds.map((_, i) =>
    thirds.map((__, j) => sum([...contributions.values()].map((part) => at(part, i) * at(part, j)))),
  );
  const statistic = sum([...choleskySolve(factor, difference)].map((value, i) => value * at(difference, i)));
  // Answers to different items are independent, and their covariance is exact.
  const isClustered = contributions.size < answers.length;
  const inflation = isClustered ? Math.max(1, largestRatio(factor, clustered)) : 1;
  return { p: 1 - chiSquareCdf(statistic / inflation, thirds.length), ...shares };
}

/** Largest ratio of two variances of the same contrast: of a covariance to one given by its Cholesky factor; at most 2 x 2. */
function largestRatio(factor: readonly Float64Array[], covariance: readonly (readonly number[])[]): number {
  // The eigenvalues of V^-1 C, from its trace and its determinant.
  const ratios = covariance.map((_, j) => choleskySolve(factor, column(covariance, j)));
  const trace = sum(ratios.map((own, j) => at(own, j)));
  if (ratios.length === 1) return trace;
  const determinant = cell(ratios, 0, 0) * cell(ratios, 1, 1) - cell(ratios, 0, 1) * cell(ratios, 1, 0);
  return trace / 2 + Math.sqrt(Math.max(0, trace ** 2 / 4 - determinant));
}

/** False alarms of `ratingSelection` that are accepted over all the runs of a judge version together. */
export const selectionLevel = 0.01;
