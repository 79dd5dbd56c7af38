import { at, zip } from "../util/indexing.js";
import { createRandom, type Random } from "../util/random.js";
import { drawMultinomial } from "./bootstrap-multinomial.js";
import { type BootstrapOptions, checkBootstrap, summarizeReplicates } from "./bootstrap-summary.js";
import {
  type CompositeInterval,
  compositeEstimate,
  type Stratum,
  type WeightedStratum,
} from "./composite.js";

/** Result of `stratifiedCompositeBootstrap`. */
export interface CompositeBootstrap extends CompositeInterval {
  readonly replicates: number;
  readonly seed: number | string;
}

/**
 * Bootstrap interval of a composite: a weighted mean of strata means (a benchmark's dimensions over its datasets, a
 * dataset's mean over its groups). Groups are resampled with replacement inside their stratum, so the benchmark keeps
 * its composition and only the questions vary.
 *
 * The variance of a stratum of G groups is too small by the factor (G - 1) / G, as in every bootstrap of a mean; with
 * few groups per stratum prefer `compositeClusterInterval`. A stratum with one group cannot vary: it contributes no
 * variance and is counted in `nSingletonStrata`.
 *
 * @param strata per stratum the sums and sizes of its groups and its weight (>= 0; nested weights multiplied out)
 * @returns percentile interval; undefined with a reason if a stratum of positive weight has no scored group
 * @throws InputError if lengths differ, a value is out of range or no weight is positive
 * @see Davison & Hinkley (1997), doi:10.1017/CBO9780511802843, section 3.2
 * @example stratifiedCompositeBootstrap([{ sums: [1, 0], sizes: [1, 1], weight: 1 }], { seed: 1 }).estimate // 0.5
 */
export function stratifiedCompositeBootstrap(
  strata: readonly WeightedStratum[],
  options: BootstrapOptions = {},
): CompositeBootstrap {
  const weights = strata.map((stratum) => stratum.weight);
  return stratifiedCompositesBootstrap(strata, [weights], options)[0] as CompositeBootstrap;
}

/**
 * `stratifiedCompositeBootstrap` for several composites of the same strata (tasks, dimensions, overall) from the same
 * draws, so that an overall score and its parts vary together.
 *
 * @param weightings one row of weights per composite, each with one weight per stratum
 * @example stratifiedCompositesBootstrap([{ sums: [1, 0], sizes: [1, 1] }, { sums: [3], sizes: [4] }], [[1, 0], [1, 1]]).map((composite) => composite.estimate) // [0.5, 0.625]
 */
export function stratifiedCompositesBootstrap(
  strata: readonly Stratum[],
  weightings: readonly (readonly number[])[],
  { replicates = 2000, seed = 1, confidence = 0.95 }: BootstrapOptions = {},
): CompositeBootstrap[] {
  const caller = "stratifiedCompositeBootstrap";
  checkBootstrap(caller, replicates, confidence);
  const facts = weightings.map((weights) => compositeEstimate(caller, strata, weights));
  const totals = weightings.map(() => new Float64Array(replicates));
  const means = new Float64Array(replicates);
  strata.forEach((stratum, h) => {
    if (facts.every((fact) => at(fact.shares, h) === 0 || fact.estimate === null)) return;
    // One stream per stratum: adding a stratum does not change the draws of the others.
    drawStratumMeans(stratum, createRandom(`${seed}/${h}`), means);
    facts.forEach((fact, c) => {
      const share = at(fact.shares, h);
      const total = totals[c] as Float64Array;
      if (share !== 0) for (let r = 0; r < replicates; r += 1) total[r]! += share * means[r]!;
    });
  });
  return facts.map(({ shares: _shares, cells: _cells, ...fact }, c) => {
    const summary = summarizeReplicates(totals[c] as Float64Array, {
      estimate: fact.estimate ?? Number.NaN,
      n: fact.n,
      seed,
      confidence,
      method: "stratified bootstrap over groups, percentile",
    });
    const { nUndefined: _none, ...interval } = summary;
    if (fact.estimate !== null && fact.nSingletonStrata === fact.nStrata) {
      const reason = "every stratum has one group: no variance between groups";
      return { ...fact, ...interval, lower: null, upper: null, standardError: null, reason };
    }
    return { ...fact, ...interval, reason: fact.reason ?? interval.reason };
  });
}

/** Fills `means` with the means of resampled strata, by the cheaper of two equivalent ways. */
function drawStratumMeans({ sums, sizes }: Stratum, random: Random, means: Float64Array): void {
  const groups = zip(sums, sizes).filter(([, size]) => size > 0);
  const cells = new Map<string, { value: number; size: number; count: number }>();
  for (const [value, size] of groups) {
    const key = `${value} ${size}`;
    const cell = cells.get(key) ?? { value, size, count: 0 };
    cell.count += 1;
    cells.set(key, cell);
  }
  // A binomial draw costs as much as a few index draws: it pays off if many groups share one (sum, size) pair, as with
  // 0/1 scores.
  if (cells.size * 4 <= groups.length || cells.size <= 2) {
    drawByCells([...cells.values()], groups.length, random, means);
  } else {
    drawByGroups(groups, random, means);
  }
}

function drawByCells(
  cells: readonly { readonly value: number; readonly size: number; readonly count: number }[],
  nGroups: number,
  random: Random,
  means: Float64Array,
): void {
  const counts = Float64Array.from(cells, (cell) => cell.count);
  const drawn = new Float64Array(cells.length);
  for (let r = 0; r < means.length; r += 1) {
    drawMultinomial(random, nGroups, counts, drawn);
    let total = 0;
    let size = 0;
    cells.forEach((cell, c) => {
      total += drawn[c]! * cell.value;
      size += drawn[c]! * cell.size;
    });
    means[r] = total / size;
  }
}

function drawByGroups(
  groups: readonly (readonly [number, number])[],
  random: Random,
  means: Float64Array,
): void {
  const sums = Float64Array.from(groups, ([value]) => value);
  const sizes = Float64Array.from(groups, ([, size]) => size);
  const n = groups.length;
  for (let r = 0; r < means.length; r += 1) {
    let total = 0;
    let size = 0;
    for (let g = 0; g < n; g += 1) {
      // Truncates in integer registers; a function call would make the loop several times slower.
      const picked = (random() * n) >>> 0;
      total += sums[picked]!;
      size += sizes[picked]!;
    }
    means[r] = total / size;
  }
}
