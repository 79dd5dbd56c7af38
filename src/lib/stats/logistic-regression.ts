import { InputError } from "../errors.js";
import { choleskyFactor, choleskyInverse, choleskySolve } from "../util/linear-algebra.js";

/** Result of `logisticRegression`. */
export interface LogisticRegression {
  /** Log odds ratios, in the order of the columns. */
  readonly coefficients: readonly number[];
  readonly standardErrors: readonly number[];
  /** -2 log-likelihood. */
  readonly deviance: number;
  /** The same with an intercept only. */
  readonly nullDeviance: number;
  /** False if groups are separated, so that coefficients grow without end; the deviance is then that of the limit. */
  readonly converged: boolean;
}

/**
 * Logistic regression by Newton's method. A likelihood-ratio test compares the deviances of two nested fits.
 *
 * @param rows predictors, with a column of ones for the intercept; columns must not depend linearly on each other
 * @param answers 1 or 0 for each row
 * @throws InputError if lengths differ, an answer is not 0 or 1, or columns are linearly dependent
 * @see oracle: statsmodels Logit
 * @example logisticRegression([[1, 0], [1, 0], [1, 0], [1, 1], [1, 1], [1, 1]], [1, 0, 0, 1, 1, 0]).coefficients[1] // 1.3862943611
 */
export function logisticRegression(
  rows: readonly (readonly number[])[],
  answers: readonly number[],
): LogisticRegression {
  const width = rows[0]?.length ?? 0;
  if (rows.length !== answers.length || rows.length === 0 || rows.some((row) => row.length !== width)) {
    throw new InputError(
      `logisticRegression: needs one answer and ${width} predictors for each of ${rows.length} rows; got ${answers.length} answers`,
    );
  }
  const bad = answers.findIndex((answer) => answer !== 0 && answer !== 1);
  if (bad >= 0)
    throw new InputError(`logisticRegression: answers[${bad}] must be 0 or 1; got ${answers[bad]}`);
  const scales = Array.from(
    { length: width },
    (_, j) => Math.max(...rows.map((row) => Math.abs(row[j]!))) || 1,
  );
  const scaled = rows.map((row) => row.map((value, j) => value / scales[j]!));
  let beta = new Array<number>(width).fill(0);
  let deviance = devianceAt(scaled, answers, beta);
  let converged = false;
  let factor: Float64Array[] | null = null;
  for (let step = 0; step < 60 && !converged; step += 1) {
    const { gradient, information } = derivatives(scaled, answers, beta);
    const next = choleskyFactor(information, 1e-12);
    if (next === null) {
      if (step === 0) throw new InputError("logisticRegression: columns are linearly dependent");
      // Separated groups: the information vanishes while the deviance has reached its limit.
      break;
    }
    factor = next;
    const change = choleskySolve(factor, gradient);
    let share = 1;
    let tried = beta.map((value, j) => value + change[j]!);
    let at = devianceAt(scaled, answers, tried);
    while (at > deviance + 1e-9 && share > 1e-6) {
      share /= 2;
      tried = beta.map((value, j) => value + share * change[j]!);
      at = devianceAt(scaled, answers, tried);
    }
    converged = Math.max(...change.map(Math.abs)) < 1e-8;
    beta = tried;
    deviance = Math.min(at, deviance);
  }
  const covariance = factor === null ? [] : choleskyInverse(factor);
  const right = answers.filter((answer) => answer === 1).length;
  const share = right / answers.length;
  return {
    coefficients: beta.map((value, j) => value / scales[j]!),
    standardErrors: beta.map((_, j) => Math.sqrt(covariance[j]?.[j] ?? Number.NaN) / scales[j]!),
    deviance,
    nullDeviance:
      right === 0 || right === answers.length
        ? 0
        : -2 * (right * Math.log(share) + (answers.length - right) * Math.log1p(-share)),
    converged,
  };
}

function linear(row: readonly number[], beta: readonly number[]): number {
  let value = 0;
  for (let j = 0; j < row.length; j += 1) value += row[j]! * beta[j]!;
  return value;
}

function devianceAt(
  rows: readonly (readonly number[])[],
  answers: readonly number[],
  beta: readonly number[],
): number {
  let total = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const eta = linear(rows[i]!, beta);
    const wrong = answers[i] === 1 ? -eta : eta;
    total += wrong > 0 ? wrong + Math.log1p(Math.exp(-wrong)) : Math.log1p(Math.exp(wrong));
  }
  return 2 * total;
}

function derivatives(
  rows: readonly (readonly number[])[],
  answers: readonly number[],
  beta: readonly number[],
) {
  const width = beta.length;
  const gradient = new Float64Array(width);
  const information = Array.from({ length: width }, () => new Float64Array(width));
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!;
    const p = 1 / (1 + Math.exp(-linear(row, beta)));
    const weight = p * (1 - p);
    for (let j = 0; j < width; j += 1) {
      gradient[j]! += row[j]! * (answers[i]! - p);
      for (let k = 0; k <= j; k += 1) information[j]![k]! += weight * row[j]! * row[k]!;
    }
  }
  return { gradient, information };
}
