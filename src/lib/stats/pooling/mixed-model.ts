import { choleskyFactor, choleskyInverse, choleskySolve } from "../../util/linear-algebra.js";

/**
 * Scores of systems on slices (specialties) as binomial counts, system by system: cell [system * nSlices + slice]. Counts
 * may be fractions; a cell without data has 0 trials.
 */
export interface BinomialCells {
  readonly nSystems: number;
  readonly nSlices: number;
  readonly successes: Float64Array;
  readonly trials: Float64Array;
  /** Per slice: variance, in log-odds, of the luck with its questions, which all systems share; 0 if none is shared. */
  readonly luck: Float64Array;
}

/** Standard deviations of the model's random effects, in log-odds. */
export interface Spreads {
  /** Between slices, common to all systems: how hard a slice is. */
  readonly slices: number;
  /** Of a system in a slice, beyond its own level and the difficulty of the slice. */
  readonly cells: number;
}

/** The most plausible effects for given spreads, with what their uncertainty needs. */
export interface MixedMode {
  readonly spreads: Spreads;
  /** Level of each system in log-odds. */
  readonly levels: Float64Array;
  /** Per slice: difficulty and luck together, as a deviation in log-odds. */
  readonly slices: Float64Array;
  /** Log-odds of each cell, and the information of its counts about it. */
  readonly logOdds: Float64Array;
  readonly information: Float64Array;
  /** Information per cell after the system's own deviation is integrated out; per slice, of `slices` given the levels. */
  readonly marginal: Float64Array;
  readonly precision: Float64Array;
  /** Covariance of the levels. */
  readonly levelCovariance: readonly Float64Array[];
  /** Laplace approximation of the log-likelihood of the spreads, with levels integrated out, without binomial coefficients. */
  readonly logLikelihood: number;
  /** The same with the levels fixed at `levels`. */
  readonly fixedLogLikelihood: number;
}

/**
 * Mode and Laplace likelihood of a binomial mixed model with crossed effects:
 *
 *   successes of system s on slice k ~ Binomial(trials, p),  logit p = level_s + (difficulty_k + luck_k) + deviation_sk
 *
 * with normal difficulties (variance `spreads.slices`^2), normal luck (variance `luck`) and normal deviations
 * (`spreads.cells`^2). Newton's method; deviations and slices are eliminated, so a step costs one small matrix of the levels.
 *
 * @param start levels, slices and deviations of a fit with similar spreads, to save steps
 * @param fixedLevels levels that are not estimated
 */
