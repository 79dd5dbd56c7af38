import { choleskyFactor, choleskyInverse } from "../../util/linear-algebra.js";
import { type Expectation, type LogitItems, logistic } from "./expectation.js";
import { observedInformation } from "./observed-information.js";
import type { Quadrature } from "./quadrature.js";
import type { PackedResponses } from "./responses.js";

/** Sampling variances of one item's slope and intercept. */
export type ItemVariances = (item: number) => {
  readonly slope: number;
  readonly covariance: number;
  readonly intercept: number;
};

/** From the inverse of the exact observed information; null where it is not positive definite. */
export function observedVariances(
  data: PackedResponses,
  items: LogitItems,
  expected: Expectation,
  quadrature: Quadrature,
  commonSlope: boolean,
): ItemVariances | null {
  const { information } = observedInformation(data, items, expected, quadrature, commonSlope);
  const factor = choleskyFactor(information);
  if (factor === null) return null;
  const covariance = choleskyInverse(factor);
  const nSlopes = commonSlope ? 1 : data.nItems;
  return (j) => {
    const s = commonSlope ? 0 : j;
    const c = nSlopes + j;
    return { slope: covariance[s]![s]!, covariance: covariance[s]![c]!, intercept: covariance[c]![c]! };
  };
}

/** Inverse of each item's 2 x 2 expected information, as if the ability distribution and the other items were known. */
export function itemwiseVariances(
  data: PackedResponses,
  items: LogitItems,
  expected: Expectation,
  { nodes }: Quadrature,
): ItemVariances {
  const { nPersons, nItems, at } = data;
  const Q = nodes.length;
  return (j) => {
    let slopeSlope = 0;
    let slopeIntercept = 0;
    let interceptIntercept = 0;
    for (let q = 0; q < Q; q += 1) {
      const chance = logistic(items.slopes[j]! * nodes[q]! + items.intercepts[j]!);
      let answered = 0;
      for (let i = 0; i < nPersons; i += 1) {
        if (at[i * nItems + j] !== -1) answered += expected.posterior[i * Q + q]!;
      }
      const weight = answered * chance * (1 - chance);
      slopeSlope += weight * nodes[q]! ** 2;
      slopeIntercept += weight * nodes[q]!;
      interceptIntercept += weight;
    }
    const determinant = slopeSlope * interceptIntercept - slopeIntercept ** 2;
    return {
      slope: interceptIntercept / determinant,
      covariance: -slopeIntercept / determinant,
      intercept: slopeSlope / determinant,
    };
  };
}
