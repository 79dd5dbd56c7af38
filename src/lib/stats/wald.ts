import { normalCritical } from "../util/special.js";
import {
  type ConfidenceOptions,
  checkBinomialCount,
  checkConfidence,
  type IntervalEstimate,
  undefinedInterval,
} from "./estimate.js";

/**
 * Wald interval for a binomial proportion, p ± z sqrt(p (1 - p) / n), unclipped: the textbook formula, kept for
 * comparison. It collapses to a point at 0 and n successes and its coverage is too low below a few hundred items;
 * report `wilsonInterval`.
 *
 * @param successes integer count in [0, n]
 * @param n scored items; 0 gives an undefined result with a reason
 * @throws InputError if a count is not an integer in range, or confidence is not in (0, 1)
 * @see Brown, Cai & DasGupta (2001), doi:10.1214/ss/1009213286
 * @see oracle: statsmodels proportion_confint(method="normal"), 04-proportions-paired-tests.json
 * @example waldInterval(0, 10).upper // 0
 */
export function waldInterval(
  successes: number,
  n: number,
  { confidence = 0.95 }: ConfidenceOptions = {},
): IntervalEstimate {
  checkBinomialCount("waldInterval", successes, n);
  checkConfidence("waldInterval", confidence);
  if (n === 0) return undefinedInterval("wald", 0, confidence, "no scored items");
  const estimate = successes / n;
  const half = normalCritical(confidence) * Math.sqrt((estimate * (1 - estimate)) / n);
  return {
    estimate,
    lower: estimate - half,
    upper: estimate + half,
    n,
    confidence,
    method: "wald",
    reason: null,
  };
}
