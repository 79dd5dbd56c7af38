import { InputError } from "../errors.js";
import { sum } from "../util/sum.js";

/**
 * Weights of units with a mean of 1: only the ratios of weights matter, and equal weights then give exactly the unweighted
 * statistic. Without weights, each unit has 1.
 *
 * @throws InputError if there is not one positive, finite weight for each unit
 */
export function designWeightsOf(
  caller: string,
  weights: readonly number[] | undefined,
  nUnits: number,
): Float64Array {
  if (weights === undefined) return new Float64Array(nUnits).fill(1);
  const hint = "Give the inverse of the probability with which each unit was drawn for rating.";
  if (weights.length !== nUnits) {
    throw new InputError(`${caller}: ${weights.length} design weights for ${nUnits} units`, { hint });
  }
  const odd = weights.findIndex((weight) => !(weight > 0 && Number.isFinite(weight)));
  if (odd >= 0) {
    throw new InputError(
      `${caller}: a design weight must be positive and finite; got ${weights[odd]} (unit ${odd})`,
      { hint },
    );
  }
  const first = weights[0];
  if (weights.every((weight) => weight === first)) return new Float64Array(nUnits).fill(1);
  const mean = sum(weights) / nUnits;
  return Float64Array.from(weights, (weight) => weight / mean);
}

/** Number of equally weighted units that would be as informative: (sum of weights)^2 / sum of squares; 0 without units. */
export function effectiveNumber(weights: Iterable<number>): number {
  const all = [...weights];
  const squares = sum(all.map((weight) => weight ** 2));
  return squares === 0 ? 0 : sum(all) ** 2 / squares;
}
