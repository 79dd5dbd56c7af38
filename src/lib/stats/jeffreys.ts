import { betaQuantile } from "../util/special.js";
import {
  type ConfidenceOptions,
  checkBinomialCount,
  checkConfidence,
  type IntervalEstimate,
  undefinedInterval,
} from "./estimate.js";

/** Options of `jeffreysInterval`. */
export interface JeffreysOptions extends ConfidenceOptions {
  /**
   * "equal-tailed" (default): the plain posterior quantiles, never exactly 0 or 1. "brown-cai-dasgupta": the lower
   * limit is 0 without successes and the upper limit 1 without failures, as in their 2001 paper.
   */
  readonly ends?: "equal-tailed" | "brown-cai-dasgupta";
}

/**
 * Jeffreys interval for a binomial proportion: equal-tailed quantiles of Beta(x + 1/2, n - x + 1/2), the posterior
 * under the non-informative prior. Near its nominal coverage on average, unlike Clopper-Pearson's guarantee.
 *
 * @param successes integer count in [0, n]
 * @param n scored items; 0 gives an undefined result with a reason (there is only the prior)
 * @throws InputError if a count is not an integer in range, or confidence is not in (0, 1)
 * @see Brown, Cai & DasGupta (2001), doi:10.1214/ss/1009213286
 * @see oracle: statsmodels proportion_confint(method="jeffreys"), 04-proportions-paired-tests.json
 * @example jeffreysInterval(0, 10).upper // 0.2171962675
 */
export function jeffreysInterval(
  successes: number,
  n: number,
  { confidence = 0.95, ends = "equal-tailed" }: JeffreysOptions = {},
): IntervalEstimate {
  checkBinomialCount("jeffreysInterval", successes, n);
  checkConfidence("jeffreysInterval", confidence);
  const method = `jeffreys, ${ends}`;
  if (n === 0) return undefinedInterval(method, 0, confidence, "no scored items");
  const tail = (1 - confidence) / 2;
  const failures = n - successes;
  const closed = ends === "brown-cai-dasgupta";
  return {
    estimate: successes / n,
    lower: closed && successes === 0 ? 0 : betaQuantile(tail, successes + 0.5, failures + 0.5),
    upper: closed && failures === 0 ? 1 : betaQuantile(1 - tail, successes + 0.5, failures + 0.5),
    n,
    confidence,
    method,
    reason: null,
  };
}
