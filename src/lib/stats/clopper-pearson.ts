import { betaQuantile } from "../util/special.js";
import {
  type ConfidenceOptions,
  checkBinomialCount,
  checkConfidence,
  type IntervalEstimate,
  undefinedInterval,
} from "./estimate.js";

/**
 * Clopper-Pearson ("exact") interval for a binomial proportion: coverage is never below the nominal level, so it is
 * wider than Wilson's. Use it for claims that must hold in the worst case, such as safety.
 *
 * @param successes integer count in [0, n]
 * @param n scored items; 0 gives an undefined result with a reason
 * @throws InputError if a count is not an integer in range, or confidence is not in (0, 1)
 * @see Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404
 * @see oracle: statsmodels proportion_confint(method="beta"), 04-proportions-paired-tests.json
 * @example clopperPearsonInterval(0, 10).upper // 0.3084971078
 */
export function clopperPearsonInterval(
  successes: number,
  n: number,
  { confidence = 0.95 }: ConfidenceOptions = {},
): IntervalEstimate {
  checkBinomialCount("clopperPearsonInterval", successes, n);
  checkConfidence("clopperPearsonInterval", confidence);
  if (n === 0) return undefinedInterval("clopper-pearson", 0, confidence, "no scored items");
  const tail = (1 - confidence) / 2;
  const failures = n - successes;
  return {
    estimate: successes / n,
    lower: successes === 0 ? 0 : betaQuantile(tail, successes, failures + 1),
    upper: failures === 0 ? 1 : betaQuantile(1 - tail, successes + 1, failures),
    n,
    confidence,
    method: "clopper-pearson",
    reason: null,
  };
}
