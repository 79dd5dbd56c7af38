import { InputError } from "../errors.js";
import { column, zip } from "../util/indexing.js";
import { createRandom, type Random } from "../util/random.js";
import { sum } from "../util/sum.js";
import { bcaInterval } from "./bca.js";
import {
  type BootstrapOptions,
  type BootstrapResult,
  checkBootstrap,
  summarizeReplicates,
} from "./bootstrap-summary.js";
import { checkFinite, checkSameLength } from "./estimate.js";

/** Percentile: quantiles of the replicates. Basic: those mirrored at the estimate. BCa: bias-corrected, accelerated. */
export type BootstrapInterval = "percentile" | "basic" | "bca";

/** Options of the bootstraps over independent units. */
export interface UnitBootstrapOptions extends BootstrapOptions {
  /** Kind of interval. Default "percentile". */
  readonly interval?: BootstrapInterval;
}

/**
 * Bootstrap of any statistic over independent units (items, or whole clusters): units are drawn with replacement and
 * the statistic is computed on the positions drawn.
 *
 * When the statistic is a function of sums over units, `bootstrapTotals` is much faster; for a table of counts use
 * `bootstrapMultinomial`.
 *
 * @param nUnits number of units, >= 1
 * @param statistic value on the units at these positions (with repeats); NaN where undefined. The array is reused: do not keep it
 * @returns undefined replicates are dropped and counted; an undefined BCa has null limits and a reason
 * @throws InputError if nUnits or an option is out of range
 * @see Efron & Tibshirani (1993), doi:10.1201/9780429246593
 * @see oracle: percentile, basic and BCa from given resamples, 11-bootstrap.json
 * @example bootstrapUnits(3, (at) => at.length, { seed: 1 }).estimate // 3
 */
export function bootstrapUnits(
  nUnits: number,
  statistic: (positions: Int32Array) => number,
  { replicates = 2000, seed = 1, confidence = 0.95, interval = "percentile" }: UnitBootstrapOptions = {},
): BootstrapResult {
  checkBootstrap("bootstrapUnits", replicates, confidence);
  checkUnits("bootstrapUnits", nUnits);
  const all = Int32Array.from({ length: nUnits }, (_, i) => i);
  const estimate = statistic(all);
  const random = createRandom(seed);
  const positions = new Int32Array(nUnits);
  const values = new Float64Array(replicates);
  for (let r = 0; r < replicates; r += 1) {
    drawPositions(random, positions);
    values[r] = statistic(positions);
  }
  const jackknife = () => {
    const rest = all.slice(1);
    return Float64Array.from(all, (left) => {
      for (let i = 0; i < rest.length; i += 1) rest[i] = i < left ? i : i + 1;
      return statistic(rest);
    });
  };
  return intervalOfReplicates(values, jackknife, { estimate, n: nUnits, seed, confidence, interval });
}

/**
 * Bootstrap of a statistic that depends on its units only through column totals: a ratio of sums, a mean difference, a
 * correlation (five sums), a kappa (cell counts). Leaving one unit out is then a subtraction, so the jackknife for BCa
 * costs almost nothing.
 *
 * @param units one row per unit, all of the same width
 * @param statistic value for column totals; NaN where undefined. The array is reused: do not keep it
 * @returns as `bootstrapUnits`
 * @throws InputError if there is no unit, rows differ in width, or an entry is not finite
 * @see Efron (1987), doi:10.1080/01621459.1987.10478410
 * @see oracle: percentile, basic and BCa from given resamples, 11-bootstrap.json
 * @example bootstrapTotals([[1, 2], [1, 2]], ([sum = 0, size = 0]) => sum / size).estimate // 0.5
 */
export function bootstrapTotals(
  units: readonly (readonly number[])[],
  statistic: (totals: Float64Array) => number,
  { replicates = 2000, seed = 1, confidence = 0.95, interval = "percentile" }: UnitBootstrapOptions = {},
): BootstrapResult {
  checkBootstrap("bootstrapTotals", replicates, confidence);
  const n = units.length;
  checkUnits("bootstrapTotals", n);
  const width = (units[0] as readonly number[]).length;
  for (const unit of units) checkSameLength("bootstrapTotals", units[0] as readonly number[], unit);
  const columns = Array.from({ length: width }, (_, c) => column(units, c));
  columns.forEach((column, c) => {
    checkFinite("bootstrapTotals", `column ${c}`, column);
  });
  const packed = columns.map((column) => Float64Array.from(column));
  const whole = Float64Array.from(columns, sum);
  const totals = whole.slice();
  const estimate = statistic(totals);
  const random = createRandom(seed);
  const positions = new Int32Array(n);
  const values = new Float64Array(replicates);
  for (let r = 0; r < replicates; r += 1) {
    drawTotals(random, packed, positions, totals);
    values[r] = statistic(totals);
  }
  const jackknife = () =>
    Float64Array.from(units, (unit) => {
      for (let c = 0; c < width; c += 1) totals[c] = whole[c]! - unit[c]!;
      return statistic(totals);
    });
  return intervalOfReplicates(values, jackknife, { estimate, n, seed, confidence, interval });
}

