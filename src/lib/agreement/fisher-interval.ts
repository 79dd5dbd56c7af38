import { InputError } from "../errors.js";
import { checkConfidence } from "../stats/estimate.js";
import { normalCritical } from "../util/special.js";

/**
 * Interval for a statistic that is bounded by -1 and 1 (kappa, AC1, a correlation), symmetric on the scale of Fisher's
 * z: tanh(atanh(estimate) -+ z SE / (1 - estimate^2)). It stays inside [-1, 1].
 *
 * It fits a published coefficient of which only the estimate and its error are known. From the ratings themselves,
 * `clusteredKappa` gives a better one, with degrees of freedom and an upper end that allows for rare grades which the sample
 * does not show.
 *
 * @param estimate in [-1, 1], or null
 * @param standardError large-sample standard error of the estimate itself, or null
 * @returns null with a reason if either is undefined, at an estimate of -1 or 1, and for a standard error of 0
 * @throws InputError if the estimate is outside [-1, 1] or the error is negative
 * @see Fisher (1921); for agreement coefficients: Blackman & Koval (2000), doi:10.1002/(SICI)1097-0258(20000315)19:5<723::AID-SIM379>3.0.CO;2-A
 * @example fisherInterval(0.6, 0.1).lower // 0.3686870987
 */
export function fisherInterval(
  estimate: number | null,
  standardError: number | null,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): { readonly lower: number | null; readonly upper: number | null; readonly reason: string | null } {
  checkConfidence("fisherInterval", confidence);
  if (estimate === null || standardError === null) {
    return { lower: null, upper: null, reason: "no estimate with a standard error" };
  }
  if (!(Math.abs(estimate) <= 1) || !(standardError >= 0)) {
    throw new InputError(
      `fisherInterval: estimate must be in [-1, 1] and the standard error >= 0; got ${estimate} and ${standardError}`,
    );
  }
  if (Math.abs(estimate) === 1 || standardError === 0) {
    return { lower: null, upper: null, reason: "the data show no disagreement to estimate an error from" };
  }
  const center = Math.atanh(estimate);
  const half = (normalCritical(confidence) * standardError) / (1 - estimate ** 2);
  return { lower: Math.tanh(center - half), upper: Math.tanh(center + half), reason: null };
}
