import { clamp } from "../util/clamp.js";
import { normalCritical, tCritical } from "../util/special.js";
import { sum } from "../util/sum.js";
import { type ClusterMoments, sizeClasses } from "./cluster-moments.js";
import { clusterDegreesOfFreedom, clusterVariance, effectiveClusters } from "./cluster-variance.js";
import { scoreInterval } from "./score-interval.js";

/** Moments of one stratum (a dataset, or a part of one) and its weight in a composite. */
export interface WeightedMoments {
  readonly moments: ClusterMoments;
  /** Relative weight, >= 0; strata of weight 0 do not count. */
  readonly weight: number;
}

/** Options of `compositeFromMoments`. */
export interface MomentOptions {
  /** Coverage in (0, 1). Default 0.95. */
  readonly confidence?: number;
  /** Lowest and highest possible score; infinite where there is none. Default [0, 1]. */
  readonly range?: readonly [least: number, most: number];
}

/** An estimate with its interval, computed from moments. */
export interface MomentEstimate {
  readonly estimate: number | null;
  readonly standardError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Satterthwaite's, over groups and strata. */
  readonly degreesOfFreedom: number | null;
  /** Number of groups of equal weight whose mean would be as precise. */
  readonly effectiveGroups: number | null;
  readonly reason: string | null;
}

/**
 * The mean over groups of one stratum: `compositeFromMoments` of a single one.
 *
 * @param moments integers or reals; sizes are positive
 * @returns no interval on an infinite range for one group, no estimate either for none, each with a reason
 * @example clusterMeanFromMoments({ nClusters: 10, sumS: 8, sumN: 10, sumSS: 8, sumSN: 8, sumNN: 10 }).lower // 0.4901624715
 */
export function clusterMeanFromMoments(moments: ClusterMoments, options: MomentOptions = {}): MomentEstimate {
  return compositeFromMoments([{ moments, weight: 1 }], options);
}

/**
 * Weighted mean of the means of independent strata, with an interval that holds near the ends of the scale and with few
 * or unequal groups. On a finite range it is the score interval (`scoreInterval`) on each stratum's effective number
 * of groups: p (1 - p) over its bias-reduced (CR2) variance, with Student's t on Satterthwaite's degrees of freedom because
 * that variance is estimated. Where groups of equal size vary as much as groups that are right or wrong, or where they do
 * not vary at all, the number of groups itself counts: for a single stratum of right and wrong groups this is Wilson's
 * interval. On an infinite range it is the t interval with the same variance and degrees of freedom; so it is, cut to the range,
 * where the groups vary more than scores within the range can.
 *
 * @param strata moments and weight of each; no group is in two of them
 * @returns undefined with a reason when a stratum of positive weight has no group
 * @see Satterthwaite (1946), doi:10.2307/3002019; Korn & Graubard (1998), Survey Methodology 24:193-201, for effective numbers
 * @example compositeFromMoments([1, 1].map((weight) => ({ weight, moments: { nClusters: 12, sumS: 12, sumN: 12, sumSS: 12, sumSN: 12, sumNN: 12 } }))).lower // 0.8620237953
 */
export function compositeFromMoments(
  strata: readonly WeightedMoments[],
  { confidence = 0.95, range = [0, 1] }: MomentOptions = {},
): MomentEstimate {
  const used = strata.filter(({ weight }) => weight > 0);
  if (used.length === 0) return undefinedBecause("nothing to average");
  if (used.some(({ moments }) => moments.nClusters === 0 || moments.sumN === 0)) {
    return undefinedBecause("a part of the composite has no scored group");
  }
  const totalWeight = sum(used.map(({ weight }) => weight));
  const parts = used.map(({ moments, weight }) => partOf(moments, weight / totalWeight));
  const estimate = sum(parts.map(({ share, mean }) => share * mean));
  const effectiveGroups = 1 / sum(parts.map(({ share, effective }) => share ** 2 / effective));
  const [least, most] = range;
  if (!Number.isFinite(most - least)) {
    return { estimate, effectiveGroups, ...tInterval(parts, estimate, confidence) };
  }
  const interval = parts.some((part) => isOutside(part, range))
    ? clippedInterval(parts, estimate, confidence, range)
    : boundedInterval(parts, confidence, range);
  return { estimate, effectiveGroups, ...interval };
}

const undefinedBecause = (reason: string): MomentEstimate => ({
  estimate: null,
  standardError: null,
  lower: null,
  upper: null,
  degreesOfFreedom: null,
  effectiveGroups: null,
  reason,
});

interface Part {
  readonly share: number;
  readonly mean: number;
  readonly nClusters: number;
  readonly isEven: boolean;
  /** Of the mean; null for one group. */
  readonly variance: number | null;
  readonly degreesOfFreedom: number;
  readonly effective: number;
}

