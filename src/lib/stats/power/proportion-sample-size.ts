import { InputError } from "../../errors.js";
import { normalCritical } from "../../util/special.js";
import { checkConfidence } from "../estimate.js";

/** Options of `proportionSampleSize`. */
export interface ProportionSampleSizeOptions {
  /** Expected proportion, in [0, 1]; 0.5 requires the most items. */
  readonly p: number;
  /** Required half-width of the Wilson interval, > 0. */
  readonly halfWidth: number;
  readonly confidence?: number;
}

/**
 * Smallest number of independent items for which the Wilson interval around an expected proportion has the required
 * half-width, treating p n as a real number. Multiply by `designEffect` for grouped items.
 *
 * @throws InputError if p is outside [0, 1] or halfWidth is not positive
 * @see Wilson (1927), doi:10.1080/01621459.1927.10502953
 * @see oracle: 10-ppi-prevalence-power.json (nss-wilson-*)
 * @example proportionSampleSize({ p: 0.8, halfWidth: 0.05 }).n // 245
 */
export function proportionSampleSize({ p, halfWidth, confidence = 0.95 }: ProportionSampleSizeOptions) {
  checkConfidence("proportionSampleSize", confidence);
  if (!(p >= 0 && p <= 1) || !(halfWidth > 0)) {
    throw new InputError(
      `proportionSampleSize: p must be in [0, 1] and halfWidth > 0; got ${p} and ${halfWidth}`,
    );
  }
  const z = normalCritical(confidence);
  const width = (n: number) => (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  // The width decreases as n grows, so doubling brackets the answer and bisection finds it.
  let enough = 1;
  while (width(enough) > halfWidth) enough *= 2;
  let tooFew = Math.floor(enough / 2);
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (width(middle) > halfWidth) tooFew = middle;
    else enough = middle;
  }
  return { n: enough };
}
