import { normalCdf, normalQuantile } from "../util/special.js";
import { sum } from "../util/sum.js";
import { quantileSorted } from "./quantile.js";

/** Result of `bcaInterval`. */
export interface BcaInterval {
  readonly lower: number | null;
  readonly upper: number | null;
  /** Median bias of the replicates on the normal scale. */
  readonly bias: number | null;
  /** Change of the standard error with the parameter, from the jackknife. */
  readonly acceleration: number | null;
  /** Quantile levels of the replicates used as limits. */
  readonly levels: readonly [number, number] | null;
  readonly reason: string | null;
}

/** Options of `bcaInterval`. */
export interface BcaOptions {
  readonly estimate: number;
  /** Statistic without each unit in turn; NaN where undefined. */
  readonly jackknife: ArrayLike<number>;
  readonly confidence: number;
  /** "half" (default) counts a replicate equal to the estimate as half below it; "below" counts strictly smaller ones only. */
  readonly ties?: "half" | "below";
}

/**
 * Bias-corrected and accelerated limits from bootstrap replicates: shifts the percentiles for bias and for a standard
 * error that changes with the parameter.
 *
 * Replicates equal to the estimate are split evenly by default, which matters for discrete statistics: Efron's strict
 * rule would treat ties as bias.
 *
 * @param sorted defined replicates, ascending
 * @returns null limits with a reason if all replicates are on one side, or the jackknife is constant or undefined
 * @see Efron (1987), doi:10.1080/01621459.1987.10478410
 * @see oracle: own closed form against R boot, 11-bootstrap.json
 * @example bcaInterval([], { estimate: 0, jackknife: [], confidence: 0.95 }).lower // null
 */
export function bcaInterval(
  sorted: ArrayLike<number>,
  { estimate, jackknife, confidence, ties = "half" }: BcaOptions,
): BcaInterval {
  const undefinedBecause = (reason: string, acceleration: number | null) => {
    return { lower: null, upper: null, bias: null, acceleration, levels: null, reason };
  };
  const acceleration = jackknifeAcceleration(jackknife);
  if (acceleration === null) return undefinedBecause("the jackknife values are all equal or undefined", null);
  const tolerance = 1e-12 * Math.max(1, Math.abs(estimate));
  let below = 0;
  let equal = 0;
  for (let r = 0; r < sorted.length; r += 1) {
    const gap = sorted[r]! - estimate;
    if (Math.abs(gap) <= tolerance) equal += 1;
    else if (gap < 0) below += 1;
  }
  const proportion = (below + (ties === "half" ? equal / 2 : 0)) / sorted.length;
  if (!(proportion > 0 && proportion < 1)) {
    return undefinedBecause("all replicates are on one side of the estimate", acceleration);
  }
  const bias = normalQuantile(proportion);
  const level = (q: number) => {
    const shifted = bias + normalQuantile(q);
    return normalCdf(bias + shifted / (1 - acceleration * shifted));
  };
  const tail = (1 - confidence) / 2;
  const levels = [level(tail), level(1 - tail)] as const;
  return {
    lower: quantileSorted(sorted, levels[0]),
    upper: quantileSorted(sorted, levels[1]),
    bias,
    acceleration,
    levels,
    reason: null,
  };
}

/** Skewness of the jackknife values divided by six; null when they are all equal or one is undefined. */
function jackknifeAcceleration(jackknife: ArrayLike<number>): number | null {
  const values = Float64Array.from(jackknife);
  if (values.length === 0) return null;
  const center = sum(values) / values.length;
  let squares = 0;
  let cubes = 0;
  let largest = 0;
  for (const value of values) {
    const d = center - value;
    squares += d * d;
    cubes += d * d * d;
    largest = Math.max(largest, Math.abs(d));
  }
  if (!(largest > 1e-13 * Math.max(1e-300, Math.abs(center)))) return null;
  return cubes / (6 * squares ** 1.5);
}
