import type { Quadrature } from "./quadrature.js";
import type { PackedResponses } from "./responses.js";

/** Item parameters on the logit scale: P(correct) = 1 / (1 + exp(-(slope theta + intercept))). */
export interface LogitItems {
  readonly slopes: Float64Array;
  readonly intercepts: Float64Array;
}

export interface Expectation {
  /** Posterior weight of node q for person i at [i * nNodes + q]. */
  readonly posterior: Float64Array;
  readonly mean: Float64Array;
  readonly sd: Float64Array;
  readonly logLikelihood: number;
}

/**
 * Posterior of every person's ability on the nodes, and the marginal log-likelihood.
 *
 * For a complete row the log-likelihood is theta * (sum of slopes of correct answers) + (sum of intercepts of correct
 * answers) plus a term that is the same for all persons, so the pass costs persons x items additions instead of persons
 * x items x nodes; unanswered items are subtracted from the shared term.
 */
export function expectation(
  data: PackedResponses,
  items: LogitItems,
  { nodes, logWeights }: Quadrature,
): Expectation {
  const { nPersons, nItems, at } = data;
  const { slopes, intercepts } = items;
  const Q = nodes.length;
  const logWrong = new Float64Array(nItems * Q);
  const shared = Float64Array.from(logWeights);
  for (let j = 0; j < nItems; j += 1) {
    for (let q = 0; q < Q; q += 1) {
      const value = -softplus(slopes[j]! * nodes[q]! + intercepts[j]!);
      logWrong[j * Q + q] = value;
      shared[q]! += value;
    }
  }
  const posterior = new Float64Array(nPersons * Q);
  const mean = new Float64Array(nPersons);
  const sd = new Float64Array(nPersons);
  const row = new Float64Array(Q);
  let logLikelihood = 0;
  for (let i = 0; i < nPersons; i += 1) {
    let slope = 0;
    let level = 0;
    row.set(shared);
    for (let j = 0; j < nItems; j += 1) {
      const answer = at[i * nItems + j]!;
      if (answer === 1) {
        slope += slopes[j]!;
        level += intercepts[j]!;
      } else if (answer === -1) {
        for (let q = 0; q < Q; q += 1) row[q]! -= logWrong[j * Q + q]!;
      }
    }
    let highest = Number.NEGATIVE_INFINITY;
    for (let q = 0; q < Q; q += 1) {
      row[q]! += slope * nodes[q]! + level;
      if (row[q]! > highest) highest = row[q]!;
    }
    let total = 0;
    let first = 0;
    for (let q = 0; q < Q; q += 1) {
      const weight = Math.exp(row[q]! - highest);
      row[q] = weight;
      total += weight;
      first += weight * nodes[q]!;
    }
    const center = first / total;
    let second = 0;
    for (let q = 0; q < Q; q += 1) {
      const weight = row[q]! / total;
      posterior[i * Q + q] = weight;
      second += weight * (nodes[q]! - center) ** 2;
    }
    mean[i] = center;
    sd[i] = Math.sqrt(second);
    logLikelihood += highest + Math.log(total);
  }
  return { posterior, mean, sd, logLikelihood };
}

/** log(1 + exp(x)) without overflow. */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
