import { at, zip } from "../util/indexing.js";

/** Rounding error of a subtraction of two decimals, relative to the decimals themselves. */
const dust = 16 * Number.EPSILON;

/**
 * Writes decimal numbers as integers times one unit (a power of ten), or returns null when no unit down to 1e-9 fits.
 * Scores are decimals, their binary differences are not: on the grid 0.3 - 0.1 and 0.2 - 0 are the same integer 2, so
 * ties are the ones that a reader of the decimals would see.
 *
 * @param magnitude size of the numbers that the values were computed from: it determines how much rounding error is
 *   tolerated
 */
export function onDecimalGrid(values: readonly number[], magnitude: number): number[] | null {
  for (let digits = 0; digits <= 9; digits += 1) {
    const scale = 10 ** digits;
    const slack = dust * magnitude * scale;
    // If the rounding error reaches a thousandth of the unit, any value could look like a multiple of it.
    if (slack > 1e-3) return null;
    const integers = values.map((value) => Math.round(value * scale));
    if (values.every((value, i) => Math.abs(value * scale - at(integers, i)) <= slack)) return integers;
  }
  return null;
}

/** Differences a - b with decimal ties made exact where possible: multiples of a common unit, else the raw doubles. */
export function tidyDifferences(
  a: readonly number[],
  b: readonly number[],
): { readonly differences: readonly number[]; readonly exact: boolean } {
  const raw = zip(a, b).map(([left, right]) => left - right);
  const magnitude = [...a, ...b].reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const grid = onDecimalGrid(raw, magnitude);
  return grid === null ? { differences: raw, exact: false } : { differences: grid, exact: true };
}
