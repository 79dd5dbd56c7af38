import { InputError } from "../errors.js";
import { at } from "../util/indexing.js";
import { mean, sum } from "../util/sum.js";

/** Float64 epsilon: log loss clips probabilities to it (as scikit-learn since 1.2; older releases used 1e-15). */
export const logLossClip = Number.EPSILON;

/** A statistic that may be undefined: then `estimate` is null and `reason` says why. */
export type Defined = { readonly estimate: number } | { readonly estimate: null; readonly reason: string };

/**
 * Area under the ROC curve: P(score of a positive > score of a negative) + half the ties.
 *
 * @param outcomes 0 or 1
 * @returns null when only one class is present
 * @see oracle: scikit-learn `roc_auc_score`, oracles: 05-classification.json
 * @example rocAuc([0, 1, 1], [0.2, 0.2, 0.9]) // {estimate: 0.75}
 */
export function rocAuc(outcomes: readonly number[], scores: readonly number[]): Defined {
  checkOutcomes("rocAuc", outcomes, scores);
  const positives = sum(outcomes);
  const negatives = outcomes.length - positives;
  if (positives === 0 || negatives === 0) return { estimate: null, reason: "only one class present" };
  let wins = 0;
  let below = 0;
  for (const group of tieGroups(outcomes, scores).reverse()) {
    wins += group.positives * (below + group.negatives / 2);
    below += group.negatives;
  }
  return { estimate: wins / (positives * negatives) };
}

/**
 * Average precision: Σ (R_k − R_{k−1}) P_k over distinct thresholds, without interpolation.
 *
 * @returns null when there is no positive
 */
export function averagePrecision(outcomes: readonly number[], scores: readonly number[]): Defined {
  checkOutcomes("averagePrecision", outcomes, scores);
  const positives = sum(outcomes);
  if (positives === 0) return { estimate: null, reason: "no positive outcome" };
  let found = 0;
  let called = 0;
  const terms = tieGroups(outcomes, scores).map((group) => {
    found += group.positives;
    called += group.positives + group.negatives;
    return (group.positives / positives) * (found / called);
  });
  return { estimate: sum(terms) };
}

/** Brier score: mean squared difference between probability and outcome, in [0, 1]; null without items. */
export function brierScore(outcomes: readonly number[], probabilities: readonly number[]): Defined {
  checkOutcomes("brierScore", outcomes, probabilities);
  checkProbabilities("brierScore", probabilities);
  if (outcomes.length === 0) return { estimate: null, reason: "no items" };
  return { estimate: mean(outcomes.map((y, i) => (at(probabilities, i) - y) ** 2)) };
}

/** Mean negative natural log likelihood, probabilities clipped to [ε, 1 − ε] with `logLossClip`; null without items. */
export function logLoss(outcomes: readonly number[], probabilities: readonly number[]): Defined {
  checkOutcomes("logLoss", outcomes, probabilities);
  checkProbabilities("logLoss", probabilities);
  if (outcomes.length === 0) return { estimate: null, reason: "no items" };
  const losses = outcomes.map((y, i) => {
    const p = clipped(at(probabilities, i));
    return y === 1 ? -Math.log(p) : -Math.log1p(-p);
  });
  return { estimate: mean(losses) };
}

/** p within [ε, 1 − ε], so that its logarithm is finite. */
export function clipped(p: number): number {
  return Math.min(Math.max(p, logLossClip), 1 - logLossClip);
}

interface TieGroup {
  positives: number;
  negatives: number;
}

/** Counts per distinct score, highest score first. */
function tieGroups(outcomes: readonly number[], scores: readonly number[]): TieGroup[] {
  const groups = new Map<number, TieGroup>();
  scores.forEach((score, i) => {
    const group = groups.get(score) ?? { positives: 0, negatives: 0 };
    group[outcomes[i] === 1 ? "positives" : "negatives"] += 1;
    groups.set(score, group);
  });
  return [...groups].sort(([a], [b]) => b - a).map(([, group]) => group);
}

/** Throws unless there is one 0/1 outcome and one finite score per item. */
export function checkOutcomes(caller: string, outcomes: readonly number[], scores: readonly number[]): void {
  if (outcomes.length !== scores.length) {
    throw new InputError(`${caller}: ${outcomes.length} outcomes but ${scores.length} scores`);
  }
  outcomes.forEach((y, i) => {
    if (y !== 0 && y !== 1) throw new InputError(`${caller}: outcome ${i} must be 0 or 1; got ${y}`);
    if (!Number.isFinite(scores[i])) throw new InputError(`${caller}: score ${i} is not a finite number`);
  });
}

/** Throws unless every value is in [0, 1]. */
export function checkProbabilities(caller: string, probabilities: readonly number[]): void {
  const bad = probabilities.findIndex((p) => !(p >= 0 && p <= 1));
  if (bad >= 0) {
    throw new InputError(`${caller}: probability ${bad} must be in [0, 1]; got ${probabilities[bad]}`, {
      hint: "Divide percentages by 100 first.",
    });
  }
}
