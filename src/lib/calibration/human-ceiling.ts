import { InputError } from "../errors.js";
import { bootstrapUnits } from "../stats/bootstrap.js";
import type { BootstrapOptions, BootstrapResult } from "../stats/bootstrap-summary.js";
import { median } from "../stats/descriptive.js";
import { mean } from "../util/sum.js";

/** Agreement of two score lists over the same items; null or NaN where undefined. */
export type AgreementStatistic = (left: readonly number[], right: readonly number[]) => number | null;

/** Options of `humanCeiling`. */
export interface HumanCeilingOptions extends BootstrapOptions {
  /** How to combine the other raters: "mean" (default), "median", or "majority" (items with a tie are left out). */
  readonly panel?: "mean" | "median" | "majority";
}

/** Result of `humanCeiling`: how well people agree with each other. */
export interface HumanCeiling {
  /** Mean over raters of the agreement of one rater with the panel of the others. */
  readonly human: BootstrapResult;
  /** Mean over the same panels of the judge's agreement with them; null without a judge. */
  readonly judge: BootstrapResult | null;
  /** Judge minus human, from the same resamples; null without a judge. */
  readonly difference: BootstrapResult | null;
  /** Agreement of each rater with the others; null where undefined. */
  readonly perRater: readonly {
    readonly rater: number;
    readonly n: number;
    readonly agreement: number | null;
  }[];
}

/**
 * How well people agree with each other, as a benchmark for a judge: compares each rater with the panel of the others,
 * and the judge with the same panels. Comparing the judge with the panel of all raters would be unfair to the people,
 * who are compared with one rater fewer. Intervals by bootstrap over items.
 *
 * @param ratings one row per item, one column per rater; null is missing; items with one rating are not used
 * @param statistic agreement on the items that both sides scored, such as a kappa or a correlation
 * @param judge the judge's score per item; null is missing
 * @throws InputError if rows are ragged, there is no item, or lengths differ
 * @see Calderon, Reichart & Dror (2025), arXiv:2501.10970, for the leave-one-out comparison
 * @example humanCeiling([[1, 1], [0, 1], [0, 0], [1, 1]], (a, b) => a.filter((score, i) => score === b[i]).length / a.length).human.estimate // 0.75
 */
export function humanCeiling(
  ratings: readonly (readonly (number | null)[])[],
  statistic: AgreementStatistic,
  { panel = "mean", ...bootstrap }: HumanCeilingOptions = {},
  judge?: readonly (number | null)[],
): HumanCeiling {
  const nRaters = ratings[0]?.length ?? 0;
  if (nRaters < 2 || ratings.some((row) => row.length !== nRaters)) {
    throw new InputError(
      `humanCeiling: needs rows of equal length with at least two raters; got ${nRaters} raters`,
    );
  }
  if (judge !== undefined && judge.length !== ratings.length) {
    throw new InputError(`humanCeiling: ${judge.length} judge scores for ${ratings.length} items`);
  }
  const combine = { mean, median, majority }[panel];
  const panels = Array.from({ length: nRaters }, (_, rater) =>
    ratings.map((row) => {
      const others = row.filter((score, other): score is number => other !== rater && score !== null);
      const value = row[rater] === null || others.length === 0 ? null : combine(others);
      return value === null || Number.isNaN(value) ? null : value;
    }),
  );
  const agreement = (
    scores: (item: number) => number | null,
    rater: number,
    positions: ArrayLike<number>,
  ) => {
    const left: number[] = [];
    const right: number[] = [];
    for (let k = 0; k < positions.length; k += 1) {
      const item = positions[k]!;
      const score = scores(item);
      const other = panels[rater]![item] ?? null;
      if (score === null || other === null) continue;
      left.push(score);
      right.push(other);
    }
    return { n: left.length, agreement: left.length === 0 ? null : statistic(left, right) };
  };
  const everything = Int32Array.from(ratings, (_, item) => item);
  const ofRater = (rater: number) => (item: number) => ratings[item]![rater] ?? null;
  const overRaters = (
    scores: (rater: number) => (item: number) => number | null,
    positions: ArrayLike<number>,
  ) => {
    const values = panels.map((_, rater) => agreement(scores(rater), rater, positions).agreement);
    const defined = values.filter((value): value is number => value !== null && !Number.isNaN(value));
    return defined.length === 0 ? Number.NaN : mean(defined);
  };
  const human = bootstrapUnits(ratings.length, (at) => overRaters(ofRater, at), bootstrap);
  const perRater = panels.map((_, rater) => {
    const value = agreement(ofRater(rater), rater, everything);
    return { rater, n: value.n, agreement: Number.isNaN(value.agreement) ? null : value.agreement };
  });
  if (judge === undefined) return { human, judge: null, difference: null, perRater };
  const ofJudge = () => (item: number) => judge[item] ?? null;
  return {
    human,
    judge: bootstrapUnits(ratings.length, (at) => overRaters(ofJudge, at), bootstrap),
    difference: bootstrapUnits(
      ratings.length,
      (at) => overRaters(ofJudge, at) - overRaters(ofRater, at),
      bootstrap,
    ),
    perRater,
  };
}

/** The most frequent score; null on a tie. */
function majority(scores: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const score of scores) counts.set(score, (counts.get(score) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const winners = [...counts].filter(([, count]) => count === most);
  return winners.length === 1 ? winners[0]![0] : null;
}
