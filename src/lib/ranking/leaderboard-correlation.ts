import { isPresent } from "../util/indexing.js";
import { sum } from "../util/sum.js";

/** Result of `leaderboardCorrelation`. */
export interface LeaderboardCorrelation {
  /** Systems on both boards; only these are compared and ranked. */
  readonly nCommon: number;
  /** Null with fewer than two common systems, or if all of them tie on one board. */
  readonly kendallTauB: number | null;
  readonly spearmanRho: number | null;
  /** Competition ranks ("1224", best is 1) within the common systems. */
  readonly ranksA: Readonly<Record<string, number>>;
  readonly ranksB: Readonly<Record<string, number>>;
  readonly reason: string | null;
}

/**
 * How similarly two leaderboards order the same systems: Kendall's tau-b and Spearman's rho (Pearson on mid-ranks) over
 * the systems present on both, higher scores being better. Missing (non-finite) scores count as absent. Correlations
 * between boards say nothing about the size of differences and are unstable with few systems: show n.
 *
 * @see Kendall (1945), doi:10.1093/biomet/33.3.239
 * @see oracle: scipy kendalltau and spearmanr, 08-bradley-terry-ranking.json
 * @example leaderboardCorrelation({ a: 3, b: 2, c: 1 }, { a: 9, b: 5, c: 7 }).kendallTauB // 0.3333333333
 */
export function leaderboardCorrelation(
  boardA: Readonly<Record<string, number | null>>,
  boardB: Readonly<Record<string, number | null>>,
): LeaderboardCorrelation {
  const common = Object.keys(boardA).filter(
    (system) =>
      Object.hasOwn(boardB, system) && Number.isFinite(boardA[system]) && Number.isFinite(boardB[system]),
  );
  const a = common.map((system) => boardA[system]).filter(isPresent);
  const b = common.map((system) => boardB[system]).filter(isPresent);
  const shared = {
    nCommon: common.length,
    ranksA: Object.fromEntries(common.map((system, i) => [system, competitionRank(a, i)])),
    ranksB: Object.fromEntries(common.map((system, i) => [system, competitionRank(b, i)])),
  };
  const kendallTauB = correlation(pairSigns(a), pairSigns(b));
  if (kendallTauB === null) {
    const reason = common.length < 2 ? "fewer than two common systems" : "all systems tie on one board";
    return { ...shared, kendallTauB: null, spearmanRho: null, reason };
  }
  return {
    ...shared,
    kendallTauB,
    spearmanRho: correlation(centeredRanks(a), centeredRanks(b)),
    reason: null,
  };
}

function competitionRank(scores: readonly number[], i: number): number {
  return 1 + scores.filter((score) => score > scores[i]!).length;
}

// Tau-b is the uncentered correlation of the signs of all pairwise differences; boards are short, so O(n^2) is fine.
function pairSigns(scores: readonly number[]): number[] {
  return scores.flatMap((score, i) => scores.slice(i + 1).map((other) => Math.sign(score - other)));
}

/** Mid-ranks minus their mean: half of (systems below minus systems above). */
function centeredRanks(scores: readonly number[]): number[] {
  return scores.map((score) => sum(scores.map((other) => Math.sign(score - other))) / 2);
}

/** Correlation about zero; null if one side is all zeros. */
function correlation(x: readonly number[], y: readonly number[]): number | null {
  const product = (u: readonly number[], v: readonly number[]) => sum(u.map((value, i) => value * v[i]!));
  const scale = Math.sqrt(product(x, x) * product(y, y));
  return scale === 0 ? null : product(x, y) / scale;
}
