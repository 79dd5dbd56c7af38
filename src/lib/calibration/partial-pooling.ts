import { InputError } from "../errors.js";
import { checkConfidence, type IntervalEstimate } from "../stats/estimate.js";
import { normalCdf, normalCritical } from "../util/special.js";
import { mean, sum } from "../util/sum.js";

/** A slice (specialty, dataset) with its own estimate, before pooling. */
export interface Slice {
  readonly name: string;
  /** A kappa, a mean, a bias; null if the slice has none. */
  readonly estimate: number | null;
  readonly standardError: number | null;
  /** Items of the slice. */
  readonly n: number;
}

/** Options of `partialPooling`. */
export interface PartialPoolingOptions {
  readonly confidence?: number;
  /**
   * "pooled" (default): one variance per item for all slices, divided by n. "own": each slice's own standard error,
   * which is unreliable on a dozen items and 0 if all ratings agree.
   */
  readonly variance?: "pooled" | "own";
}

/** A slice after partial pooling. */
export interface PooledSlice extends IntervalEstimate {
  readonly name: string;
  /** The slice's own estimate. */
  readonly raw: number | null;
  /** Standard error of `raw` that was used. */
  readonly rawStandardError: number | null;
  /** Posterior standard deviation. */
  readonly standardError: number | null;
  /** Share of the estimate that comes from the other slices, in [0, 1]. */
  readonly borrowed: number | null;
}

/** Result of `partialPooling`. */
export interface PartialPooling {
  readonly slices: readonly PooledSlice[];
  /** Mean over slices. */
  readonly center: number | null;
  readonly centerStandardError: number | null;
  /** Standard deviation between slices beyond sampling error. */
  readonly spread: number | null;
  readonly reason: string | null;
}

/**
 * Empirical-Bayes estimates for many small slices (specialties, datasets): each is shrunk toward the common center, the
 * more the weaker its own data are relative to the spread between slices. Normal model; spread by Paule-Mandel;
 * intervals include the uncertainty of center and spread (Morris).
 *
 * A slice with few items looks like the others by construction, so a pooled value alone never shows that a slice is
 * good: report `borrowed` with it. A slice without data gets the center and a wide interval.
 *
 * @returns fewer than four usable slices are returned unpooled, with a reason: too few to estimate the spread from
 * @throws InputError if n is negative or a standard error is negative
 * @see Morris (1983), doi:10.1080/01621459.1983.10477920; Paule & Mandel (1982), doi:10.6028/jres.087.022
 * @example partialPooling([0.7, 0.8, 0.8, 0.9].map((estimate, i) => ({ name: `${i}`, estimate, standardError: 0.02, n: 100 }))).center // 0.8
 */
export function partialPooling(
  slices: readonly Slice[],
  { confidence = 0.95, variance = "pooled" }: PartialPoolingOptions = {},
): PartialPooling {
  checkConfidence("partialPooling", confidence);
  for (const { name, n, standardError } of slices) {
    if (!(n >= 0) || (standardError !== null && !(standardError >= 0))) {
      throw new InputError(
        `partialPooling: slice "${name}" needs n >= 0 and a standard error >= 0; got ${n} and ${standardError}`,
      );
    }
  }
  const variances = sliceVariances(slices, variance);
  const usable = slices.flatMap(({ estimate }, i) => {
    const v = variances[i] ?? null;
    return estimate === null || v === null ? [] : [{ estimate, variance: v }];
  });
  const z = normalCritical(confidence);
  const own = slices.map((slice, i): PooledSlice => {
    const v = variances[i] ?? null;
    const standardError = v === null ? null : Math.sqrt(v);
    const defined = slice.estimate !== null && standardError !== null;
    return {
      ...slice,
      raw: slice.estimate,
      rawStandardError: standardError,
      standardError,
      lower: defined ? slice.estimate - z * standardError : null,
      upper: defined ? slice.estimate + z * standardError : null,
      borrowed: defined ? 0 : null,
      confidence,
      method: "slice alone, normal interval",
      reason: defined ? null : "the slice has no estimate with a standard error",
    };
  });
  const K = usable.length;
  if (K < 4) {
    const reason = `only ${K} slices with a standard error: too few to estimate their spread`;
    return { slices: own, center: null, centerStandardError: null, spread: null, reason };
  }
  const between = pauleMandel(usable);
  const { center, precision } = weightedCenter(usable, between);
  const typical = mean(usable.map((slice) => slice.variance));
  const pooled = own.map((slice): PooledSlice => {
    const { estimate, standardError } = posterior(slice, { K, between, center, precision, typical });
    return {
      ...slice,
      estimate,
      standardError,
      lower: estimate - z * standardError,
      upper: estimate + z * standardError,
      borrowed:
        slice.raw === null || slice.rawStandardError === null
          ? 1
          : shrinkage(slice.rawStandardError ** 2, between, K),
      method: "empirical Bayes, normal interval",
      reason: null,
    };
  });
  return {
    slices: pooled,
    center,
    centerStandardError: Math.sqrt(1 / precision),
    spread: Math.sqrt(between),
    reason: null,
  };
}