export function mixedMode(
  cells: BinomialCells,
  spreads: Spreads,
  {
    start,
    fixedLevels,
  }: { readonly start?: MixedMode | undefined; readonly fixedLevels?: Float64Array } = {},
): MixedMode {
  const { nSystems: S, nSlices: K, successes, trials, luck } = cells;
  const own = spreads.cells ** 2;
  const shared = luck.map((variance) => spreads.slices ** 2 + variance);
  let levels = Float64Array.from(fixedLevels ?? start?.levels ?? startingLevels(cells));
  let slices = Float64Array.from(start?.slices ?? luck.map(() => 0));
  let logOdds = Float64Array.from(start?.logOdds ?? successes.map((_, i) => levels[Math.floor(i / K)]!));
  const information = new Float64Array(S * K);
  const marginal = new Float64Array(S * K);
  const pull = new Float64Array(S * K);
  const precision = new Float64Array(K);
  let factor: Float64Array[] = [];
  for (let step = 0; step < 100; step += 1) {
    for (let i = 0; i < S * K; i += 1) {
      const p = 1 / (1 + Math.exp(-logOdds[i]!));
      const w = trials[i]! * p * (1 - p);
      information[i] = w;
      marginal[i] = w / (1 + w * own);
      pull[i] = (w * logOdds[i]! + successes[i]! - trials[i]! * p) / (1 + w * own);
    }
    const pullOfSlice = new Float64Array(K);
    for (let k = 0; k < K; k += 1) {
      let total = 0;
      for (let s = 0; s < S; s += 1) {
        total += marginal[s * K + k]!;
        pullOfSlice[k]! += pull[s * K + k]!;
      }
      // Without spread the effect is 0: an infinite precision says the same.
      precision[k] = shared[k]! > 0 ? 1 / shared[k]! + total : Number.POSITIVE_INFINITY;
    }
    const matrix = levelMatrix(cells, marginal, precision);
    factor = choleskyFactor(matrix, 0) ?? [];
    const right = Float64Array.from({ length: S }, (_, s) => {
      let value = 0;
      for (let k = 0; k < K; k += 1) {
        value += pull[s * K + k]! - (marginal[s * K + k]! * pullOfSlice[k]!) / precision[k]!;
      }
      return value;
    });
    const nextLevels = fixedLevels ?? choleskySolve(factor, right);
    const nextSlices = precision.map((own, k) => {
      let value = pullOfSlice[k]!;
      for (let s = 0; s < S; s += 1) value -= marginal[s * K + k]! * nextLevels[s]!;
      return value / own;
    });
    let largest = 0;
    const next = logOdds.map((old, i) => {
      const s = Math.floor(i / K);
      const center = nextLevels[s]! + nextSlices[i - s * K]!;
      const value = center + own * (pull[i]! - marginal[i]! * center);
      // Steps of more than 2 log-odds overshoot in cells near 0 or 100 %.
      const change = Math.max(-2, Math.min(2, value - old));
      largest = Math.max(largest, Math.abs(change));
      return old + change;
    });
    levels = Float64Array.from(nextLevels);
    slices = nextSlices;
    logOdds = next;
    if (largest < 1e-7) break;
  }
  let fixedLogLikelihood = 0;
  for (let i = 0; i < S * K; i += 1) {
    const s = Math.floor(i / K);
    const eta = logOdds[i]!;
    const deviation = eta - levels[s]! - slices[i - s * K]!;
    const softplus = eta > 0 ? eta + Math.log1p(Math.exp(-eta)) : Math.log1p(Math.exp(eta));
    fixedLogLikelihood += successes[i]! * eta - trials[i]! * softplus;
    if (own > 0) fixedLogLikelihood -= deviation ** 2 / (2 * own) + Math.log1p(information[i]! * own) / 2;
  }
  for (let k = 0; k < K; k += 1) {
    const variance = shared[k]!;
    if (variance > 0) {
      fixedLogLikelihood -= slices[k]! ** 2 / (2 * variance) + Math.log(variance * precision[k]!) / 2;
    }
  }
  let determinant = 0;
  for (let s = 0; s < factor.length; s += 1) determinant += Math.log(factor[s]![s]!);
  return {
    spreads,
    levels,
    slices,
    logOdds,
    information,
    marginal,
    precision,
    levelCovariance: choleskyInverse(factor),
    logLikelihood: fixedLogLikelihood - determinant,
    fixedLogLikelihood,
  };
}

/** Information about the levels once slices are integrated out; only the lower triangle is filled. */
function levelMatrix(
  { nSystems: S, nSlices: K }: BinomialCells,
  marginal: Float64Array,
  precision: Float64Array,
): Float64Array[] {
  return Array.from({ length: S }, (_, s) => {
    const row = new Float64Array(S);
    for (let k = 0; k < K; k += 1) {
      const own = marginal[s * K + k]!;
      row[s]! += own;
      const scaled = own / precision[k]!;
      for (let t = 0; t <= s; t += 1) row[t]! -= scaled * marginal[t * K + k]!;
    }
    return row;
  });
}

function startingLevels({ nSystems, nSlices, successes, trials }: BinomialCells): Float64Array {
  return Float64Array.from({ length: nSystems }, (_, s) => {
    let right = 0.5;
    let all = 1;
    for (let i = s * nSlices; i < (s + 1) * nSlices; i += 1) {
      right += successes[i]!;
      all += trials[i]!;
    }
    return Math.log(right / (all - right));
  });
}
