import { at } from "../util/indexing.js";
import {
  type CompositeDifference,
  compositeDifference,
  type WeightedCovariance,
} from "./composite-covariance.js";
import { type RankSets, rankSetsOfPairs } from "./rank-sets.js";

/** The difference of two systems' composites; `a` has the higher score. */
export interface RankedPair extends CompositeDifference {
  /** Places of the two systems in the list. */
  readonly a: number;
  readonly b: number;
  /** After Holm over all pairs; null without a test. */
  readonly pHolm: number | null;
  /** Whether a is better than b, at the stated confidence over all pairs together: where `pHolm` is small enough. */
  readonly isOrdered: boolean;
}

/** Options of `compositeRankSets`. */
export interface CompositeRankOptions {
  /** Coverage in (0, 1). Default 0.95. */
  readonly confidence?: number;
  /** Variance of each system's composite that does not come from items. Default: none. */
  readonly ownVariance?: readonly number[];
  /** Further variance of the difference of two systems, such as the choice of raters. Default: none. */
  readonly pairVariance?: (a: number, b: number) => number;
}

/** Result of `compositeRankSets`. */
export interface CompositeRankSets extends RankSets {
  /** Each pair once, by descending score. */
  readonly pairs: readonly RankedPair[];
}

/**
 * Joint rank sets of composites and all their paired differences: `rankSetsOfPairs` on the p-values of `compositeDifference`, so
 * that the order of a pair, its adjusted p-value, the rank sets and the tiers are one decision.
 *
 * @param systems names, in the order of the strata's matrices
 * @param estimates scores of the systems, in [0, 1]
 * @param strata those of positive weight
 * @example compositeRankSets(["a", "b"], [0.9, 0.1], [{ weight: 1, covariance: [[0.01, 0], [0, 0.01]], nShared: [[30, 30], [30, 30]] }]).sets[0]?.worst // 1
 */
export function compositeRankSets(
  systems: readonly string[],
  estimates: readonly number[],
  strata: readonly WeightedCovariance[],
  { confidence = 0.95, ownVariance = [], pairVariance = () => 0 }: CompositeRankOptions = {},
): CompositeRankSets {
  const order = systems.map((_, index) => index).sort((a, b) => at(estimates, b) - at(estimates, a) || a - b);
  const found = order.flatMap((a, place) =>
    order.slice(place + 1).map((b) => ({
      ...{ a, b },
      ...compositeDifference(estimates, strata, a, b, {
        confidence,
        ownVariance: systems.map((_, s) => (ownVariance[s] ?? 0) + (s === a ? pairVariance(a, b) : 0)),
      }),
    })),
  );
  const pValues = systems.map(() => new Array<number | null>(systems.length).fill(null));
  for (const { a, b, p } of found) at(pValues, Math.min(a, b))[Math.max(a, b)] = p;
  const ranks = rankSetsOfPairs(systems, estimates, (i, j) => pValues[i]?.[j] ?? null, { confidence });
  const pairs = found.map((pair) => ({
    ...pair,
    pHolm: ranks.adjusted[pair.a]?.[pair.b] ?? null,
    isOrdered: ranks.better[pair.a]?.[pair.b] ?? false,
  }));
  return { ...ranks, pairs };
}
