/**
 * Mid-ranks: 1 for the smallest, ties share the mean of the ranks they span. Values closer than `tolerance` to their
 * lower neighbor count as tied, so that 0.3 - 0.1 and 0.2 can tie; the default 0 ties only equal numbers.
 *
 * @see oracle: scipy.stats.rankdata, through spearman in 03-reliability-correlation.json
 * @example midRanks([10, 20, 20, 5]) // [2, 3.5, 3.5, 1]
 */
export function midRanks(values: readonly number[], tolerance = 0): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Array<number>(values.length);
  let start = 0;
  for (let k = 1; k <= order.length; k += 1) {
    const tied = k < order.length && values[order[k]!]! - values[order[k - 1]!]! <= tolerance;
    if (tied) continue;
    for (let i = start; i < k; i += 1) ranks[order[i]!] = (start + 1 + k) / 2;
    start = k;
  }
  return ranks;
}
