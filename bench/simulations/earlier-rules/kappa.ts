import { normalCritical } from "../../../src/lib/util/special.js";

/** The interval of kappa before it was tried on skewed grades: normal on Fisher's scale, with the linearized error. */
export function earlierKappaInterval(
  estimate: number | null,
  standardError: number | null,
  confidence = 0.95,
) {
  if (estimate === null || standardError === null || Math.abs(estimate) === 1 || standardError === 0) {
    return { lower: null, upper: null };
  }
  const center = Math.atanh(estimate);
  const half = (normalCritical(confidence) * standardError) / (1 - estimate ** 2);
  return { lower: Math.tanh(center - half), upper: Math.tanh(center + half) };
}