/**
 * Posterior probability that a slice is below a threshold (for example a kappa below 0.80); null if undefined.
 *
 * @example probabilityBelow({ estimate: 0.8, standardError: 0.1 }, 0.8) // 0.5
 */
export function probabilityBelow(
  { estimate, standardError }: Pick<PooledSlice, "estimate" | "standardError">,
  threshold: number,
): number | null {
  if (estimate === null || standardError === null || !(standardError > 0)) return null;
  return normalCdf((threshold - estimate) / standardError);
}

/** Sampling variance per slice; null where undefined. */
function sliceVariances(slices: readonly Slice[], kind: "pooled" | "own"): (number | null)[] {
  if (kind === "own") {
    // A standard error of 0 would claim certainty and take all the weight.
    return slices.map(({ standardError }) =>
      standardError !== null && standardError > 0 ? standardError ** 2 : null,
    );
  }
  const known = slices.flatMap(({ estimate, standardError, n }) =>
    estimate !== null && standardError !== null && n > 0 ? [{ n, standardError }] : [],
  );
  const items = sum(known.map(({ n }) => n));
  const perItem = sum(known.map(({ n, standardError }) => (n / items) * n * standardError ** 2));
  return slices.map(({ estimate, n }) => (estimate !== null && n > 0 && perItem > 0 ? perItem / n : null));
}

interface UsableSlice {
  readonly estimate: number;
  readonly variance: number;
}

function weightedCenter(slices: readonly UsableSlice[], between: number) {
  const weights = slices.map(({ variance }) => 1 / (variance + between));
  const precision = sum(weights);
  return { center: sum(slices.map(({ estimate }, i) => weights[i]! * estimate)) / precision, precision };
}

/** Variance between slices at which the weighted squares equal their expectation K - 1; 0 if they never exceed it. */
function pauleMandel(slices: readonly UsableSlice[]): number {
  const excess = (between: number) => {
    const { center } = weightedCenter(slices, between);
    return (
      sum(slices.map(({ estimate, variance }) => (estimate - center) ** 2 / (variance + between))) -
      (slices.length - 1)
    );
  };
  if (excess(0) <= 0) return 0;
  let low = 0;
  let high = Math.max(...slices.map(({ variance }) => variance));
  while (excess(high) > 0) high *= 2;
  for (let i = 0; i < 100; i += 1) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Morris' factor prevents too much shrinkage when the spread is estimated from few slices. */
function shrinkage(variance: number, between: number, K: number): number {
  return (((K - 3) / (K - 1)) * variance) / (variance + between);
}

function posterior(
  slice: PooledSlice,
  pool: {
    readonly K: number;
    readonly between: number;
    readonly center: number;
    readonly precision: number;
    readonly typical: number;
  },
) {
  const { K, between, center, precision, typical } = pool;
  if (slice.raw === null || slice.rawStandardError === null) {
    return { estimate: center, standardError: Math.sqrt(between + 1 / precision) };
  }
  const variance = slice.rawStandardError ** 2;
  const weight = shrinkage(variance, between, K);
  const estimate = slice.raw + weight * (center - slice.raw);
  const ofSpread =
    (2 / (K - 3)) * weight ** 2 * ((typical + between) / (variance + between)) * (slice.raw - center) ** 2;
  return {
    estimate,
    standardError: Math.sqrt(variance * (1 - weight) + weight ** 2 / precision + ofSpread),
  };
}
