import { type Expectation, type LogitItems, logistic } from "./expectation.js";
import { isUnbounded } from "./maximization.js";
import type { Quadrature } from "./quadrature.js";
import type { PackedResponses } from "./responses.js";

export interface ObservedInformation {
  /** Gradient of the marginal log-likelihood: slopes (one if common), then intercepts. */
  readonly gradient: Float64Array;
  /** Minus its Hessian in the same order. */
  readonly information: readonly Float64Array[];
}

/**
 * Exact derivatives of the marginal log-likelihood by Louis' identity: expected complete-data information minus the
 * posterior covariance of the complete-data score, person by person. Visits only nodes with posterior mass; costs
 * persons x such nodes x parameters^2.
 *
 * @see Louis (1982), doi:10.1111/j.2517-6161.1982.tb01203.x
 */
export function observedInformation(
  data: PackedResponses,
  { slopes, intercepts }: LogitItems,
  { posterior }: Expectation,
  { nodes }: Quadrature,
  commonSlope: boolean,
): ObservedInformation {
  const { nPersons, nItems, at } = data;
  const Q = nodes.length;
  const nSlopes = commonSlope ? 1 : nItems;
  const size = nSlopes + nItems;
  const gradient = new Float64Array(size);
  const information = Array.from({ length: size }, () => new Float64Array(size));
  const chance = new Float64Array(nItems * Q);
  for (let j = 0; j < nItems; j += 1) {
    for (let q = 0; q < Q; q += 1) chance[j * Q + q] = logistic(slopes[j]! * nodes[q]! + intercepts[j]!);
  }
  for (let i = 0; i < nPersons; i += 1) {
    const scores: { readonly weight: number; readonly score: Float64Array }[] = [];
    const mean = new Float64Array(size);
    for (let q = 0; q < Q; q += 1) {
      const weight = posterior[i * Q + q]!;
      if (weight < 1e-13) continue;
      const node = nodes[q]!;
      const score = new Float64Array(size);
      for (let j = 0; j < nItems; j += 1) {
        const answer = at[i * nItems + j]!;
        if (answer === -1) continue;
        const p = chance[j * Q + q]!;
        const s = commonSlope ? 0 : j;
        const c = nSlopes + j;
        score[s]! += (answer - p) * node;
        score[c]! = answer - p;
        const curvature = weight * p * (1 - p);
        information[s]![s]! += curvature * node ** 2;
        information[c]![s]! += curvature * node;
        information[c]![c]! += curvature;
      }
      for (let k = 0; k < size; k += 1) mean[k]! += weight * score[k]!;
      scores.push({ weight, score });
    }
    for (let k = 0; k < size; k += 1) gradient[k]! += mean[k]!;
    for (const { weight, score } of scores) {
      for (let k = 0; k < size; k += 1) score[k]! -= mean[k]!;
      for (let k = 0; k < size; k += 1) {
        const row = information[k]!;
        const left = weight * score[k]!;
        if (left === 0) continue;
        for (let l = 0; l <= k; l += 1) row[l]! -= left * score[l]!;
      }
    }
  }
  for (let k = 0; k < size; k += 1) for (let l = 0; l < k; l += 1) information[l]![k] = information[k]![l]!;
  if (!commonSlope) holdUnbounded(slopes, gradient, information);
  return { gradient, information };
}

/**
 * An item at the bound has almost no curvature: it is treated as known, so that the others keep their standard errors.
 */
function holdUnbounded(
  slopes: Float64Array,
  gradient: Float64Array,
  information: readonly Float64Array[],
): void {
  slopes.forEach((slope, j) => {
    if (!isUnbounded(slope)) return;
    for (const k of [j, slopes.length + j]) {
      gradient[k] = 0;
      information[k]!.fill(0);
      for (const row of information) row[k] = 0;
      information[k]![k] = 1;
    }
  });
}