function partOf(moments: ClusterMoments, share: number): Part {
  const { nClusters, sumS, sumN } = moments;
  const classes = sizeClasses(moments);
  const mean = sumS / sumN;
  return {
    share,
    mean,
    nClusters,
    isEven: classes.length === 1,
    variance: nClusters > 1 ? clusterVariance(classes, mean) : null,
    degreesOfFreedom: clusterDegreesOfFreedom(classes),
    effective: effectiveClusters(classes),
  };
}

type Interval = Omit<MomentEstimate, "estimate" | "effectiveGroups">;

/** Whether the groups vary more than scores within the range can, as points for criteria do that count against an answer. */
function isOutside(
  { mean, variance, nClusters, isEven }: Part,
  [least, most]: readonly [number, number],
): boolean {
  if (variance === null || variance === 0) return false;
  // Within the range, (x - least)(most - x) >= 0 for every group, so their mean square bounds the variance.
  const largest = (mean - least) * (most - mean);
  return largest <= 0 || (isEven && largest < (nClusters - 1) * variance * (1 - 1e-9));
}

/** The t interval around the mean, or around the end of the range where the mean is beyond it, cut to the range. */
function clippedInterval(
  parts: readonly Part[],
  estimate: number,
  confidence: number,
  [least, most]: readonly [number, number],
): Interval {
  const cut = (value: number) => clamp(value, least, most);
  const { lower, upper, ...rest } = tInterval(parts, cut(estimate), confidence);
  return { ...rest, lower: lower === null ? null : cut(lower), upper: upper === null ? null : cut(upper) };
}

function boundedInterval(
  parts: readonly Part[],
  confidence: number,
  [least, most]: readonly [number, number],
): Interval {
  const span = most - least;
  const proportions = parts.map((part) => {
    const estimate = clamp((part.mean - least) / span);
    const counted = effectiveNumber(part, estimate * (1 - estimate) * span ** 2, confidence);
    const variance = (part.share ** 2 * estimate * (1 - estimate)) / counted.n;
    return { ...counted, estimate, weight: part.share, variance, own: Math.max(1, part.degreesOfFreedom) };
  });
  const variance = sum(proportions.map((part) => part.variance));
  const satterthwaite = (degrees: (part: (typeof proportions)[number]) => number) =>
    variance ** 2 / sum(proportions.map((part) => part.variance ** 2 / degrees(part)));
  const critical =
    variance > 0
      ? tCritical(
          confidence,
          satterthwaite(({ isEstimated, own }) => (isEstimated ? own : Number.POSITIVE_INFINITY)),
        )
      : normalCritical(confidence);
  const { lower, upper } = scoreInterval(proportions, { confidence, critical });
  return {
    standardError: Math.sqrt(variance) * span,
    lower: least + lower * span,
    upper: least + upper * span,
    degreesOfFreedom: variance > 0 ? satterthwaite(({ own }) => own) : null,
    reason: null,
  };
}

/**
 * Number of right or wrong groups whose share would vary as the mean does.
 *
 * @param largest variance of one group that is at one of the two ends of the range
 */
function effectiveNumber(
  { variance, nClusters, isEven, effective, degreesOfFreedom }: Part,
  largest: number,
  confidence: number,
): { readonly n: number; readonly isEstimated: boolean } {
  if (variance === null || variance === 0 || largest === 0) return { n: effective, isEstimated: false };
  const n = largest / variance;
  // No variance of scores within the range is larger: below this number, estimating it would only add noise.
  const isLargest = isEven && n >= (nClusters - 1) * (1 - 1e-9);
  const certain = n * (normalCritical(confidence) / tCritical(confidence, degreesOfFreedom)) ** 2;
  return isLargest && certain <= nClusters ? { n: effective, isEstimated: false } : { n, isEstimated: true };
}

function tInterval(parts: readonly Part[], estimate: number, confidence: number): Interval {
  const known = parts.flatMap(({ share, variance, degreesOfFreedom }) =>
    variance === null ? [] : [{ variance: share ** 2 * variance, degreesOfFreedom }],
  );
  const nothing = { standardError: null, lower: null, upper: null, degreesOfFreedom: null };
  if (known.length === 0) return { ...nothing, reason: "one group: no variance between groups" };
  const variance = sum(known.map((part) => part.variance));
  const standardError = Math.sqrt(variance);
  if (variance === 0) {
    return { ...nothing, standardError, reason: "the groups do not vary: give the range of the scores" };
  }
  const degreesOfFreedom =
    variance ** 2 / sum(known.map((part) => part.variance ** 2 / part.degreesOfFreedom));
  const half = tCritical(confidence, degreesOfFreedom) * standardError;
  return { standardError, lower: estimate - half, upper: estimate + half, degreesOfFreedom, reason: null };
}
