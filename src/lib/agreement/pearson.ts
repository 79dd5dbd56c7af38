import { type ConfidenceOptions, checkConfidence, type IntervalEstimate } from "../stats/estimate.js";
import { midRanks } from "../stats/ranks.js";
import { clamp } from "../util/clamp.js";
import { normalCritical, tTwoSided } from "../util/special.js";
import { centeredMoments, completePairs } from "./pairs.js";

/** A correlation coefficient with its interval. */
export interface Correlation extends IntervalEstimate {
  /** Two-sided test of no correlation. */
  readonly pValue: number | null;
  /** Pairs dropped because a value is missing. */
  readonly nMissing: number;
}

/**
 * Pearson's correlation with Fisher's z interval and the t test on n - 2 degrees of freedom. It measures linear
 * association, not agreement: a judge that is always two points too high has r = 1; see `linCcc`.
 *
 * @param x numbers, null where missing
 * @param y numbers of the same items in the same order
 * @returns undefined with a reason below two pairs or when a series is constant; no interval and test below three
 * @throws InputError if lengths differ or a value is NaN or infinite
 * @see Fisher (1915), doi:10.2307/2331838
 * @see oracle: scipy.stats.pearsonr, 03-reliability-correlation.json
 * @example pearson([1, 2, 3], [2, 4, 7]).estimate // 0.9933992678
 */
export function pearson(
  x: readonly (number | null)[],
  y: readonly (number | null)[],
  { confidence = 0.95 }: ConfidenceOptions = {},
): Correlation {
  checkConfidence("pearson", confidence);
  const pairs = completePairs("pearson", x, y);
  const { n, nMissing } = pairs;
  const shared = { n, nMissing, confidence, method: "pearson, Fisher z interval" };
  const r = correlation(pairs.x, pairs.y);
  const unknown = { estimate: null, lower: null, upper: null, pValue: null };
  if (r === null) return { ...shared, ...unknown, reason: whyUndefined(pairs.x, pairs.y) };
  if (n < 3)
    return {
      ...shared,
      ...unknown,
      estimate: r,
      reason: "two pairs are always on a line: no interval or test",
    };
  const half = normalCritical(confidence) / Math.sqrt(n - 3);
  return {
    ...shared,
    estimate: r,
    // With |r| = 1 or three pairs, z or its width is infinite, and the limits are the ends of the scale.
    lower: n === 3 ? -1 : Math.tanh(Math.atanh(r) - half),
    upper: n === 3 ? 1 : Math.tanh(Math.atanh(r) + half),
    pValue: correlationTest(r, n),
    reason: null,
  };
}

/**
 * Spearman's rank correlation: Pearson's r of mid-ranks, tested by t on n - 2 degrees of freedom (an approximation,
 * good from about ten pairs). There is no reliable formula for its interval with ties: use `bootstrapUnits`.
 *
 * @param x numbers, null where missing
 * @param y numbers of the same items in the same order
 * @returns as for `pearson`, always without an interval
 * @throws InputError if lengths differ or a value is NaN or infinite
 * @see Spearman (1904), doi:10.2307/1412159
 * @see oracle: scipy.stats.spearmanr, 03-reliability-correlation.json
 * @example spearman([1, 2, 3, 4], [1, 3, 2, 4]).estimate // 0.8
 */
export function spearman(
  x: readonly (number | null)[],
  y: readonly (number | null)[],
): Omit<Correlation, "lower" | "upper" | "confidence"> {
  const pairs = completePairs("spearman", x, y);
  const { n, nMissing } = pairs;
  const shared = { n, nMissing, method: "spearman, t approximation" };
  const rho = correlation(midRanks(pairs.x), midRanks(pairs.y));
  if (rho === null)
    return { ...shared, estimate: null, pValue: null, reason: whyUndefined(pairs.x, pairs.y) };
  if (n < 3) return { ...shared, estimate: rho, pValue: null, reason: "two pairs allow no test" };
  return { ...shared, estimate: rho, pValue: correlationTest(rho, n), reason: null };
}

/**
 * Pearson's r; null below two pairs or without variance.
 *
 * @example correlation([1, 2, 3], [1, 3, 2]) // 0.5
 */
export function correlation(x: readonly number[], y: readonly number[]): number | null {
  const { xx, yy, xy } = centeredMoments(x, y);
  if (xx === 0 || yy === 0) return null;
  return clamp(xy / Math.sqrt(xx * yy), -1, 1);
}

function correlationTest(r: number, n: number): number {
  return tTwoSided(r * Math.sqrt((n - 2) / ((1 - r) * (1 + r))), n - 2);
}

function whyUndefined(x: readonly number[], y: readonly number[]): string {
  if (x.length < 2) return "fewer than two complete pairs";
  return centeredMoments(x, y).xx === 0 ? "x has zero variance" : "y has zero variance";
}
