import { WorkbenchError } from "../errors.js";

/** Neumaier's compensated sum: the error does not grow with the number of terms. Empty input gives 0. */
export function sum(values: Iterable<number>): number {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

/** Arithmetic mean; NaN for an empty list. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : sum(values) / values.length;
}

/** Compensated sum of the products of values at the same place. @throws WorkbenchError if the lengths differ */
export function dot(first: ArrayLike<number>, second: ArrayLike<number>): number {
  if (first.length !== second.length)
    throw new WorkbenchError(`dot: the lists must be equally long; got ${first.length} and ${second.length}`);
  const products = new Float64Array(first.length);
  for (let i = 0; i < products.length; i += 1) products[i] = first[i]! * second[i]!;
  return sum(products);
}
