import { InputError } from "../errors.js";

/**
 * Credit for a pair of categories: "unweighted" gives none off the diagonal; "linear" and "quadratic" depend on the
 * distance; "ordinal" uses Gwet's pair counts; or a custom symmetric or asymmetric matrix of agreement weights with 1
 * on the diagonal.
 */
export type AgreementWeighting =
  | "unweighted"
  | "linear"
  | "quadratic"
  | "ordinal"
  | readonly (readonly number[])[];

/**
 * Matrix of agreement weights in [0, 1] for k categories.
 *
 * @param k number of declared categories, used or not, because they determine the distances
 * @param scores numeric position of each category for linear and quadratic weights. Default 0, 1, ..., k - 1
 * @throws InputError if a matrix is not k x k with entries at most 1, or scores do not match
 * @see Cohen (1968), doi:10.1037/h0026256; Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.
 * @example agreementWeights("linear", 3) // [[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]]
 */
export function agreementWeights(
  weighting: AgreementWeighting,
  k: number,
  scores: readonly number[] = Array.from({ length: k }, (_, i) => i),
): number[][] {
  if (typeof weighting !== "string") return checkMatrix(weighting, k);
  if (scores.length !== k || !scores.every(Number.isFinite)) {
    throw new InputError(`agreementWeights: scores must be ${k} finite numbers; got [${scores.join(", ")}]`, {
      hint: "Give one score per declared category, in the order of the categories.",
    });
  }
  const range = Math.max(...scores) - Math.min(...scores);
  return scores.map((left, i) =>
    scores.map((right, j) => {
      if (i === j) return 1;
      if (weighting === "unweighted") return 0;
      if (weighting === "ordinal") return 1 - pairsUpTo(Math.abs(i - j) + 1) / pairsUpTo(k);
      // Equal scores make all categories the same: full credit, so expected agreement is 1 and the statistic undefined.
      const distance = range === 0 ? 0 : Math.abs(left - right) / range;
      return 1 - (weighting === "linear" ? distance : distance ** 2);
    }),
  );
}

/** Name of a weighting for reports. */
export function weightingName(weighting: AgreementWeighting): string {
  return typeof weighting === "string" ? weighting : "custom";
}

function pairsUpTo(n: number): number {
  return (n * (n - 1)) / 2;
}

function checkMatrix(matrix: readonly (readonly number[])[], k: number): number[][] {
  const square = matrix.length === k && matrix.every((row) => row.length === k);
  if (!square || !matrix.every((row) => row.every((weight) => Number.isFinite(weight) && weight <= 1))) {
    throw new InputError(`agreementWeights: custom weights must be ${k} x ${k} numbers, at most 1`, {
      hint: "Turn disagreement weights v into agreement weights with 1 - v / max(v).",
    });
  }
  return matrix.map((row) => [...row]);
}
