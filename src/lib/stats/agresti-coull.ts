import { normalCritical } from "../util/special.js";
import {
  type ConfidenceOptions,
  checkBinomialCount,
  checkConfidence,
  type IntervalEstimate,
  undefinedInterval,
} from "./estimate.js";

/** Options of `agrestiCoullInterval`. */
export interface AgrestiCoullOptions extends ConfidenceOptions {
  /** Clip the bounds to [0, 1]. Default true; the plain formula can go beyond either end. */
  readonly clip?: boolean;
}

/**
 * Agresti-Coull interval for a binomial proportion: the normal interval after adding z²/2 successes and failures.
 * Simple to explain and slightly wider than Wilson's, with which it shares the midpoint.
 *
 * @param successes integer count in [0, n]
 * @param n scored items; 0 gives an undefined result with a reason
 * @throws InputError if a count is not an integer in range, or confidence is not in (0, 1)
 * @see Agresti & Coull (1998), doi:10.1080/00031305.1998.10480550
 * @see oracle: statsmodels proportion_confint(method="agresti_coull"), 04-proportions-paired-tests.json
 * @example agrestiCoullInterval(0, 10).upper // 0.3208873058
 */
export function agrestiCoullInterval(
  successes: number,
  n: number,
  { confidence = 0.95, clip = true }: AgrestiCoullOptions = {},
): IntervalEstimate {
  checkBinomialCount("agrestiCoullInterval", successes, n);
  checkConfidence("agrestiCoullInterval", confidence);
  const method = clip ? "agresti-coull, clipped" : "agresti-coull";
  if (n === 0) return undefinedInterval(method, 0, confidence, "no scored items");
  const z = normalCritical(confidence);
  const size = n + z * z;
  const center = (successes + (z * z) / 2) / size;
  const half = z * Math.sqrt((center * (1 - center)) / size);
  return {
    estimate: successes / n,
    lower: clip ? Math.max(0, center - half) : center - half,
    upper: clip ? Math.min(1, center + half) : center + half,
    n,
    confidence,
    method,
    reason: null,
  };
}
