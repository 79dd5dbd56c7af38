import { at } from "../util/indexing.js";

/** How the n (n - 1) / 2 pairs of items are ordered by two series. */
export interface PairOrder {
  readonly concordant: number;
  readonly discordant: number;
  /** Pairs with equal x, with equal y, and with both equal. */
  readonly tiedX: number;
  readonly tiedY: number;
  readonly tiedBoth: number;
  readonly pairs: number;
  /** Sizes of the groups of equal values, without groups of one. */
  readonly tiesX: readonly number[];
  readonly tiesY: readonly number[];
}

/**
 * Counts concordant and discordant pairs in O(n log n): sorted by x, every discordant pair is an inversion of y, and a
 * merge sort counts inversions (Knight 1966, doi:10.1080/01621459.1966.10480879).
 */
export function pairOrder(x: readonly number[], y: readonly number[]): PairOrder {
  const n = x.length;
  const order = x.map((_, i) => i);
  order.sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]!);
  const sortedX = order.map((i) => at(x, i));
  const byX = order.map((i) => at(y, i));
  const sortedY = [...y].sort((a, b) => a - b);
  const tiesX = runLengths(n, (k) => sortedX[k] === sortedX[k - 1]);
  const tiesY = runLengths(n, (k) => sortedY[k] === sortedY[k - 1]);
  const both = runLengths(n, (k) => sortedX[k] === sortedX[k - 1] && byX[k] === byX[k - 1]);
  const pairs = (n * (n - 1)) / 2;
  const tiedX = pairsWithin(tiesX);
  const tiedY = pairsWithin(tiesY);
  const tiedBoth = pairsWithin(both);
  const discordant = inversions(Float64Array.from(byX));
  const concordant = pairs - tiedX - tiedY + tiedBoth - discordant;
  return { concordant, discordant, tiedX, tiedY, tiedBoth, pairs, tiesX, tiesY };
}

function runLengths(n: number, continues: (k: number) => boolean): number[] {
  const runs: number[] = [];
  let length = 1;
  for (let k = 1; k <= n; k += 1) {
    if (k < n && continues(k)) length += 1;
    else {
      if (length > 1) runs.push(length);
      length = 1;
    }
  }
  return runs;
}

function pairsWithin(runs: readonly number[]): number {
  return runs.reduce((total, t) => total + (t * (t - 1)) / 2, 0);
}

/** Pairs out of order; equal values are in order. Sorts the array. */
function inversions(values: Float64Array): number {
  const n = values.length;
  const buffer = new Float64Array(n);
  let count = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      let i = start;
      let j = middle;
      for (let k = start; k < end; k += 1) {
        const takeRight = j < end && (i >= middle || values[j]! < values[i]!);
        if (takeRight) {
          count += middle - i;
          buffer[k] = values[j]!;
          j += 1;
        } else {
          buffer[k] = values[i]!;
          i += 1;
        }
      }
    }
    values.set(buffer);
  }
  return count;
}
