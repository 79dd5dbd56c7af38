import { tCritical } from "../../../src/lib/util/special.js";
import { mean, sum } from "../../../src/lib/util/sum.js";
import { earlierComposite, type GroupedDataset } from "./composite.js";

/**
 * The corrected composite as it was before its dimensions were tried with different biases: the mean difference between
 * people and judge on the rated answers, times the share of the composite that rests on grades; errors in quadrature, t
 * with the composite's degrees of freedom.
 */
export function earlierCorrected(
  datasets: readonly GroupedDataset[],
  share: number,
  differences: readonly number[],
  confidence = 0.95,
) {
  const { estimate, standardError, degreesOfFreedom } = earlierComposite(datasets, confidence);
  const n = differences.length;
  const shift = mean(differences);
  const shiftError = Math.sqrt(sum(differences.map((value) => (value - shift) ** 2)) / (n * (n - 1)));
  const half = tCritical(confidence, degreesOfFreedom) * Math.hypot(standardError, share * shiftError);
  const corrected = estimate + share * shift;
  return { lower: corrected - half, upper: corrected + half };
}
