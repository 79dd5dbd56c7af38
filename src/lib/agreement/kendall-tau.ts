import { clamp } from "../util/clamp.js";
import { normalTwoSided } from "../util/special.js";
import { type PairOrder, pairOrder } from "./pair-order.js";
import { completePairs } from "./pairs.js";

/** Result of `kendallTauB`. */
export interface KendallTau {
  readonly estimate: number | null;
  /** Two-sided, normal approximation with tie-corrected null variance, without continuity correction. */
  readonly pValue: number | null;
  readonly concordant: number;
  readonly discordant: number;
  /** Pairs of items with equal x (equal y included). */
  readonly tiedX: number;
  readonly tiedY: number;
  readonly n: number;
  readonly nMissing: number;
  readonly method: "kendall tau-b";
  readonly reason: string | null;
}

/**
 * Kendall's tau-b: concordant minus discordant pairs, rescaled for ties in either series. For an interval use
 * `bootstrapUnits`.
 *
 * @param x numbers, null where missing
 * @param y numbers of the same items in the same order
 * @returns undefined with a reason below two pairs or when a series is constant
 * @throws InputError if lengths differ or a value is NaN or infinite
 * @see Kendall (1945), doi:10.1093/biomet/33.3.239
 * @see oracle: scipy.stats.kendalltau(method="asymptotic"), 03-reliability-correlation.json
 * @example kendallTauB([1, 2, 3, 4], [1, 3, 2, 4]).estimate // 0.6666666667
 */
export function kendallTauB(x: readonly (number | null)[], y: readonly (number | null)[]): KendallTau {
  const complete = completePairs("kendallTauB", x, y);
  const { n, nMissing } = complete;
  const order = pairOrder(complete.x, complete.y);
  const { concordant, discordant, tiedX, tiedY, pairs } = order;
  const shared = { concordant, discordant, tiedX, tiedY, n, nMissing, method: "kendall tau-b" as const };
  if (n < 2) return { ...shared, estimate: null, pValue: null, reason: "fewer than two complete pairs" };
  if (tiedX === pairs || tiedY === pairs) {
    const reason = `${tiedX === pairs ? "x" : "y"} has zero variance`;
    return { ...shared, estimate: null, pValue: null, reason };
  }
  const balance = concordant - discordant;
  const estimate = balance / Math.sqrt(pairs - tiedX) / Math.sqrt(pairs - tiedY);
  const pValue = normalTwoSided(balance / Math.sqrt(nullVariance(order, n)));
  return { ...shared, estimate: clamp(estimate, -1, 1), pValue, reason: null };
}

/** Variance of concordant minus discordant pairs when the series are unrelated, given their ties. */
function nullVariance({ tiesX, tiesY, tiedX, tiedY }: PairOrder, n: number): number {
  const total = (ties: readonly number[], term: (t: number) => number) =>
    ties.reduce((s, t) => s + term(t), 0);
  const whole = (t: number) => t * (t - 1) * (2 * t + 5);
  const triples = (t: number) => t * (t - 1) * (t - 2);
  const ordered = n * (n - 1);
  const both = total(tiesX, triples) * total(tiesY, triples);
  return (
    (whole(n) - total(tiesX, whole) - total(tiesY, whole)) / 18 +
    (2 * tiedX * tiedY) / ordered +
    (both === 0 ? 0 : both / (9 * ordered * (n - 2)))
  );
}
