import { InputError } from "../../errors.js";
import { normalCdf, normalCritical, normalQuantile } from "../../util/special.js";
import { checkConfidence } from "../estimate.js";
import { type ClusteredDesign, designEffect } from "./mean-sample-size.js";

/** A planned comparison of two systems on the same items. */
export interface PairedDesign extends ClusteredDesign {
  /** Standard deviation, over rows, of the difference between the two systems' scores on the same row. */
  readonly sdDifference: number;
  /** Two-sided confidence of the test. Default 0.95, a 5 % test. */
  readonly confidence?: number;
}

/** Normal standard error of a mean paired difference over n rows. */
function standardErrorOf(
  caller: string,
  n: number,
  { sdDifference, confidence = 0.95, ...design }: PairedDesign,
) {
  checkConfidence(caller, confidence);
  if (!(n > 0) || !(sdDifference >= 0 && Number.isFinite(sdDifference))) {
    throw new InputError(`${caller}: n must be > 0 and sdDifference >= 0; got ${n} and ${sdDifference}`);
  }
  return { error: sdDifference * Math.sqrt(designEffect(design) / n), z: normalCritical(confidence) };
}

/**
 * Probability that a two-sided normal test on n shared rows detects a true mean difference, counting both tails.
 *
 * @example powerOfDifference({ difference: 0.05, n: 500, sdDifference: 0.5 }) // 0.6087794846
 */
export function powerOfDifference({
  difference,
  n,
  ...design
}: PairedDesign & { readonly difference: number; readonly n: number }): number {
  const { error, z } = standardErrorOf("powerOfDifference", n, design);
  if (error === 0) return difference === 0 ? 0 : 1;
  const shift = Math.abs(difference) / error;
  return normalCdf(shift - z) + normalCdf(-shift - z);
}

/**
 * Smallest true difference between two systems on the same n rows that a two-sided test detects with the given power:
 * (z + z_power) SE. A board that orders systems by smaller gaps orders them by noise.
 *
 * @param power in (0, 1); default 0.8
 * @see Bloom (1995), doi:10.1177/0193841X9501900504
 * @example minimumDetectableDifference({ n: 500, sdDifference: 0.5 }) // 0.0626453499
 */
export function minimumDetectableDifference({
  n,
  power = 0.8,
  ...design
}: PairedDesign & { readonly n: number; readonly power?: number }): number {
  return detectable("minimumDetectableDifference", n, power, design);
}

function detectable(caller: string, n: number, power: number, design: PairedDesign): number {
  if (!(power > 0 && power < 1)) {
    throw new InputError(`${caller}: power must be in (0, 1); got ${power}`, {
      hint: "Write power as a proportion: 0.8, not 80.",
    });
  }
  const { error, z } = standardErrorOf(caller, n, design);
  return (z + normalQuantile(power)) * error;
}

/**
 * Number of shared rows that two systems need to detect a true mean difference with the given power (normal
 * approximation, ignoring the far tail): ceil(((z + z_power) sd / difference)^2 * deff).
 *
 * @throws InputError if the difference is 0
 * @example differenceSampleSize({ difference: 0.05, sdDifference: 0.5 }).n // 785
 */
export function differenceSampleSize({
  difference,
  power = 0.8,
  ...design
}: PairedDesign & { readonly difference: number; readonly power?: number }) {
  if (!(Math.abs(difference) > 0)) {
    throw new InputError(`differenceSampleSize: difference must not be 0; got ${difference}`);
  }
  const nReal = (detectable("differenceSampleSize", 1, power, design) / difference) ** 2;
  return { n: Math.ceil(nReal), nReal };
}
