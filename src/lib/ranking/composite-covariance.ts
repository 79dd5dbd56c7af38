import type { Message } from "../messages/codes.js";
import { message } from "../messages/message.js";
import { checkConfidence } from "../stats/estimate.js";
import { mcnemarTest } from "../stats/mcnemar.js";
import { at, cell, lookUp } from "../util/indexing.js";
import { tCritical, tTwoSided } from "../util/special.js";
import { sum } from "../util/sum.js";

/** The groups of one stratum (a dataset, or a part of one) that a system was scored on. */
export interface StratumGroups {
  /** Number of each group, the same for every system; all different. */
  readonly groups: readonly number[];
  /** Sum of the scores in each group. */
  readonly sums: readonly number[];
  /** Weight of each group, > 0. */
  readonly sizes: readonly number[];
}

/** Covariance between the systems' means on one stratum. */
export interface StratumCovariance {
  readonly covariance: readonly ArrayLike<number>[];
  /** nShared[a][b]: groups that both systems were scored on. */
  readonly nShared: readonly ArrayLike<number>[];
  /**
   * onlyRight[a][b]: groups that a has right and b wrong. NaN unless every group of both is right or wrong, all groups have the
   * same weight, and both were scored on the same ones.
   */
  readonly onlyRight?: readonly ArrayLike<number>[];
}

/**
 * Cluster-robust (CR1) covariance of the means of several systems on one stratum. The diagonal is the variance of each
 * system's mean; the means of two systems are correlated only through the groups that both were scored on.
 *
 * @param systems one entry per system, in a fixed order; undefined where a system has no group
 * @returns zeros where a system has fewer than two groups, because no variance can be estimated
 * @see Liang & Zeger (1986), doi:10.1093/biomet/73.1.13
 * @example stratumCovariance([{ groups: [1, 2], sums: [1, 0], sizes: [1, 1] }]).covariance[0]?.[0] // 0.25
 */
export function stratumCovariance(systems: readonly (StratumGroups | undefined)[]): StratumCovariance {
  const places = new Map<number, number>();
  for (const system of systems) {
    for (const group of system?.groups ?? []) if (!places.has(group)) places.set(group, places.size);
  }
  const spread = systems.map((system) => {
    const influence = new Float64Array(places.size);
    const seen = new Uint8Array(places.size);
    const right = new Uint8Array(places.size);
    if (system === undefined) return { influence, seen, right, isBinary: false, n: 0 };
    const { groups, sums, sizes } = system;
    const size = sum(sizes);
    const mean = sum(sums) / size;
    const scale = groups.length > 1 ? Math.sqrt(groups.length / (groups.length - 1)) / size : 0;
    for (let g = 0; g < groups.length; g += 1) {
      const place = lookUp(places, groups[g]!);
      influence[place] = scale * (sums[g]! - mean * sizes[g]!);
      seen[place] = 1;
      right[place] = sums[g] === sizes[g] ? 1 : 0;
    }
    const isBinary = sums.every((value, g) => (value === 0 || value === sizes[g]) && sizes[g] === sizes[0]);
    return { influence, seen, right, isBinary, n: groups.length };
  });
  const covariance = systems.map(() => new Float64Array(systems.length));
  const nShared = systems.map(() => new Float64Array(systems.length));
  const onlyRight = systems.map(() => new Float64Array(systems.length).fill(Number.NaN));
  for (const [a, left] of spread.entries()) {
    for (const [b, right] of spread.slice(0, a + 1).entries()) {
      let product = 0;
      let shared = 0;
      let [onlyA, onlyB] = [0, 0];
      for (let place = 0; place < places.size; place += 1) {
        product += left.influence[place]! * right.influence[place]!;
        shared += left.seen[place]! * right.seen[place]!;
        onlyA += left.right[place]! & ~right.right[place]!;
        onlyB += right.right[place]! & ~left.right[place]!;
      }
      for (const [row, column] of [[a, b] as const, [b, a] as const]) {
        (covariance[row] as Float64Array)[column] = product;
        (nShared[row] as Float64Array)[column] = shared;
      }
      if (!left.isBinary || !right.isBinary || shared !== left.n || shared !== right.n) continue;
      (onlyRight[a] as Float64Array)[b] = onlyA;
      (onlyRight[b] as Float64Array)[a] = onlyB;
    }
  }
  return { covariance, nShared, onlyRight };
}

/** A covariance matrix and its weight in a composite. */
export interface WeightedCovariance extends StratumCovariance {
  /** Share of the stratum in the composite; shares of one composite sum to 1. */
  readonly weight: number;
}

/**
 * Covariance of composites (weighted means of the means of independent strata) of several systems.
 *
 * @param ownVariance variance of each system's composite that does not come from items, such as the error of a
 *   correction for the judge's bias. Default: none
 * @example compositeCovariance([{ weight: 1, covariance: [[0.04]], nShared: [[10]] }], [0.01])[0]?.[0] // 0.05
 */
