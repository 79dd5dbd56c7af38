import { at } from "../util/indexing.js";

/**
 * Quantile of sorted numbers by linear interpolation between order statistics (Hyndman-Fan type 7, the default of R
 * and numpy): position (n - 1) q.
 *
 * @param sorted ascending, without NaN; an empty array gives NaN
 * @param q in [0, 1]
 * @see Hyndman & Fan (1996), doi:10.1080/00031305.1996.10473566
 * @example quantileSorted([1, 2, 4, 8], 0.5) // 3
 */
export function quantileSorted(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const low = at(sorted, below);
  const high = at(sorted, Math.min(below + 1, sorted.length - 1));
  // Equal neighbors first: low + 0 * (high - low) is NaN between two infinities.
  return low === high ? low : low + (position - below) * (high - low);
}
