import { pairOrder } from "./pair-order.js";
import { completePairs } from "./pairs.js";

/** Result of `somersD`. */
export interface SomersD {
  /** D(y | x): how well x predicts the order of y; pairs tied on x are left out. */
  readonly yGivenX: number | null;
  /** D(x | y). */
  readonly xGivenY: number | null;
  /** Goodman-Kruskal gamma: pairs tied on either are left out. */
  readonly gamma: number | null;
  readonly concordant: number;
  readonly discordant: number;
  readonly n: number;
  readonly nMissing: number;
  readonly method: "somers d";
  readonly reason: string | null;
}

/**
 * Somers' D in both directions and Goodman-Kruskal gamma: concordant minus discordant pairs over the pairs that could
 * have been ordered. For intervals use `bootstrapUnits`.
 *
 * @param x numbers, null where missing
 * @param y numbers of the same items in the same order
 * @returns each undefined, with a reason, if it has no pairs
 * @throws InputError if lengths differ or a value is NaN or infinite
 * @see Somers (1962), doi:10.2307/2090408; Goodman & Kruskal (1954), doi:10.1080/01621459.1954.10501231
 * @see oracle: scipy.stats.somersd, 03-reliability-correlation.json
 * @example somersD([1, 1, 2], [1, 2, 3]).yGivenX // 1
 */
export function somersD(x: readonly (number | null)[], y: readonly (number | null)[]): SomersD {
  const complete = completePairs("somersD", x, y);
  const { concordant, discordant, tiedX, tiedY, pairs } = pairOrder(complete.x, complete.y);
  const balance = concordant - discordant;
  const over = (count: number) => (count === 0 ? null : balance / count);
  const yGivenX = over(pairs - tiedX);
  const xGivenY = over(pairs - tiedY);
  const gamma = over(concordant + discordant);
  return {
    yGivenX,
    xGivenY,
    gamma,
    concordant,
    discordant,
    n: complete.n,
    nMissing: complete.nMissing,
    method: "somers d",
    reason: [yGivenX, xGivenY, gamma].includes(null) ? "every pair of items is tied: nothing to order" : null,
  };
}