export function compositeCovariance(
  strata: readonly WeightedCovariance[],
  ownVariance: readonly number[] = [],
): number[][] {
  const systems = strata[0]?.covariance ?? [];
  return systems.map((_, a) =>
    systems.map((__, b) =>
      sum([
        ...strata.map(({ weight, covariance }) => weight ** 2 * cell(covariance, a, b)),
        a === b ? (ownVariance[a] ?? 0) : 0,
      ]),
    ),
  );
}

/** Result of `compositeDifference`. */
export interface CompositeDifference {
  /** In [-1, 1], as are both ends of the interval. */
  readonly difference: number;
  readonly standardError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Two-sided p-value of no difference; not adjusted for other pairs. */
  readonly p: number | null;
  /** Groups that both systems were scored on, over all strata. */
  readonly nShared: number;
  readonly reason: Message<"constant-difference"> | null;
}

/**
 * Difference of two scores, of one stratum or of several, with the error of the paired difference: the only rule for tables,
 * ranks and `medbench compare`. Student's t with Satterthwaite's degrees of freedom over the strata, as in
 * `compositeClusterInterval` for a single composite; own variances are treated as known. The p-value is McNemar's exact one for a
 * single stratum whose groups are right or wrong, otherwise that of the t test.
 *
 * @param estimates scores of the systems, in [0, 1]
 * @param strata those of positive weight
 * @param a index of the first system in the strata's matrices
 * @param b index of the second
 * @returns no error, no interval and no p-value of the t test if the difference is the same in every group
 * @see Satterthwaite (1946), doi:10.2307/3002019
 * @see McNemar (1947), doi:10.1007/BF02295996
 * @example compositeDifference([0.7, 0.5], [{ weight: 1, covariance: [[0.02, 0.01], [0.01, 0.02]], nShared: [[9, 9], [9, 9]] }], 0, 1).standardError // 0.1414213562
 */
export function compositeDifference(
  estimates: readonly number[],
  strata: readonly WeightedCovariance[],
  a: number,
  b: number,
  { confidence = 0.95, ownVariance = [] }: { confidence?: number; ownVariance?: readonly number[] } = {},
): CompositeDifference {
  checkConfidence("compositeDifference", confidence);
  const difference = at(estimates, a) - at(estimates, b);
  const nShared = sum(strata.map((stratum) => cell(stratum.nShared, a, b)));
  const parts = strata.map(({ weight, covariance, nShared: shared }) => {
    const own = cell(covariance, a, a) + cell(covariance, b, b);
    const left = own - 2 * cell(covariance, a, b);
    // Rounding error of equal groups is not variance.
    return { variance: left > 1e-12 * own ? weight ** 2 * left : 0, n: cell(shared, a, b) };
  });
  const items = sum(parts.map(({ variance }) => variance));
  const standardError = Math.sqrt(items + (ownVariance[a] ?? 0) + (ownVariance[b] ?? 0));
  const exact = exactP(strata, a, b, ownVariance);
  if (items === 0) {
    const reason = message("constant-difference");
    return { difference, standardError: null, lower: null, upper: null, p: exact, nShared, reason };
  }
  const degreesOfFreedom =
    items ** 2 / sum(parts.map(({ variance, n }) => variance ** 2 / Math.max(1, n - 1)));
  const half = tCritical(confidence, degreesOfFreedom) * standardError;
  return {
    difference,
    standardError,
    lower: Math.max(-1, difference - half),
    upper: Math.min(1, difference + half),
    p: exact ?? tTwoSided(difference / standardError, degreesOfFreedom),
    nShared,
    reason: null,
  };
}

/** McNemar's exact p-value; null unless the difference is one of proportions on the same groups. */
function exactP(
  strata: readonly WeightedCovariance[],
  a: number,
  b: number,
  ownVariance: readonly number[],
): number | null {
  const { onlyFirst, onlySecond } = discordantGroups(strata, a, b);
  if (strata.length !== 1 || onlyFirst === null || onlySecond === null) return null;
  if ((ownVariance[a] ?? 0) + (ownVariance[b] ?? 0) > 0) return null;
  return mcnemarTest({ both: 0, onlyFirst, onlySecond, neither: 0 }).pExact;
}

/**
 * Groups that only one of two systems has right, over all strata.
 *
 * @returns nulls unless every group of both systems is right or wrong
 * @example discordantGroups([{ weight: 1, ...stratumCovariance([{ groups: [1, 2], sums: [1, 1], sizes: [1, 1] }, { groups: [1, 2], sums: [1, 0], sizes: [1, 1] }]) }], 0, 1).onlyFirst // 1
 */
export function discordantGroups(
  strata: readonly StratumCovariance[],
  a: number,
  b: number,
): { readonly onlyFirst: number | null; readonly onlySecond: number | null } {
  const count = (first: number, second: number) => {
    const total = sum(strata.map(({ onlyRight }) => onlyRight?.[first]?.[second] ?? Number.NaN));
    return Number.isNaN(total) ? null : total;
  };
  return { onlyFirst: count(a, b), onlySecond: count(b, a) };
}