/**
 * Bootstrap over clusters of the mean of all their rows (total of sums over total of sizes).
 *
 * @param sums sum of the scores of each cluster
 * @param sizes scored rows of each cluster; clusters of size 0 are left out
 * @returns as for `bootstrapUnits`; the unit, and so n, is the cluster
 * @throws InputError if lengths differ, a value is not finite or no cluster has rows
 * @see oracle: cluster_mean in 11-bootstrap.json
 * @example bootstrapClusterMean([2, 1], [3, 3]).estimate // 0.5
 */
export function bootstrapClusterMean(
  sums: readonly number[],
  sizes: readonly number[],
  options: UnitBootstrapOptions = {},
): BootstrapResult {
  checkSameLength("bootstrapClusterMean", sums, sizes);
  const units = zip(sums, sizes).filter(([, size]) => size !== 0);
  return bootstrapTotals(units, (totals) => totals[0]! / totals[1]!, options);
}

/** Interval of one kind from replicates in any order; only BCa computes the jackknife. */
export function intervalOfReplicates(
  values: Float64Array,
  jackknife: () => ArrayLike<number>,
  about: {
    readonly estimate: number;
    readonly n: number;
    readonly seed: number | string;
    readonly confidence: number;
    readonly interval: BootstrapInterval;
  },
): BootstrapResult {
  const { estimate, confidence, interval } = about;
  const method = `bootstrap over units, ${interval === "bca" ? "BCa" : interval}`;
  const percentile = summarizeReplicates(values, { ...about, method });
  if (interval === "percentile" || percentile.lower === null || percentile.upper === null) return percentile;
  if (interval === "basic") {
    return { ...percentile, lower: 2 * estimate - percentile.upper, upper: 2 * estimate - percentile.lower };
  }
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const { lower, upper, reason } = bcaInterval(sorted, { estimate, jackknife: jackknife(), confidence });
  return { ...percentile, lower, upper, reason: reason ?? percentile.reason };
}

/** Draws units and sums their columns. Two columns, as for a ratio, are summed while drawing. */
function drawTotals(
  random: Random,
  columns: readonly Float64Array[],
  positions: Int32Array,
  totals: Float64Array,
): void {
  if (columns.length === 2) {
    drawTwoTotals(random, columns[0] as Float64Array, columns[1] as Float64Array, totals);
    return;
  }
  drawPositions(random, positions);
  columns.forEach((column, c) => {
    totals[c] = sumAt(column, positions);
  });
}

function drawTwoTotals(
  random: Random,
  first: Float64Array,
  second: Float64Array,
  totals: Float64Array,
): void {
  const n = first.length;
  let firstTotal = 0;
  let secondTotal = 0;
  for (let i = 0; i < n; i += 1) {
    // A bit shift truncates in integer registers; Math.floor or a function call would make the loop a third to several
    // times slower.
    const position = (random() * n) >>> 0;
    firstTotal += first[position]!;
    secondTotal += second[position]!;
  }
  totals[0] = firstTotal;
  totals[1] = secondTotal;
}

function sumAt(column: Float64Array, positions: Int32Array): number {
  let total = 0;
  for (let i = 0; i < positions.length; i += 1) total += column[positions[i]!]!;
  return total;
}

function drawPositions(random: Random, positions: Int32Array): void {
  const n = positions.length;
  for (let i = 0; i < n; i += 1) positions[i] = (random() * n) >>> 0;
}

function checkUnits(caller: string, nUnits: number): void {
  if (!(Number.isInteger(nUnits) && nUnits >= 1)) {
    throw new InputError(`${caller}: needs at least one unit; got ${nUnits}`, {
      hint: "An empty slice has no interval: report it as undefined.",
    });
  }
}
