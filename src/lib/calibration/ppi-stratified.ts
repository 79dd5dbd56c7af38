import { InputError } from "../errors.js";
import type { IntervalEstimate } from "../stats/estimate.js";
import { tCritical } from "../util/special.js";
import { sum } from "../util/sum.js";
import { type PpiMean, type PpiOptions, ppiMean } from "./ppi.js";

/** One stratum of `stratifiedPpiMean`. */
export interface PpiStratum {
  readonly name: string;
  /** Share of the stratum in the population (or in the composite score), >= 0; the weights are normalized to sum 1. */
  readonly weight: number;
  readonly human: readonly (number | null)[];
  readonly judge: readonly (number | null)[];
  readonly judgeUnlabeled: readonly (number | null)[];
}

/** Result of `stratifiedPpiMean`. */
export interface StratifiedPpiMean extends IntervalEstimate {
  readonly standardError: number | null;
  readonly nUnlabeled: number;
  /** The estimate inside each stratum, with its own judge weight. */
  readonly strata: readonly (PpiMean & { readonly name: string; readonly weight: number })[];
}

/**
 * Prediction-powered mean over strata (specialties, datasets, score bands) with known weights: the weighted sum of the
 * strata's own PPI++ means, each with its own judge weight. Use it whenever people rated a stratified sample: treating
 * such a sample as one random draw is biased. Strata have few ratings, so variances divide by n - 1 here and the
 * interval is Student's t on Satterthwaite's degrees of freedom.
 *
 * @returns null with the stratum's name in the reason if a stratum with positive weight lacks an estimate or an error
 * @throws InputError if a weight is negative or all are 0
 * @see Fisch et al. (2024), Stratified prediction-powered inference, arXiv:2406.04291
 * @example stratifiedPpiMean([{ name: "a", weight: 1, human: [1, 0, 1, 1], judge: [1, 0, 0, 1], judgeUnlabeled: [1, 0, 1, 0, 1, 0] }], { lambda: 0 }).estimate // 0.75
 */
export function stratifiedPpiMean(
  strata: readonly PpiStratum[],
  { confidence = 0.95, ddof = 1, ...options }: PpiOptions = {},
): StratifiedPpiMean {
  const total = sum(strata.map((stratum) => stratum.weight));
  if (!(total > 0) || strata.some((stratum) => !(stratum.weight >= 0))) {
    throw new InputError(
      `stratifiedPpiMean: weights must be >= 0 with a positive sum; got ${strata.map(({ weight }) => weight).join(", ")}`,
      { hint: "Pass each stratum's number of items in the whole benchmark." },
    );
  }
  const parts = strata.map(({ name, weight, human, judge, judgeUnlabeled }) => ({
    ...ppiMean(human, judge, judgeUnlabeled, { confidence, ddof, ...options }),
    name,
    weight: weight / total,
  }));
  const entering = parts.filter((part) => part.weight > 0);
  const shared = {
    n: sum(parts.map((part) => part.n)),
    nUnlabeled: sum(parts.map((part) => part.nUnlabeled)),
    confidence,
    method: "stratified PPI mean, Satterthwaite t interval",
    strata: parts,
  };
  const gap = entering.find((part) => part.estimate === null || part.standardError === null);
  const estimate = entering.some((part) => part.estimate === null)
    ? null
    : sum(entering.map((part) => part.weight * (part.estimate as number)));
  if (gap !== undefined) {
    const reason = `stratum "${gap.name}": ${gap.reason}`;
    return { ...shared, estimate, lower: null, upper: null, standardError: null, reason };
  }
  const variances = entering.map((part) => (part.weight * (part.standardError as number)) ** 2);
  const variance = sum(variances);
  const standardError = Math.sqrt(variance);
  // Satterthwaite, counting only the rated items of each stratum, because they are far fewer.
  const spread = sum(variances.map((value, k) => value ** 2 / ((entering[k] as PpiMean).n - 1)));
  const half = spread > 0 ? tCritical(confidence, variance ** 2 / spread) * standardError : 0;
  const center = estimate as number;
  return { ...shared, estimate, lower: center - half, upper: center + half, standardError, reason: null };
}
