import { InputError } from "../errors.js";
import { at } from "../util/indexing.js";
import { createRandom, type Random } from "../util/random.js";
import { sum } from "../util/sum.js";
import { drawBinomial } from "./binomial.js";
import {
  type BootstrapOptions,
  type BootstrapResult,
  checkBootstrap,
  summarizeReplicates,
} from "./bootstrap-summary.js";

/**
 * Draws `n` observations over cells with the given weights into `out`, one conditional binomial per cell, so the cost
 * depends on the number of cells and not on n.
 *
 * @param weights >= 0, not necessarily summing to 1; their total must be positive when n > 0
 * @example ((out) => { drawMultinomial(createRandom(1), 10, [3, 0, 4], out); return [out[0] + out[2], out[1]]; })(new Int32Array(3)) // [10, 0]
 */
export function drawMultinomial(
  random: Random,
  n: number,
  weights: ArrayLike<number>,
  out: Float64Array | Int32Array,
): void {
  let weightLeft = 0;
  for (let i = 0; i < weights.length; i += 1) weightLeft += weights[i]!;
  let left = n;
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i]!;
    // The last filled cell gets all remaining observations: its share is 1, or more because of rounding.
    const drawn = drawBinomial(random, left, weight / weightLeft);
    out[i] = drawn;
    left -= drawn;
    weightLeft -= weight;
  }
}

/**
 * Bootstrap of a statistic of a table of counts. Resampling units with replacement and tabulating them is a
 * multinomial draw of the table itself, so the replicates have exactly the distribution of the row bootstrap at a
 * cost that does not grow with the number of units.
 *
 * @param counts integer cell counts >= 0; a matrix is passed row after row
 * @param statistic value of a resampled table of the same layout; NaN where undefined. The array is reused: do not keep it
 * @returns percentile interval; undefined replicates are dropped and counted in `nUndefined`
 * @throws InputError if a count is not an integer >= 0, or an option is out of range
 * @see Efron & Tibshirani (1993), doi:10.1201/9780429246593, section 6.2
 * @example bootstrapMultinomial([2, 8], (t) => (t[1] ?? 0) / 10, { seed: 1 }).estimate // 0.8
 */
export function bootstrapMultinomial(
  counts: readonly number[],
  statistic: (table: Float64Array) => number,
  { replicates = 2000, seed = 1, confidence = 0.95 }: BootstrapOptions = {},
): BootstrapResult {
  checkBootstrap("bootstrapMultinomial", replicates, confidence);
  const bad = counts.findIndex((count) => !(Number.isInteger(count) && count >= 0));
  if (bad >= 0) {
    throw new InputError(`bootstrapMultinomial: counts[${bad}] must be an integer >= 0; got ${counts[bad]}`, {
      hint: "Pass counts of units, not proportions.",
    });
  }
  const n = sum(counts);
  const table = Float64Array.from(counts);
  const estimate = statistic(table);
  const values = new Float64Array(replicates);
  const random = createRandom(seed);
  // Largest cells first: the fewer units are left, the cheaper the remaining draws.
  const order = counts.map((_, i) => i).filter((i) => counts[i] !== 0);
  order.sort((i, j) => at(counts, j) - at(counts, i));
  const filled = order.map((i) => at(counts, i));
  const drawn = new Float64Array(order.length);
  for (let r = 0; r < replicates; r += 1) {
    drawMultinomial(random, n, filled, drawn);
    for (let k = 0; k < order.length; k += 1) table[order[k]!] = drawn[k]!;
    values[r] = statistic(table);
  }
  return summarizeReplicates(values, {
    estimate,
    n,
    seed,
    confidence,
    method: "multinomial bootstrap, percentile",
  });
}
