import { tCritical } from "../util/special.js";

/**
 * The data about groups that a mean over them needs: counts, sums and cross-products of each group's sum S and size n.
 * They add up across parts of a table, so a database can compute them and no rows have to be transferred.
 */
export interface ClusterMoments {
  /** Groups with at least one scored row. */
  readonly nClusters: number;
  readonly sumS: number;
  readonly sumN: number;
  readonly sumSS: number;
  readonly sumSN: number;
  readonly sumNN: number;
}

/** An estimate with its interval, computed from moments. */
export interface MomentEstimate {
  readonly estimate: number | null;
  readonly standardError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly degreesOfFreedom: number | null;
  readonly reason: string | null;
}

const undefinedBecause = (reason: string, estimate: number | null = null): MomentEstimate => ({
  estimate,
  standardError: null,
  lower: null,
  upper: null,
  degreesOfFreedom: null,
  reason,
});

/**
 * `clusterMean` (CR1) from moments: the ratio of total sum to total size, its cluster-robust standard error and a t
 * interval on G - 1 degrees of freedom, clipped to `range`.
 *
 * @param moments integers or reals; sizes are positive
 * @returns no error and no interval for one group, no estimate either for none, each with a reason
 * @see Liang & Zeger (1986), doi:10.1093/biomet/73.1.13
 * @example clusterMeanFromMoments({ nClusters: 4, sumS: 8, sumN: 12, sumSS: 18, sumSN: 24, sumNN: 36 }).standardError // 0.1360827635
 */
export function clusterMeanFromMoments(
  moments: ClusterMoments,
  { confidence = 0.95, range = [0, 1] }: { confidence?: number; range?: readonly [number, number] } = {},
): MomentEstimate {
  return compositeFromMoments([{ moments, weight: 1 }], { confidence, range });
}

/**
 * Weighted mean of the means of several strata, with the variances of the strata added and Satterthwaite's degrees of
 * freedom, like `compositeClusterInterval` on the groups themselves. Strata are independent: no group is in two of
 * them.
 *
 * @param strata moments and weight (>= 0) of each stratum; weights need not sum to 1
 * @returns undefined with a reason when a stratum of positive weight has no group; a single-group stratum adds to the
 *   estimate but not to the variance
 * @see Satterthwaite (1946), doi:10.2307/3002019
 * @example compositeFromMoments([{ moments: { nClusters: 2, sumS: 1, sumN: 2, sumSS: 1, sumSN: 1, sumNN: 2 }, weight: 3 }]).standardError // 0.5
 */
export function compositeFromMoments(
  strata: readonly { readonly moments: ClusterMoments; readonly weight: number }[],
  { confidence = 0.95, range = [0, 1] }: { confidence?: number; range?: readonly [number, number] } = {},
): MomentEstimate {
  const used = strata.filter(({ weight }) => weight > 0);
  const totalWeight = used.reduce((total, { weight }) => total + weight, 0);
  if (used.length === 0) return undefinedBecause("nothing to average");
  if (used.some(({ moments }) => moments.nClusters === 0 || moments.sumN === 0)) {
    return undefinedBecause("a part of the composite has no scored group");
  }
  const cells = used.map(({ moments, weight }) => cellOf(moments, weight / totalWeight));
  const estimate = cells.reduce((total, cell) => total + cell.share * cell.mean, 0);
  const known = cells.flatMap(({ share, variance, nClusters }) =>
    variance === null ? [] : [{ variance: share ** 2 * variance, nClusters }],
  );
  if (known.length === 0) return undefinedBecause("one group: no variance between groups", estimate);
  const variance = known.reduce((total, part) => total + part.variance, 0);
  const standardError = Math.sqrt(variance);
  if (variance === 0) {
    return {
      estimate,
      standardError,
      lower: estimate,
      upper: estimate,
      degreesOfFreedom: null,
      reason: null,
    };
  }
  const spread = known.reduce((total, part) => total + part.variance ** 2 / (part.nClusters - 1), 0);
  const degreesOfFreedom = variance ** 2 / spread;
  const half = tCritical(confidence, degreesOfFreedom) * standardError;
  return {
    estimate,
    standardError,
    lower: Math.max(range[0], estimate - half),
    upper: Math.min(range[1], estimate + half),
    degreesOfFreedom,
    reason: null,
  };
}

function cellOf(moments: ClusterMoments, share: number) {
  const { nClusters, sumS, sumN } = moments;
  const mean = sumS / sumN;
  const residuals = squaredResiduals(moments, mean);
  const variance = nClusters > 1 ? ((nClusters / (nClusters - 1)) * residuals) / sumN ** 2 : null;
  return { share, mean, variance, nClusters };
}

/**
 * Sum of (S - mean n)^2 over the groups. Values within rounding error of zero are returned as zero.
 *
 * @returns at least 0
 * @example squaredResiduals({ nClusters: 2, sumS: 6, sumN: 14, sumSS: 18, sumSN: 42, sumNN: 98 }, 3 / 7) // 0
 */
export function squaredResiduals({ sumSS, sumSN, sumNN }: ClusterMoments, mean: number): number {
  const cross = 2 * mean * sumSN;
  const fitted = mean * mean * sumNN;
  const residuals = sumSS - cross + fitted;
  const rounding = 4 * Number.EPSILON * (sumSS + Math.abs(cross) + fitted);
  return residuals > rounding ? residuals : 0;
}

/**
 * Moments whose mean is not below 0: if penalties outweigh (criteria with negative points), all values are shifted up
 * together, so that the mean is clipped to 0 as in the benchmark and the spread between groups does not change.
 *
 * @returns the same moments if the mean is 0 or above
 * @example meanFromZero({ nClusters: 2, sumS: -2, sumN: 2, sumSS: 10, sumSN: -2, sumNN: 2 }).sumSS // 8
 */
export function meanFromZero(moments: ClusterMoments): ClusterMoments {
  const { sumS, sumN, sumSN, sumNN } = moments;
  if (sumS >= 0) return moments;
  const mean = sumS / sumN;
  return {
    ...moments,
    sumS: 0,
    sumSS: squaredResiduals(moments, mean),
    sumSN: sumSN - mean * sumNN,
  };
}

/**
 * Moments with one group added.
 *
 * @param group sum and size (> 0) of its rows
 * @example withCluster({ nClusters: 1, sumS: 1, sumN: 2, sumSS: 1, sumSN: 2, sumNN: 4 }, { sum: 3, size: 3 }).sumSN // 11
 */
export function withCluster(
  moments: ClusterMoments,
  { sum, size }: { readonly sum: number; readonly size: number },
): ClusterMoments {
  return {
    nClusters: moments.nClusters + 1,
    sumS: moments.sumS + sum,
    sumN: moments.sumN + size,
    sumSS: moments.sumSS + sum * sum,
    sumSN: moments.sumSN + sum * size,
    sumNN: moments.sumNN + size * size,
  };
}
