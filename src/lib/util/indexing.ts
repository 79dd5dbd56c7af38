import { WorkbenchError } from "../errors.js";

// Reads by an index that the caller knows to exist. The compiler cannot know it, and a cast would turn a wrong index into NaN.
// The inner loops of the bootstrap, of edit distance and of matrices read with `!` instead: there a call costs time.

/**
 * The value at an index (or under a key of a map) that must exist.
 *
 * @throws WorkbenchError if it does not: a fault of the caller's code, not of the data
 */
export function at<T>(values: ArrayLike<T>, index: number): T {
  const value = values[index];
  if (value === undefined) throw missing(index, `${values.length} values`);
  return value;
}

/** The entry of a matrix of rows at a place that must exist; throws as `at` does. */
export function cell<T>(matrix: ArrayLike<ArrayLike<T>>, row: number, column: number): T {
  return at(at(matrix, row), column);
}

/** The value under a key that must exist; throws as `at` does. */
export function lookUp<Key, T>(map: ReadonlyMap<Key, T>, key: Key): T {
  const value = map.get(key);
  if (value === undefined) throw missing(key, `a map of ${map.size} keys`);
  return value;
}

/** Adds to the number at an index that must exist; throws as `at` does. */
export function add(totals: number[] | Float64Array, index: number, amount: number): void {
  totals[index] = at(totals, index) + amount;
}

/** Column of a matrix of rows; every row must have it. */
export function column<T>(matrix: readonly ArrayLike<T>[], index: number): T[] {
  return matrix.map((row) => at(row, index));
}

/** Pairs of the values at the same place; the second list must be at least as long as the first. */
export function zip<A, B>(first: readonly A[], second: ArrayLike<B>): [A, B][] {
  return first.map((value, i) => [value, at(second, i)]);
}

/** Whether a value is there: a filter that leaves out nulls and keeps the type. */
export function isPresent<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

function missing(index: unknown, values: string): WorkbenchError {
  return new WorkbenchError(`no value at ${String(index)} among ${values}`, {
    hint: "This is a fault of the program: please report it with the command that you ran.",
  });
}
