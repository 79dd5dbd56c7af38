/** A dense square or rectangular matrix as rows. */
export type Matrix = readonly (readonly number[])[];

/**
 * Lower Cholesky factor L of a symmetric positive definite matrix (A = L L'), or null if it is not positive definite: a
 * pivot at or below `tolerance` times the largest diagonal entry. Only the lower triangle is read. Rows are typed
 * arrays because the information matrix of a long test has a thousand of them.
 */
export function choleskyFactor(
  matrix: ArrayLike<ArrayLike<number>>,
  tolerance = 1e-13,
): Float64Array[] | null {
  const floor = tolerance * largestDiagonal(matrix);
  const factor: Float64Array[] = [];
  for (let i = 0; i < matrix.length; i += 1) {
    const row = new Float64Array(matrix.length);
    for (let j = 0; j <= i; j += 1) {
      const other = j === i ? row : (factor[j] as Float64Array);
      let value = matrix[i]![j]!;
      for (let k = 0; k < j; k += 1) value -= row[k]! * other[k]!;
      if (j < i) row[j] = value / other[j]!;
      else if (value > floor) row[i] = Math.sqrt(value);
      else return null;
    }
    factor.push(row);
  }
  return factor;
}

/**
 * L with A = L L' for a covariance that may be singular (two systems with equal scores, or one with constant scores): a
 * pivot within rounding error of zero gives a zero column. Null if the matrix is clearly not positive semidefinite.
 */
export function semidefiniteFactor(matrix: Matrix): Float64Array[] | null {
  const slack = 1e-10 * largestDiagonal(matrix);
  const factor: Float64Array[] = [];
  for (let i = 0; i < matrix.length; i += 1) {
    const row = new Float64Array(matrix.length);
    for (let j = 0; j <= i; j += 1) {
      const other = j === i ? row : (factor[j] as Float64Array);
      let value = matrix[i]![j]!;
      for (let k = 0; k < j; k += 1) value -= row[k]! * other[k]!;
      if (j === i) {
        if (value < -slack) return null;
        row[i] = value > slack ? Math.sqrt(value) : 0;
      } else if (other[j] !== 0) row[j] = value / other[j]!;
      else if (Math.abs(value) > Math.sqrt(slack * Math.max(matrix[i]![i]!, slack))) return null;
    }
    factor.push(row);
  }
  return factor;
}

/** Solution x of A x = b from the Cholesky factor of A. */
export function choleskySolve(factor: readonly Float64Array[], right: ArrayLike<number>): Float64Array {
  const n = factor.length;
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i += 1) {
    const row = factor[i]!;
    let value = x[i]!;
    for (let k = 0; k < i; k += 1) value -= row[k]! * x[k]!;
    x[i] = value / row[i]!;
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    const row = factor[i]!;
    const value = x[i]! / row[i]!;
    x[i] = value;
    for (let k = 0; k < i; k += 1) x[k] = x[k]! - row[k]! * value;
  }
  return x;
}

/** Inverse of A from its Cholesky factor; symmetric by construction. */
export function choleskyInverse(factor: readonly Float64Array[]): Float64Array[] {
  const n = factor.length;
  const inverse: Float64Array[] = [];
  const unit = new Float64Array(n);
  for (let j = 0; j < n; j += 1) {
    unit[j] = 1;
    inverse.push(choleskySolve(factor, unit));
    unit[j] = 0;
  }
  return inverse;
}

function largestDiagonal(matrix: ArrayLike<ArrayLike<number>>): number {
  let largest = 0;
  for (let i = 0; i < matrix.length; i += 1) largest = Math.max(largest, Math.abs(matrix[i]![i]!));
  return largest;
}
