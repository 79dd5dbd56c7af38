import type { BinomialCells, MixedMode } from "./mixed-model.js";

/** Normal approximations in log-odds for one cell, before and after its own counts are seen. */
export interface CellPosterior {
  readonly mean: number;
  readonly variance: number;
  /** Third central moment: positive near 100 %, negative near 0 %. */
  readonly third: number;
  /** Without the cell's own counts: what its system and the other systems on its slice lead one to expect. */
  readonly priorMean: number;
  readonly priorVariance: number;
}

/**
 * What a fit says about the true score of every cell with data: the system's level, the difficulty of the slice (not the
 * luck with its questions) and the system's own deviation. Includes the uncertainty of the levels.
 *
 * @returns null for cells without trials
 */
export function cellPosteriors(cells: BinomialCells, mode: MixedMode): (CellPosterior | null)[] {
  const { nSystems: S, nSlices: K, successes, trials, luck } = cells;
  const { spreads, slices, logOdds, information, marginal, precision, levelCovariance } = mode;
  const own = spreads.cells ** 2;
  const posteriors: (CellPosterior | null)[] = new Array(S * K).fill(null);
  for (let k = 0; k < K; k += 1) {
    const difficulty = spreads.slices ** 2;
    const shared = difficulty + luck[k]!;
    const kept = shared > 0 ? difficulty / shared : 0;
    const along = Float64Array.from({ length: S }, (_, s) => {
      let value = 0;
      for (let t = 0; t < S; t += 1) value += levelCovariance[s]![t]! * marginal[t * K + k]!;
      return value;
    });
    let whole = 0;
    for (let s = 0; s < S; s += 1) whole += marginal[s * K + k]! * along[s]!;
    const sliceVariance = 1 / precision[k]! + whole / precision[k]! ** 2;
    for (let s = 0; s < S; s += 1) {
      const i = s * K + k;
      if (!(trials[i]! > 0)) continue;
      const w = information[i]!;
      const eta = logOdds[i]!;
      const seen = (w * own) / (1 + w * own);
      const deviation = own / (1 + w * own);
      const level = levelCovariance[s]![s]!;
      const both = -along[s]! / precision[k]!;
      // eta = level + slice + deviation; theta has only the part of the slice that is difficulty.
      const a = 1 - seen;
      const b = kept - seen;
      const etaVariance = a * a * (level + 2 * both + sliceVariance) + deviation;
      const covariance = a * (a * level + (a + b) * both + b * sliceVariance) + deviation;
      const mean = eta - (1 - kept) * slices[k]!;
      const variance =
        a * a * level + 2 * a * b * both + b * b * sliceVariance + deviation + difficulty * (1 - kept);
      const without = 1 / (1 / etaVariance - w);
      const p = 1 / (1 + Math.exp(-eta));
      const etaWithout = without * (eta / etaVariance - w * eta - (successes[i]! - trials[i]! * p));
      const slope = covariance / etaVariance;
      const exact = exactMoments(
        successes[i]!,
        trials[i]!,
        { mean: etaWithout, variance: without },
        { mean: eta, variance: etaVariance },
      );
      posteriors[i] = {
        mean: mean + slope * (exact.mean - eta),
        variance: variance + slope * slope * (exact.variance - etaVariance),
        third: slope ** 3 * exact.third,
        priorMean: mean + slope * (etaWithout - eta),
        priorVariance: variance + slope * slope * (without - etaVariance),
      };
    }
  }
  return posteriors;
}

interface Normal {
  readonly mean: number;
  readonly variance: number;
}

/** Moments of log-odds with a normal prior and binomial counts, by summing over nodes around an approximate posterior. */
function exactMoments(successes: number, trials: number, prior: Normal, near: Normal) {
  const sd = Math.sqrt(near.variance);
  let total = 0;
  let first = 0;
  let second = 0;
  let cube = 0;
  let reference = Number.NaN;
  for (const node of nodes) {
    const x = near.mean + sd * node;
    const softplus = x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
    const log = successes * x - trials * softplus - (x - prior.mean) ** 2 / (2 * prior.variance);
    if (Number.isNaN(reference)) reference = log;
    const weight = Math.exp(log - reference);
    total += weight;
    first += weight * node;
    second += weight * node ** 2;
    cube += weight * node ** 3;
  }
  const mean = first / total;
  const square = second / total;
  return {
    mean: near.mean + sd * mean,
    variance: near.variance * (square - mean ** 2),
    third: sd ** 3 * (cube / total - 3 * mean * square + 2 * mean ** 3),
  };
}

/** From the center outward, in standard deviations; the posterior is wider than its approximation on one side. */
const nodes = [0, ...Array.from({ length: 14 }, (_, i) => [0.5 * (i + 1), -0.5 * (i + 1)]).flat()];
