import { packResponses, type ResponseMatrix } from "./responses.js";

/** Result of `dimensionRatio`. */
export interface DimensionRatio {
  /** First over second eigenvalue; null with fewer than three persons or two varying items. */
  readonly estimate: number | null;
  readonly first: number | null;
  readonly second: number | null;
  readonly reason: string | null;
}

/**
 * First over second eigenvalue of the covariance between standardized items: a rough check that one ability explains
 * the test. A ratio well above 3 suggests one dimension, a ratio near 1 several; differences in difficulty alone can
 * raise the second eigenvalue.
 *
 * Computed from the persons x persons matrix, which has the same eigenvalues, because there are far fewer systems than
 * items. Missing answers are replaced by the item's mean.
 *
 * @param matrix rows are systems, columns items: 1 correct, 0 wrong, null missing
 * @see Reckase (1979), doi:10.3102/10769986004003207
 * @example dimensionRatio(parseResponseRows(["10", "01", "00"])).estimate // 3
 */
export function dimensionRatio(matrix: ResponseMatrix): DimensionRatio {
  const { nPersons, nItems, at } = packResponses("dimensionRatio", matrix);
  const gram = Array.from({ length: nPersons }, () => new Float64Array(nPersons));
  let varying = 0;
  for (let item = 0; item < nItems; item += 1) {
    const column = Array.from({ length: nPersons }, (_, person) => at[person * nItems + item]!);
    const answered = column.filter((answer) => answer !== -1);
    const share = answered.filter((answer) => answer === 1).length / answered.length;
    const variance = share * (1 - share);
    if (!(variance > 0)) continue;
    varying += 1;
    const scores = column.map((answer) => (answer === -1 ? 0 : (answer - share) / Math.sqrt(variance)));
    for (let i = 0; i < nPersons; i += 1) {
      for (let j = 0; j < nPersons; j += 1) gram[i]![j]! += (scores[i]! * scores[j]!) / nPersons;
    }
  }
  if (nPersons < 3 || varying < 2) {
    return { estimate: null, first: null, second: null, reason: "needs three persons and two varying items" };
  }
  const leading = powerIteration(gram, []);
  const next = powerIteration(gram, [leading.vector]);
  if (!(next.value > 1e-9 * leading.value)) {
    return {
      estimate: null,
      first: leading.value,
      second: 0,
      reason: "all items order the systems in the same way",
    };
  }
  return { estimate: leading.value / next.value, first: leading.value, second: next.value, reason: null };
}

/** Largest eigenvalue of a symmetric positive semidefinite matrix on the complement of the given eigenvectors. */
function powerIteration(matrix: readonly Float64Array[], found: readonly Float64Array[]) {
  // A start with unequal entries is not orthogonal to an eigenvector because of symmetry.
  let vector = Float64Array.from(matrix, (_, i) => Math.cos(1 + 2.399963 * i));
  let value = 0;
  for (let iteration = 0; iteration < 5000; iteration += 1) {
    for (const other of found) {
      const along = dot(vector, other);
      vector = vector.map((entry, i) => entry - along * other[i]!);
    }
    const image = Float64Array.from(matrix, (row) => dot(row, vector));
    const length = Math.sqrt(dot(image, image));
    if (length === 0) return { value: 0, vector };
    vector = image.map((entry) => entry / length);
    if (Math.abs(length - value) <= 1e-12 * length) return { value: length, vector };
    value = length;
  }
  return { value, vector };
}

function dot(left: Float64Array, right: Float64Array): number {
  let total = 0;
  for (let i = 0; i < left.length; i += 1) total += left[i]! * right[i]!;
  return total;
}
