/**
 * Writes decimal numbers as integers times one unit (a power of ten), or returns null when no unit down to 1e-9 fits.
 * Scores are decimals, their binary differences are not: on the grid 0.3 - 0.1 and 0.2 - 0 are the same integer 2, so
 * ties are decided as a reader of the decimals would.
 */
export function onDecimalGrid(values: readonly number[]): number[] | null {
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  for (let digits = 0; digits <= 9; digits += 1) {
    const scale = 10 ** digits;
    const integers = values.map((value) => Math.round(value * scale));
    const fits = values.every((value, i) => {
      const scaled = value * scale;
      // Only dust may become 0: a small but real difference needs a finer unit.
      if (integers[i] === 0 && Math.abs(value) > 1e-9 * largest) return false;
      return Math.abs(scaled - (integers[i] as number)) <= 1e-9 * Math.max(1, Math.abs(scaled));
    });
    if (fits) return integers.every(Number.isSafeInteger) ? integers : null;
  }
  return null;
}

/** Differences a - b with decimal ties made exact where possible: multiples of a common unit, else the raw doubles. */
export function tidyDifferences(
  a: readonly number[],
  b: readonly number[],
): { readonly differences: readonly number[]; readonly exact: boolean } {
  const raw = a.map((value, i) => value - (b[i] as number));
  const grid = onDecimalGrid(raw);
  return grid === null ? { differences: raw, exact: false } : { differences: grid, exact: true };
}
