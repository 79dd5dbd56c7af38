import { normalCritical } from "../util/special.js";
import {
  type ConfidenceOptions,
  checkBinomialCount,
  checkConfidence,
  type IntervalEstimate,
  undefinedInterval,
} from "./estimate.js";

/**
 * Wilson score interval for a binomial proportion, without continuity correction. Bounds stay in [0, 1] and never
 * collapse at 0 or n successes, which makes it the default for binary cells.
 *
 * Assumes independent items: if several rows share a question or a patient, use `clusterMean`.
 *
 * @param successes integer count in [0, n]
 * @param n scored items; 0 gives an undefined result with a reason. Unscored items are not counted
 * @throws InputError if a count is not an integer in range, or confidence is not in (0, 1)
 * @see Wilson (1927), doi:10.1080/01621459.1927.10502953
 * @see oracle: R `prop.test(x, n, correct = FALSE)`, 04-proportions-paired-tests.json
 * @example wilsonInterval(8, 10).lower // 0.4901624715
 */
export function wilsonInterval(
  successes: number,
  n: number,
  { confidence = 0.95 }: ConfidenceOptions = {},
): IntervalEstimate {
  checkBinomialCount("wilsonInterval", successes, n);
  checkConfidence("wilsonInterval", confidence);
  if (n === 0) return undefinedInterval("wilson", 0, confidence, "no scored items");
  const z2 = normalCritical(confidence) ** 2;
  const failures = n - successes;
  const half = Math.sqrt(z2 * ((successes * failures) / n + z2 / 4));
  return {
    estimate: successes / n,
    // Exactly 0 without successes, where half is z2 / 2 to the last bit; the other end would differ from 1 because of
    // rounding.
    lower: (successes + z2 / 2 - half) / (n + z2),
    upper: failures === 0 ? 1 : (successes + z2 / 2 + half) / (n + z2),
    n,
    confidence,
    method: "wilson",
    reason: null,
  };
}
