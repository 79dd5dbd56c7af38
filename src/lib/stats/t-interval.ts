import { tCritical, tTwoSided } from "../util/special.js";
import { sum } from "../util/sum.js";
import { sampleVariance } from "./descriptive.js";
import {
  type ConfidenceOptions,
  checkConfidence,
  checkFinite,
  type IntervalEstimate,
  undefinedInterval,
} from "./estimate.js";

/** Options of `tInterval`. */
export interface TIntervalOptions extends ConfidenceOptions {
  /** Mean under the null hypothesis of the test. Default 0. */
  readonly nullValue?: number;
}

/** Result of `tInterval`. */
export interface TInterval extends IntervalEstimate {
  readonly standardError: number | null;
  /** n - 1; null without data. */
  readonly degreesOfFreedom: number | null;
  readonly statistic: number | null;
  /** Two-sided. */
  readonly pValue: number | null;
}

/**
 * Student's t interval for the mean of independent values, and the one-sample t test against `nullValue`. Pass
 * differences for the paired test. If rows share a question, use `clusterMean`.
 *
 * @param values finite numbers
 * @returns only the mean with one value; with zero variance a degenerate interval and no test, with a reason
 * @throws InputError if a value is not finite or confidence is not in (0, 1)
 * @see Student (1908), doi:10.2307/2331554
 * @see oracle: scipy.stats.ttest_1samp, 04-proportions-paired-tests.json
 * @example tInterval([1, 2, 3]).standardError // 0.5773502692
 */
export function tInterval(
  values: readonly number[],
  { confidence = 0.95, nullValue = 0 }: TIntervalOptions = {},
): TInterval {
  checkFinite("tInterval", "values", values);
  checkConfidence("tInterval", confidence);
  const n = values.length;
  const method = "t interval";
  const untested = { standardError: null, statistic: null, pValue: null };
  if (n === 0) {
    return { ...undefinedInterval(method, 0, confidence, "no values"), ...untested, degreesOfFreedom: null };
  }
  const estimate = sum(values) / n;
  if (n === 1) {
    const empty = undefinedInterval(method, 1, confidence, "one value has no variance");
    return { ...empty, ...untested, estimate, degreesOfFreedom: 0 };
  }
  const standardError = Math.sqrt(sampleVariance(values) / n);
  const half = tCritical(confidence, n - 1) * standardError;
  const statistic = standardError === 0 ? null : (estimate - nullValue) / standardError;
  return {
    estimate,
    lower: estimate - half,
    upper: estimate + half,
    standardError,
    degreesOfFreedom: n - 1,
    statistic,
    pValue: statistic === null ? null : tTwoSided(statistic, n - 1),
    n,
    confidence,
    method,
    reason: statistic === null ? "zero variance: the interval is a point and there is no t statistic" : null,
  };
}
