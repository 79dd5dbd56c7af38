import { at } from "../util/indexing.js";
import { normalTwoSided } from "../util/special.js";
import { sum } from "../util/sum.js";
import { tidyDifferences } from "./decimal-grid.js";
import { checkFinite, checkSameLength } from "./estimate.js";
import { midRanks } from "./ranks.js";
import { subsetSumTail } from "./subset-sums.js";

/** Options of `wilcoxonSignedRank`. */
export interface WilcoxonOptions {
  /** "wilcox" (default) drops zero differences before ranking; "pratt" ranks them and then drops their ranks. */
  readonly zeros?: "wilcox" | "pratt";
}

/** Result of `wilcoxonSignedRank`. */
export interface WilcoxonTest {
  /** Sum of the ranks of positive differences. */
  readonly wPlus: number;
  readonly wMinus: number;
  /** The smaller of the two. */
  readonly statistic: number;
  /** Two-sided, over all sign patterns of the (tied) ranks; null above 500 nonzero differences. */
  readonly pExact: number | null;
  /** Two-sided normal approximation with tie-corrected variance, without continuity correction. */
  readonly pApproximate: number | null;
  /** The same with a continuity correction of 1/2. */
  readonly pApproximateCorrected: number | null;
  /** Pairs. */
  readonly n: number;
  readonly nNonzero: number;
  readonly method: string;
  readonly reason: string | null;
}

/** Above this the exact count is not worth its cost: the approximations agree to 1e-5. */
const exactLimit = 500;

/**
 * Wilcoxon's signed-rank test of a symmetric difference around 0. The exact p-value stays exact with ties, because it
 * counts sign patterns over the actual mid-ranks; decimal scores tie as decimals (0.3 - 0.1 equals 0.2).
 *
 * @param a finite scores of the first system
 * @param b finite scores of the second on the same items in the same order
 * @returns without nonzero differences pExact is 1 and the approximations null with a reason
 * @throws InputError if lengths differ or a value is not finite
 * @see Wilcoxon (1945), doi:10.2307/3001968; Pratt (1959), doi:10.1080/01621459.1959.10501526
 * @see oracle: R wilcox.test, exactRankTests, full enumeration, 04-proportions-paired-tests.json
 * @example wilcoxonSignedRank([3, 4, 5], [1, 1, 1]).pExact // 0.25
 */
export function wilcoxonSignedRank(
  a: readonly number[],
  b: readonly number[],
  { zeros = "wilcox" }: WilcoxonOptions = {},
): WilcoxonTest {
  checkSameLength("wilcoxonSignedRank", a, b);
  checkFinite("wilcoxonSignedRank", "a", a);
  checkFinite("wilcoxonSignedRank", "b", b);
  const { differences, exact } = tidyDifferences(a, b);
  const tolerance = exact ? 0 : 1e-9 * Math.max(...differences.map(Math.abs));
  const isZero = (difference: number) => Math.abs(difference) <= tolerance;
  const ranked = zeros === "pratt" ? differences : differences.filter((difference) => !isZero(difference));
  const ranks = midRanks(ranked.map(Math.abs), tolerance);
  const signed = ranked.map((difference, i) => ({ difference, rank: at(ranks, i) }));
  const kept = signed.filter(({ difference }) => !isZero(difference));
  const wPlus = sum(kept.filter(({ difference }) => difference > 0).map(({ rank }) => rank));
  const wMinus = sum(kept.filter(({ difference }) => difference < 0).map(({ rank }) => rank));
  const statistic = Math.min(wPlus, wMinus);
  const shared = {
    wPlus,
    wMinus,
    statistic,
    n: a.length,
    nNonzero: kept.length,
    method: `signed rank, ${zeros} zeros`,
  };
  if (kept.length === 0) {
    const reason = a.length === 0 ? "no pairs" : "no nonzero difference: the normal approximation is 0/0";
    return { ...shared, pExact: 1, pApproximate: null, pApproximateCorrected: null, reason };
  }
  const gap = Math.abs(wPlus - wMinus) / 2;
  const deviation = Math.sqrt(sum(kept.map(({ rank }) => rank ** 2)) / 4);
  const enumerable = kept.length <= exactLimit;
  const doubled = kept.map(({ rank }) => Math.round(2 * rank));
  return {
    ...shared,
    pExact: enumerable ? Math.min(1, 2 * subsetSumTail(doubled, Math.round(2 * statistic))) : null,
    pApproximate: normalTwoSided(gap / deviation),
    pApproximateCorrected: normalTwoSided(Math.max(0, gap - 0.5) / deviation),
    reason: enumerable ? null : `more than ${exactLimit} nonzero differences: use the normal approximation`,
  };
}
