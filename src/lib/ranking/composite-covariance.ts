import type { Message } from "../messages/codes.js";
import { message } from "../messages/message.js";
import { clopperPearsonInterval } from "../stats/clopper-pearson.js";
import { clusterDegreesOfFreedom } from "../stats/cluster-variance.js";
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
  /** Satterthwaite's of each system's variance; 0 below two groups. Default: shared groups minus one. */
  readonly degreesOfFreedom?: ArrayLike<number>;
  /**
   * onlyRight[a][b]: groups that a has right and b wrong. NaN unless every group of both is right or wrong, all groups have the
   * same weight, and both were scored on the same ones.
   */
  readonly onlyRight?: readonly ArrayLike<number>[];
}

/**
 * Cluster-robust, bias-reduced (CR2) covariance of the means of several systems on one stratum. The diagonal is the variance of each
 * system's mean; the means of two systems are correlated only through the groups that both were scored on.
 *
 * @param systems one entry per system, in a fixed order; undefined where a system has no group
 * @returns zeros where a system has fewer than two groups, because no variance can be estimated
 * @see Bell & McCaffrey (2002), Survey Methodology 28:169-181; `clusterMean`
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
    const none = { influence, seen, right, isBinary: false, n: 0, degreesOfFreedom: 0 };
    if (system === undefined) return none;
    const { groups, sums, sizes } = system;
    const size = sum(sizes);
    const mean = sum(sums) / size;
    for (let g = 0; g < groups.length; g += 1) {
      const place = lookUp(places, groups[g]!);
      const scale = groups.length > 1 ? 1 / (size * Math.sqrt(1 - sizes[g]! / size)) : 0;
      influence[place] = scale * (sums[g]! - mean * sizes[g]!);
      seen[place] = 1;
      right[place] = sums[g] === sizes[g] ? 1 : 0;
    }
    const isBinary = sums.every((value, g) => (value === 0 || value === sizes[g]) && sizes[g] === sizes[0]);
    const degreesOfFreedom = clusterDegreesOfFreedom(bySize(sizes));
    return { influence, seen, right, isBinary, n: groups.length, degreesOfFreedom };
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
  const degreesOfFreedom = spread.map((system) => system.degreesOfFreedom);
  return { covariance, nShared, onlyRight, degreesOfFreedom };
}

function bySize(sizes: readonly number[]) {
  const counts = new Map<number, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  return [...counts].map(([size, nClusters]) => ({ size, nClusters }));
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
 * ranks and `medbench compare`. Student's t with Satterthwaite's degrees of freedom over groups and strata, as in
 * `compositeClusterInterval` for a single composite; own variances are treated as known. The p-value is McNemar's exact one for a
 * single stratum whose groups are right or wrong, otherwise that of the t test; the interval then also holds what the exact
 * test does not reject given the number of groups that differ. So the interval excludes 0 where p is at most 1 - confidence.
 *
 * @param estimates scores of the systems, in [0, 1]
 * @param strata those of positive weight
 * @param a index of the first system in the strata's matrices
 * @param b index of the second
 * @returns no error, no interval and no p-value of the t test if the difference is the same in every group; if those groups are
 *   right or wrong, the exact test remains
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
  const parts = strata.map(({ weight, covariance, nShared: shared, degreesOfFreedom: degrees }) => {
    const own = cell(covariance, a, a) + cell(covariance, b, b);
    const left = own - 2 * cell(covariance, a, b);
    // Rounding error of equal groups is not variance.
    const degreesOfFreedom =
      degrees === undefined ? cell(shared, a, b) - 1 : Math.min(at(degrees, a), at(degrees, b));
    return {
      variance: left > 1e-12 * own ? weight ** 2 * left : 0,
      degreesOfFreedom: Math.max(1, degreesOfFreedom),
    };
  });
  const items = sum(parts.map(({ variance }) => variance));
  const standardError = Math.sqrt(items + (ownVariance[a] ?? 0) + (ownVariance[b] ?? 0));
  const exact = hasOwn(ownVariance, a, b)
    ? null
    : exactTest(strata, [a, b], { confidence, isConstant: items === 0 });
  if (items === 0) {
    const interval = { lower: exact?.lower ?? null, upper: exact?.upper ?? null };
    const reason = interval.lower === null ? message("constant-difference") : null;
    return { difference, standardError: null, ...interval, p: exact?.p ?? null, nShared, reason };
  }
  const degreesOfFreedom = items ** 2 / sum(parts.map((part) => part.variance ** 2 / part.degreesOfFreedom));
  const half = tCritical(confidence, degreesOfFreedom) * standardError;
  return {
    difference,
    standardError,
    lower: Math.max(-1, Math.min(difference - half, exact?.lower ?? 1)),
    upper: Math.min(1, Math.max(difference + half, exact?.upper ?? -1)),
    p: exact?.p ?? tTwoSided(difference / standardError, degreesOfFreedom),
    nShared,
    reason: null,
  };
}

const hasOwn = (ownVariance: readonly number[], a: number, b: number) =>
  (ownVariance[a] ?? 0) + (ownVariance[b] ?? 0) > 0;

/**
 * McNemar's exact p-value and, for a single stratum, the differences that the same binomial test does not reject given the number
 * of groups that differ; null unless the groups are right or wrong. Over several strata only for a constant difference,
 * which has no t test: there it is a sign test over their groups.
 */
function exactTest(
  strata: readonly WeightedCovariance[],
  [a, b]: readonly [number, number],
  { confidence, isConstant }: { readonly confidence: number; readonly isConstant: boolean },
): { readonly p: number; readonly lower?: number; readonly upper?: number } | null {
  const { onlyFirst, onlySecond } = discordantGroups(strata, a, b);
  if (onlyFirst === null || onlySecond === null) return null;
  const p = mcnemarTest({ both: 0, onlyFirst, onlySecond, neither: 0 }).pExact;
  if (strata.length > 1) return isConstant ? { p } : null;
  const differing = onlyFirst + onlySecond;
  if (differing === 0) return { p };
  const { lower, upper } = clopperPearsonInterval(onlyFirst, differing, { confidence });
  const scale = differing / cell((strata[0] as WeightedCovariance).nShared, a, b);
  return { p, lower: (2 * (lower as number) - 1) * scale, upper: (2 * (upper as number) - 1) * scale };
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
