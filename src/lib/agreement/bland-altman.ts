import { type ConfidenceOptions, checkConfidence } from "../stats/estimate.js";
import { at, zip } from "../util/indexing.js";
import { tCritical } from "../util/special.js";
import { dot, sum } from "../util/sum.js";
import { designWeightsOf, effectiveNumber } from "./design-weights.js";
import { completePairs } from "./pairs.js";

/** A value with its confidence interval; null where undefined. */
export interface Limit {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Result of `blandAltman`: bias and limits of agreement. */
export interface BlandAltman {
  /** Mean of a - b with its t interval. */
  readonly bias: Limit;
  readonly standardDeviation: number | null;
  readonly lowerLimit: Limit;
  readonly upperLimit: Limit;
  readonly standardErrorBias: number | null;
  /** Bland & Altman (1986), approximate: sqrt(3 / n) sd. The limits' intervals use it. */
  readonly standardErrorLimit: number | null;
  /** Bland & Altman (1999): from the exact variance. */
  readonly standardErrorLimitExact: number | null;
  readonly n: number;
  readonly nMissing: number;
  readonly confidence: number;
  readonly method: "bland-altman, 1.96 sd";
  readonly reason: string | null;
}

/** Options of `blandAltman`. */
export interface BlandAltmanOptions extends ConfidenceOptions {
  /**
   * Pairs of the population that each pair represents: the inverse of its probability of being rated. Only the ratios
   * matter. Default: all equal.
   */
  readonly designWeights?: readonly number[];
}

/** The published convention, not the quantile 1.959964. */
const limitFactor = 1.96;

/**
 * Bland-Altman limits of agreement: the mean difference of two raters and the range that contains about 95 % of the
 * differences. Assumes that differences are roughly normal and unrelated to the level: look at the plot.
 *
 * @param a numbers, null where missing
 * @param b numbers of the same items in the same order; differences are a - b
 * @returns only the bias for one pair and nothing for none, each with a reason. `confidence` applies to the intervals
 *   of the bias and of the limits; the limits themselves are bias ± 1.96 sd
 * @throws InputError if lengths differ or a value is NaN or infinite
 * @see Bland & Altman (1986), doi:10.1016/S0140-6736(86)90837-8; (1999), doi:10.1177/096228029900800204
 * @see oracle: closed form on the published data, 03-reliability-correlation.json
 * @example blandAltman([1, 2, 4], [1, 3, 3]).bias.estimate // 0
 */
export function blandAltman(
  a: readonly (number | null)[],
  b: readonly (number | null)[],
  { confidence = 0.95, designWeights }: BlandAltmanOptions = {},
): BlandAltman {
  checkConfidence("blandAltman", confidence);
  const { x, y, n, nMissing } = completePairs("blandAltman", a, b);
  const shared = { n, nMissing, confidence, method: "bland-altman, 1.96 sd" as const };
  const none: Limit = { estimate: null, lower: null, upper: null };
  const differences = zip(x, y).map(([left, right]) => left - right);
  if (n < 2) {
    return {
      ...shared,
      bias: { ...none, estimate: differences[0] ?? null },
      standardDeviation: null,
      lowerLimit: none,
      upperLimit: none,
      standardErrorBias: null,
      standardErrorLimit: null,
      standardErrorLimitExact: null,
      reason: n === 0 ? "no complete pairs" : "one pair: the differences have no spread",
    };
  }
  const complete = (_: unknown, i: number) => a[i] !== null && b[i] !== null;
  const all = designWeightsOf("blandAltman", designWeights, a.length);
  const weights = designWeightsOf("blandAltman", [...all].filter(complete), n);
  // Weighted pairs are as informative as this many equal ones.
  const size = effectiveNumber(weights);
  const bias = dot(weights, differences) / n;
  const squares = sum(differences.map((difference, i) => at(weights, i) * (difference - bias) ** 2));
  const sd = Math.sqrt(squares / (n - 1));
  const t = tCritical(confidence, Math.max(1, size - 1));
  const standardErrorBias = sd / Math.sqrt(size);
  const standardErrorLimit = Math.sqrt(3 / size) * sd;
  const around = (estimate: number, error: number): Limit => {
    return { estimate, lower: estimate - t * error, upper: estimate + t * error };
  };
  return {
    ...shared,
    bias: around(bias, standardErrorBias),
    standardDeviation: sd,
    lowerLimit: around(bias - limitFactor * sd, standardErrorLimit),
    upperLimit: around(bias + limitFactor * sd, standardErrorLimit),
    standardErrorBias,
    standardErrorLimit,
    standardErrorLimitExact: sd * Math.sqrt(1 / size + limitFactor ** 2 / (2 * (size - 1))),
    reason: null,
  };
}
