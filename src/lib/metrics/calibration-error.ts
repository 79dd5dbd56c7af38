import { InputError } from "../errors.js";
import { at } from "../util/indexing.js";
import { mean, sum } from "../util/sum.js";
import { checkOutcomes, checkProbabilities } from "./probability.js";

/** One bin of a calibration error. */
export interface CalibrationBin {
  /** 1-based; bin m is ((m-1)/M, m/M], and the first also includes 0. */
  readonly bin: number;
  readonly n: number;
  /** Mean probability in the bin. */
  readonly confidence: number;
  /** Share of outcomes that are 1. */
  readonly accuracy: number;
}

/** Result of `calibrationError`. */
export interface CalibrationError {
  /** Σ n_m/N |accuracy − confidence|; null without items. */
  readonly ece: number | null;
  /** Largest gap over non-empty bins; null without items. */
  readonly mce: number | null;
  /** Non-empty bins in order. */
  readonly bins: readonly CalibrationBin[];
  readonly reason?: string;
}

/**
 * Expected and maximum calibration error over equal-width bins, upper edge inclusive.
 *
 * The bin index allows 1e-9 of slack, so that decimals such as 0.7, which are not exact in binary, fall into the
 * intended bin. ECE depends on the number of bins: report that number with it.
 *
 * @param outcomes 1 if the event happened (or the top label was correct), else 0
 * @param probabilities stated probability of that event
 * @param nBins at least 1. Default 10
 * @see Naeini, Cooper, Hauskrecht (2015), doi:10.1609/aaai.v29i1.9602
 * @see oracles: 05-classification.json
 * @example calibrationError([1, 0], [0.9, 0.1]).ece // 0.1
 */
export function calibrationError(
  outcomes: readonly number[],
  probabilities: readonly number[],
  nBins = 10,
): CalibrationError {
  checkOutcomes("calibrationError", outcomes, probabilities);
  checkProbabilities("calibrationError", probabilities);
  if (!(Number.isInteger(nBins) && nBins >= 1)) {
    throw new InputError(`calibrationError: nBins must be an integer >= 1; got ${nBins}`);
  }
  if (outcomes.length === 0) return { ece: null, mce: null, bins: [], reason: "no items" };
  const members = new Map<number, number[]>();
  probabilities.forEach((p, i) => {
    const bin = Math.max(1, Math.ceil(p * nBins - 1e-9));
    const items = members.get(bin);
    if (items) items.push(i);
    else members.set(bin, [i]);
  });
  const bins = [...members]
    .sort(([a], [b]) => a - b)
    .map(([bin, items]) => ({
      bin,
      n: items.length,
      confidence: mean(items.map((i) => at(probabilities, i))),
      accuracy: mean(items.map((i) => at(outcomes, i))),
    }));
  const gap = ({ accuracy, confidence }: CalibrationBin) => Math.abs(accuracy - confidence);
  return {
    ece: sum(bins.map((bin) => bin.n * gap(bin))) / outcomes.length,
    mce: Math.max(...bins.map(gap)),
    bins,
  };
}
