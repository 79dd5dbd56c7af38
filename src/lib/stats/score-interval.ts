import { clamp } from "../util/clamp.js";
import { betaQuantile, normalCritical } from "../util/special.js";
import { sum } from "../util/sum.js";
import type { ConfidenceOptions } from "./estimate.js";

/** A proportion inside a weighted mean. */
export interface CombinedProportion {
  /** In [0, 1]. */
  readonly estimate: number;
  /** Independent units behind it, > 0; a fraction where it is an effective number. */
  readonly n: number;
  /** Share in the mean, > 0; the shares sum to 1. */
  readonly weight: number;
}

/** Options of `scoreInterval`. */
export interface ScoreIntervalOptions extends ConfidenceOptions {
  /** Value that the score statistic is compared with, > 0; larger where numbers of units are estimated. Default: normal. */
  readonly critical?: number;
}

/**
 * Score interval of a weighted mean of independent proportions: the values that a score test does not reject, where the
 * proportions under each value are the likeliest ones that have this weighted mean. For one proportion it is Wilson's
 * interval. It contains the estimate, is inside [0, 1] and has a width at 0 and 1.
 *
 * With several proportions and at most three failures in all, the end nearer to 1 is Jeffreys' on the same number of
 * units where that is further out (and likewise near 0), because the score interval ends too early there: it covers
 * 91.7 % with 2 x 12 units at 0.98.
 *
 * With the multiplier m of the constraint, the likeliest proportions solve m w p^2 - (n + m w) p + n q = 0 (q the
 * estimate), and the squared statistic is m (mean of q - mean of p), so each end is the root of one increasing function.
 *
 * @param parts at least one
 * @see Martín Andrés, Herranz Tejedor & Álvarez Hernández (2012), doi:10.1080/00949655.2010.530601, method S0; Wilson
 *   (1927), doi:10.1080/01621459.1927.10502953; Brown, Cai & DasGupta (2001), doi:10.1214/ss/1009213286
 * @example scoreInterval([{ estimate: 0.8, n: 10, weight: 1 }]).lower // 0.4901624715
 */
export function scoreInterval(
  parts: readonly CombinedProportion[],
  { confidence = 0.95, critical = normalCritical(confidence) }: ScoreIntervalOptions = {},
): { readonly lower: number; readonly upper: number } {
  const mirrored = parts.map((part) => ({ ...part, estimate: 1 - part.estimate }));
  const lower = lowerEnd(parts, critical);
  const upper = 1 - lowerEnd(mirrored, critical);
  if (parts.length === 1) return { lower, upper };
  const units = { confidence, critical };
  return {
    lower: Math.min(lower, rareEnd(parts, units)),
    upper: Math.max(upper, 1 - rareEnd(mirrored, units)),
  };
}

/** Differences from 0 that only rounding leaves. */
const negligible = 1e-14;

function lowerEnd(parts: readonly CombinedProportion[], critical: number): number {
  const square = critical ** 2;
  const estimate = meanOf(parts);
  if (estimate <= negligible) return 0;
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    const half = critical * Math.sqrt(only.n * estimate * (1 - estimate) + square / 4);
    return clamp((only.n * estimate + square / 2 - half) / (only.n + square));
  }
  // Each proportion is at most n / (m w), so the mean is between 0 and the sum of n / m: this brackets the root.
  let low = square / estimate;
  let high = (sum(parts.map(({ n }) => n)) + square) / estimate;
  while (high - low > 1e-14 * high) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (middle * (estimate - likeliestMean(parts, middle)) < square) low = middle;
    else high = middle;
  }
  return clamp(estimate - square / high);
}

/** Weighted mean of the likeliest proportions at a multiplier > 0. */
function likeliestMean(parts: readonly CombinedProportion[], multiplier: number): number {
  let total = 0;
  for (const { estimate, n, weight } of parts) {
    const pull = multiplier * weight;
    const root = Math.sqrt(Math.max(0, (n + pull) ** 2 - 4 * pull * n * estimate));
    total += (weight * 2 * n * estimate) / (n + pull + root);
  }
  return total;
}

/** With more successes than this the score interval needs no help. */
const rare = 3;

/** Lower end of Jeffreys' interval of one proportion with the same mean and variance; 1 unless successes are rare. */
function rareEnd(
  parts: readonly CombinedProportion[],
  { confidence, critical }: Required<ScoreIntervalOptions>,
): number {
  const mean = meanOf(parts);
  if (mean <= negligible) return 0;
  if (mean >= 1 - negligible) return 1;
  const variance = sum(parts.map(({ estimate, n, weight }) => (weight ** 2 * estimate * (1 - estimate)) / n));
  const n = ((mean * (1 - mean)) / variance) * (normalCritical(confidence) / critical) ** 2;
  if (n * mean > rare * (1 + negligible)) return 1;
  return betaQuantile((1 - confidence) / 2, n * mean + 0.5, n * (1 - mean) + 0.5);
}

const meanOf = (parts: readonly CombinedProportion[]) =>
  sum(parts.map(({ estimate, weight }) => weight * estimate));
