import { logistic, softplus } from "./expectation.js";

export interface ConditionalMoments {
  /** Log of the elementary symmetric function of order `score` in exp(easiness). */
  readonly logSymmetric: number;
  /** Probability of a correct answer to each item given the score. */
  readonly mean: Float64Array;
  /** Probability of correct answers to both items given the score; the diagonal repeats `mean`. */
  readonly joint: readonly Float64Array[];
}

/**
 * Distribution of the answers given their sum under the Rasch model, for easiness values (minus difficulties).
 *
 * Conditioning removes the ability, so the result can be computed at any ability: the one whose expected score is
 * `score` keeps all probabilities near the mode of the score distribution. The textbook recursion on symmetric
 * functions overflows near 1,000 items, and the distribution at ability 0 underflows in its tails.
 */
export function conditionalMoments(easiness: readonly number[], score: number): ConditionalMoments {
  const k = easiness.length;
  const ability = abilityOfScore(easiness, score);
  const chance = Float64Array.from(easiness, (value) => logistic(value + ability));
  const all = scoreDistribution(chance);
  const mean = new Float64Array(k);
  const joint = Array.from({ length: k }, () => new Float64Array(k));
  const without = new Float64Array(k);
  const withoutBoth = new Float64Array(Math.max(0, k - 1));
  const total = all[score]!;
  for (let i = 0; i < k; i += 1) {
    removeItem(all, chance[i]!, without);
    mean[i] = (chance[i]! * without[score - 1]!) / total;
    joint[i]![i] = mean[i]!;
    if (score < 2) continue;
    for (let j = 0; j < i; j += 1) {
      removeItem(without, chance[j]!, withoutBoth);
      const both = (chance[i]! * chance[j]! * withoutBoth[score - 2]!) / total;
      joint[i]![j] = both;
      joint[j]![i] = both;
    }
  }
  const logNormalizer = easiness.reduce((sum, value) => sum + softplus(value + ability), 0);
  return { logSymmetric: Math.log(total) - score * ability + logNormalizer, mean, joint };
}

/** Ability with the given expected score, by bisection: the expected score increases with ability. */
function abilityOfScore(easiness: readonly number[], score: number): number {
  const expected = (ability: number) => easiness.reduce((sum, value) => sum + logistic(value + ability), 0);
  let low = -Math.max(...easiness) - Math.log(easiness.length) - 2;
  let high = -Math.min(...easiness) + Math.log(easiness.length) + 2;
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (expected(middle) < score) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Distribution of the number of successes of independent trials. */
function scoreDistribution(chance: Float64Array): Float64Array {
  const density = new Float64Array(chance.length + 1);
  density[0] = 1;
  chance.forEach((p, n) => {
    for (let s = n + 1; s >= 1; s -= 1) density[s] = density[s]! * (1 - p) + density[s - 1]! * p;
    density[0]! *= 1 - p;
  });
  return density;
}

/** Removes one trial from a score distribution, starting at the end where errors shrink. */
function removeItem(density: Float64Array, p: number, result: Float64Array): void {
  const top = result.length - 1;
  if (p <= 0.5) {
    let below = 0;
    for (let s = 0; s <= top; s += 1) {
      below = (density[s]! - p * below) / (1 - p);
      result[s] = below;
    }
  } else {
    let above = 0;
    for (let s = top; s >= 0; s -= 1) {
      above = (density[s + 1]! - (1 - p) * above) / p;
      result[s] = above;
    }
  }
}
