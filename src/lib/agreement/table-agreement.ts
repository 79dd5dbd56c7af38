import { at, cell, column } from "../util/indexing.js";
import { sum } from "../util/sum.js";

/** Chance agreement of two raters: from their own margins (Cohen), the pooled margins (Scott), or equal guessing. */
export type TableChance = "cohen" | "scott" | "brennan-prediger";

export interface TableAgreement {
  readonly observed: number;
  readonly expected: number;
  /** Null if expected agreement is 1. */
  readonly corrected: {
    /** (observed - expected) / (1 - expected). */
    readonly coefficient: number;
    /** Multinomial delta method. */
    readonly standardError: number;
  } | null;
}

/** Within this distance from 1, expected agreement counts as 1 and the coefficient as 0/0. */
export const noRoomForChance = 1e-12;

/**
 * Chance-corrected agreement of a two-rater table of proportions with its delta-method error. Variances are centered sums
 * of squares rather than differences of squares, so that perfect agreement gives an error of 0 and not of 1e-9.
 */
export function tableAgreement(
  proportions: readonly (readonly number[])[],
  weights: readonly (readonly number[])[],
  n: number,
  chance: TableChance,
): TableAgreement {
  const k = proportions.length;
  const rows = proportions.map(sum);
  const columns = proportions.map((_, j) => sum(column(proportions, j)));
  const pooled = rows.map((row, i) => (row + at(columns, i)) / 2);
  const uniform = rows.map(() => 1 / k);
  const [left, right] =
    chance === "cohen" ? [rows, columns] : chance === "scott" ? [pooled, pooled] : [uniform, uniform];
  const observed = weightedSum(weights, (i, j) => cell(proportions, i, j));
  const expected = weightedSum(weights, (i, j) => at(left, i) * at(right, j));
  if (1 - expected <= noRoomForChance) return { observed, expected, corrected: null };
  const coefficient = (observed - expected) / (1 - expected);
  // Derivative of the expected agreement by each cell: for Cohen, row i contributes the column margins weighted by its
  // row of weights, and the reverse; for Scott, each side contributes half; for equal guessing it is 0.
  const rowPull = rows.map((_, i) => sum(columns.map((_c, j) => weightOf(weights, i, j) * at(right, j))));
  const columnPull = columns.map((_, j) => sum(rows.map((_r, i) => weightOf(weights, i, j) * at(left, i))));
  const pull = (i: number, j: number): number => {
    if (chance === "brennan-prediger") return 0;
    if (chance === "cohen") return at(rowPull, i) + at(columnPull, j);
    const own = (c: number) => (at(rowPull, c) + at(columnPull, c)) / 2;
    return own(i) + own(j);
  };
  const influence = (i: number, j: number) => weightOf(weights, i, j) - (1 - coefficient) * pull(i, j);
  const spread = centeredVariance(k, (i, j) => cell(proportions, i, j), influence);
  const standardError = Math.sqrt(spread / n) / (1 - expected);
  return { observed, expected, corrected: { coefficient, standardError } };
}

/** Standard error of Cohen's kappa when the raters are independent with these margins. */
export function independenceError(
  proportions: readonly (readonly number[])[],
  weights: readonly (readonly number[])[],
  n: number,
  expected: number,
): number {
  const rows = proportions.map(sum);
  const columns = proportions.map((_, j) => sum(column(proportions, j)));
  const rowPull = rows.map((_, i) => sum(columns.map((c, j) => weightOf(weights, i, j) * c)));
  const columnPull = columns.map((_, j) => sum(rows.map((r, i) => weightOf(weights, i, j) * r)));
  const spread = centeredVariance(
    rows.length,
    (i, j) => at(rows, i) * at(columns, j),
    (i, j) => weightOf(weights, i, j) - at(rowPull, i) - at(columnPull, j),
  );
  return Math.sqrt(spread / n) / (1 - expected);
}

function weightOf(weights: readonly (readonly number[])[], i: number, j: number): number {
  return cell(weights, i, j);
}

function weightedSum(
  weights: readonly (readonly number[])[],
  mass: (i: number, j: number) => number,
): number {
  return sum(weights.flatMap((row, i) => row.map((weight, j) => weight * mass(i, j))));
}

function centeredVariance(
  k: number,
  mass: (i: number, j: number) => number,
  value: (i: number, j: number) => number,
): number {
  const cells = Array.from({ length: k * k }, (_, c) => [Math.floor(c / k), c % k] as const);
  const center = sum(cells.map(([i, j]) => mass(i, j) * value(i, j)));
  return sum(cells.map(([i, j]) => mass(i, j) * (value(i, j) - center) ** 2));
}
