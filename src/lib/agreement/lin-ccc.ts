import { type ConfidenceOptions, checkConfidence, type IntervalEstimate } from "../stats/estimate.js";
import { clamp } from "../util/clamp.js";
import { normalCritical } from "../util/special.js";
import { centeredMoments, completePairs } from "./pairs.js";

/** Options of `linCcc`. */
export interface LinCccOptions extends ConfidenceOptions {
  /** Divisor of the variances: "n" as Lin defines it (default) or "n - 1" as some packages print it. */
  readonly divisor?: "n" | "n - 1";
}

/** Result of `linCcc`. */
export interface LinCcc extends IntervalEstimate {
  readonly standardError: number | null;
  /** Precision: how close the pairs are to a line. */
  readonly pearson: number | null;
  /** Accuracy C_b: how close that line is to the diagonal, in (0, 1]. */
  readonly biasCorrection: number | null;
  /** Pairs dropped because a value is missing. */
  readonly nMissing: number;
}

/**
 * Lin's concordance correlation: agreement of two numeric series, Pearson's r times a penalty for different level and
 * spread. Interval by Fisher's z with Lin's (2000 corrected) error.
 *
 * @param x numbers, null where missing
 * @param y numbers of the same items in the same order
 * @returns undefined with a reason below two pairs or when both are constant and equal; no interval below three pairs, or
 *   when a series is constant or agreement perfect
 * @throws InputError if lengths differ or a value is NaN or infinite
 * @see Lin (1989), doi:10.2307/2532051, erratum (2000), Biometrics 56:324
 * @see oracle: R epiR::epi.ccc, 03-reliability-correlation.json
 * @example linCcc([1, 2, 3.5, 4, 7], [3, 4, 5.5, 6, 9]).estimate // 0.6774193548
 */
export function linCcc(
  x: readonly (number | null)[],
  y: readonly (number | null)[],
  { confidence = 0.95, divisor = "n" }: LinCccOptions = {},
): LinCcc {
  checkConfidence("linCcc", confidence);
  const pairs = completePairs("linCcc", x, y);
  const { n, nMissing } = pairs;
  const shared = { n, nMissing, confidence, method: `lin ccc, variances over ${divisor}` };
  const unknown = { lower: null, upper: null, standardError: null, pearson: null, biasCorrection: null };
  if (n < 2) return { ...shared, ...unknown, estimate: null, reason: "fewer than two complete pairs" };
  const { xx, yy, xy, meanX, meanY } = centeredMoments(pairs.x, pairs.y);
  const m = divisor === "n" ? n : n - 1;
  const shift = meanX - meanY;
  const spread = (xx + yy) / m + shift * shift;
  if (spread === 0)
    return { ...shared, ...unknown, estimate: null, reason: "both series are one constant: 0/0" };
  const ccc = (2 * xy) / m / spread;
  if (xx === 0 || yy === 0) {
    return {
      ...shared,
      ...unknown,
      estimate: ccc,
      reason: "a series has zero variance: no correlation, no interval",
    };
  }
  const deviations = Math.sqrt(xx * yy) / m;
  const r = clamp(xy / Math.sqrt(xx * yy), -1, 1);
  const accuracy = (2 * deviations) / spread;
  const described = { ...shared, ...unknown, estimate: ccc, pearson: r, biasCorrection: accuracy };
  if (n < 3) return { ...described, reason: "fewer than three complete pairs: no error" };
  // Lin's formula with ccc / r replaced by C_b, so that r = 0 needs no special case.
  const u2 = (shift * shift) / deviations;
  const c2 = accuracy * accuracy;
  const variance =
    ((1 - r * r) * c2 * (1 - ccc * ccc) +
      2 * ccc * ccc * accuracy * (1 - ccc) * u2 -
      (ccc * ccc * c2 * u2 * u2) / 2) /
    (n - 2);
  const standardError = Math.sqrt(Math.max(0, variance));
  if (1 - ccc * ccc < 1e-15)
    return { ...described, standardError, reason: "perfect agreement: z is infinite" };
  const z = Math.atanh(ccc);
  const half = (normalCritical(confidence) * standardError) / (1 - ccc * ccc);
  return {
    ...described,
    standardError,
    lower: Math.tanh(z - half),
    upper: Math.tanh(z + half),
    reason: null,
  };
}
