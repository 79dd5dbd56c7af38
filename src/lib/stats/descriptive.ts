import { sum } from "../util/sum.js";
import { checkFinite } from "./estimate.js";
import { quantileSorted } from "./quantile.js";

/**
 * Sample variance, divisor n - 1, in two passes around the mean so that a large common offset costs no digits.
 * NaN with fewer than two values.
 *
 * @example sampleVariance([1e15, 1e15 + 1, 1e15 + 1]) // 1 / 3
 */
export function sampleVariance(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const center = sum(values) / values.length;
  const deviations = values.map((value) => value - center);
  // The deviations sum to zero except for the rounding error of the center, which for equal decimals would look like
  // variance. Subtracting the remaining sum removes it; for equal values it does so exactly, because all deviations are
  // the same few bits.
  const rest = sum(deviations);
  return Math.max(
    0,
    (sum(deviations.map((d) => d * d)) - (rest * rest) / values.length) / (values.length - 1),
  );
}

/**
 * Median: the mean of the two middle values for an even number of values; NaN for an empty list.
 *
 * @example median([4, 1, 3, 2]) // 2.5
 */
export function median(values: readonly number[]): number {
  return quantileSorted(Float64Array.from(values).sort(), 0.5);
}

/** Result of `describe`. */
export interface Description {
  /** Values that were used. */
  readonly n: number;
  /** Entries that were null. */
  readonly nMissing: number;
  readonly mean: number | null;
  /** Sample standard deviation, divisor n - 1; null with one value. */
  readonly standardDeviation: number | null;
  readonly minimum: number | null;
  readonly firstQuartile: number | null;
  readonly median: number | null;
  readonly thirdQuartile: number | null;
  readonly maximum: number | null;
  readonly reason: string | null;
}

/**
 * Describes numbers: count, mean, standard deviation, five-number summary (type 7 quantiles). Missing values are
 * counted, not imputed.
 *
 * @param values finite numbers, null where missing
 * @returns all statistics null with a reason if no value is left; only the standard deviation null with one value
 * @throws InputError if a value is NaN or infinite
 * @example describe([1, null, 3]).mean // 2
 */
export function describe(values: readonly (number | null)[]): Description {
  const present = values.filter((value) => value !== null);
  checkFinite("describe", "values", present);
  const n = present.length;
  const nMissing = values.length - n;
  if (n === 0) {
    const nothing = { minimum: null, firstQuartile: null, median: null, thirdQuartile: null, maximum: null };
    return { n, nMissing, mean: null, standardDeviation: null, ...nothing, reason: "no values" };
  }
  const sorted = Float64Array.from(present).sort();
  return {
    n,
    nMissing,
    mean: sum(present) / n,
    standardDeviation: n < 2 ? null : Math.sqrt(sampleVariance(present)),
    minimum: quantileSorted(sorted, 0),
    firstQuartile: quantileSorted(sorted, 0.25),
    median: quantileSorted(sorted, 0.5),
    thirdQuartile: quantileSorted(sorted, 0.75),
    maximum: quantileSorted(sorted, 1),
    reason: n < 2 ? "one value has no standard deviation" : null,
  };
}
