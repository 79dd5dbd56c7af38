import { InputError } from "../errors.js";
import { sum } from "../util/sum.js";
import { type ConfidenceOptions, checkConfidence, type IntervalEstimate } from "./estimate.js";
import { quantileSorted } from "./quantile.js";

/** Options of every bootstrap. */
export interface BootstrapOptions extends ConfidenceOptions {
  /** Number of resamples, >= 1. Default 2000. */
  readonly replicates?: number;
  /** Seed of the random sequence; the same seed gives the same interval. Default 1. */
  readonly seed?: number | string;
}

/** A bootstrap interval with a summary of its draws. */
export interface BootstrapResult extends IntervalEstimate {
  /** Standard deviation of the defined replicates (divisor one less); null with fewer than two. */
  readonly standardError: number | null;
  /** Resamples drawn. */
  readonly replicates: number;
  /** Resamples on which the statistic was undefined; they are left out of the interval. */
  readonly nUndefined: number;
  readonly seed: number | string;
}

/** Throws unless the options of a bootstrap are in range. */
export function checkBootstrap(caller: string, replicates: number, confidence: number): void {
  checkConfidence(caller, confidence);
  if (!(Number.isInteger(replicates) && replicates >= 1)) {
    throw new InputError(`${caller}: replicates must be an integer >= 1; got ${replicates}`, {
      hint: "2000 is enough for a 95 % percentile interval.",
    });
  }
}

/** Percentile interval and standard error from replicates; NaN marks an undefined replicate. */
export function summarizeReplicates(
  replicates: Float64Array,
  about: {
    readonly estimate: number;
    readonly n: number;
    readonly seed: number | string;
    readonly confidence: number;
    readonly method: string;
  },
): BootstrapResult {
  const { estimate, n, seed, confidence, method } = about;
  const defined = replicates.filter((value) => !Number.isNaN(value)).sort();
  const shared = { n, confidence, method, seed, replicates: replicates.length };
  const nUndefined = replicates.length - defined.length;
  if (Number.isNaN(estimate)) {
    const reason = "the statistic is undefined on the data";
    return { ...shared, estimate: null, lower: null, upper: null, standardError: null, nUndefined, reason };
  }
  if (defined.length === 0) {
    const reason = "the statistic is undefined on every resample";
    return { ...shared, estimate, lower: null, upper: null, standardError: null, nUndefined, reason };
  }
  const tail = (1 - confidence) / 2;
  const standardError = standardDeviation(defined);
  return {
    ...shared,
    estimate,
    lower: quantileSorted(defined, tail),
    upper: quantileSorted(defined, 1 - tail),
    standardError,
    nUndefined,
    reason: standardError === null ? "one resample has no standard deviation" : null,
  };
}

/** Sample standard deviation in two passes; null with fewer than two values. */
function standardDeviation(values: Float64Array): number | null {
  if (values.length < 2) return null;
  const mean = sum(values) / values.length;
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
}
