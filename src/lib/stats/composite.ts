import { InputError } from "../errors.js";
import { at } from "../util/indexing.js";
import { tCritical } from "../util/special.js";
import { sum } from "../util/sum.js";
import { type ClusterMean, type ClusterVariance, clusterMean } from "./cluster-mean.js";
import { momentsOfGroups } from "./cluster-moments.js";
import { compositeFromMoments } from "./composite-moments.js";
import { type ConfidenceOptions, checkConfidence, type IntervalEstimate } from "./estimate.js";

/** Groups of one stratum (a dataset): the sum of the scores and the number of scored rows of each group. */
export interface Stratum {
  readonly sums: readonly number[];
  readonly sizes: readonly number[];
}

/** A stratum with its weight in a composite. */
export interface WeightedStratum extends Stratum {
  /** Share of the stratum in the composite, >= 0; weights need not sum to 1. */
  readonly weight: number;
}

/** An interval of a composite score. */
export interface CompositeInterval extends IntervalEstimate {
  readonly standardError: number | null;
  /** Strata with a positive weight. */
  readonly nStrata: number;
  /** Strata with a positive weight and one group: they add to the estimate, but have no variance. */
  readonly nSingletonStrata: number;
  /** Groups with at least one scored row, in strata with a positive weight. */
  readonly nClusters: number;
}

/** Result of `compositeClusterInterval`. */
export interface CompositeClusterInterval extends CompositeInterval {
  /** Satterthwaite degrees of freedom; null if no stratum has variance. */
  readonly degreesOfFreedom: number | null;
}

/** Options of `compositeClusterInterval`. */
export interface CompositeClusterOptions extends ConfidenceOptions {
  /** Variance estimator of each stratum. Default "CR2". */
  readonly type?: ClusterVariance;
  /** Lowest and highest possible score. With it the interval is the score interval of `compositeFromMoments`. Default: none. */
  readonly range?: readonly [least: number, most: number];
}

/**
 * Interval of a composite (a weighted mean of strata means) from the cluster-robust errors of its strata, with a t
 * quantile on Satterthwaite's degrees of freedom: few or unequal groups in heavy strata widen it. Give the `range` of scores
 * that have one: without it the interval is too narrow near the ends of the scale.
 *
 * @param strata per stratum the sums and sizes of its groups and its weight (>= 0; nested weights multiplied out)
 * @returns undefined with a reason if a stratum of positive weight has no scored group, or if every stratum has only
 *   one group or the groups do not vary (then there is only the estimate); otherwise single-group strata count in `nSingletonStrata`
 * @throws InputError if lengths differ, a value is out of range or no weight is positive
 * @see Satterthwaite (1946), doi:10.2307/3002019
 * @example compositeClusterInterval([{ sums: [1, 0], sizes: [1, 1], weight: 1 }]).standardError // 0.5
 */
export function compositeClusterInterval(
  strata: readonly WeightedStratum[],
  { type = "CR2", confidence = 0.95, range }: CompositeClusterOptions = {},
): CompositeClusterInterval {
  checkConfidence("compositeClusterInterval", confidence);
  const weights = strata.map((stratum) => stratum.weight);
  const { shares, cells, ...fact } = compositeEstimate("compositeClusterInterval", strata, weights, type);
  const method = `stratified cluster-robust ${type}, Satterthwaite t interval`;
  const result = {
    ...fact,
    lower: null,
    upper: null,
    standardError: null,
    degreesOfFreedom: null,
    confidence,
    method,
  };
  if (fact.estimate === null) return result;
  if (range !== undefined) {
    const moments = strata.map(({ sums, sizes, weight }) => ({
      moments: momentsOfGroups(sums, sizes),
      weight,
    }));
    const { standardError, lower, upper, degreesOfFreedom } = compositeFromMoments(moments, {
      confidence,
      range,
    });
    return { ...result, standardError, lower, upper, degreesOfFreedom, method: "score interval over groups" };
  }
  if (fact.nSingletonStrata === fact.nStrata) {
    return { ...result, reason: "every stratum has one group: no variance between groups" };
  }
  const variances = cells.map((cell, h) => (at(shares, h) * (cell.standardError ?? 0)) ** 2);
  const variance = sum(variances);
  const standardError = Math.sqrt(variance);
  if (variance === 0) return { ...result, standardError, reason: "the groups do not vary: give the range" };
  const spread = sum(variances.map((v, h) => (v === 0 ? 0 : v ** 2 / (at(cells, h).degreesOfFreedom ?? 1))));
  const degreesOfFreedom = variance ** 2 / spread;
  const half = tCritical(confidence, degreesOfFreedom) * standardError;
  return {
    ...result,
    standardError,
    degreesOfFreedom,
    lower: fact.estimate - half,
    upper: fact.estimate + half,
  };
}

/** What the interval methods of a composite share: the estimate, the counts and the normalized weights. */
export function compositeEstimate(
  caller: string,
  strata: readonly Stratum[],
  weights: readonly number[],
  type: ClusterVariance = "CR2",
): {
  readonly estimate: number | null;
  readonly n: number;
  readonly nStrata: number;
  readonly nSingletonStrata: number;
  readonly nClusters: number;
  readonly reason: string | null;
  readonly shares: readonly number[];
  readonly cells: readonly ClusterMean[];
} {
  if (weights.length !== strata.length) {
    throw new InputError(
      `${caller}: one weight per stratum; got ${weights.length} for ${strata.length} strata`,
    );
  }
  const bad = weights.findIndex((weight) => !(weight >= 0 && Number.isFinite(weight)));
  const total = sum(weights);
  if (bad >= 0 || total === 0) {
    const found = bad >= 0 ? `weight ${bad} is ${weights[bad]}` : "they sum to 0";
    throw new InputError(`${caller}: weights must be >= 0 with a positive sum; ${found}`, {
      hint: "Give each dataset its share of the composite; leave out datasets without a share.",
    });
  }
  const shares = weights.map((weight) => weight / total);
  const cells = strata.map(({ sums, sizes }) => clusterMean(sums, sizes, { type }));
  const used = cells.filter((_, h) => at(shares, h) > 0);
  const empty = cells.findIndex((cell, h) => at(shares, h) > 0 && cell.estimate === null);
  return {
    estimate: empty >= 0 ? null : sum(cells.map((cell, h) => at(shares, h) * (cell.estimate ?? 0))),
    n: sum(used.map((cell) => cell.n)),
    nStrata: used.length,
    nSingletonStrata: used.filter((cell) => cell.nClusters === 1).length,
    nClusters: sum(used.map((cell) => cell.nClusters)),
    reason: empty >= 0 ? `stratum ${empty} has no scored group` : null,
    shares,
    cells,
  };
}
