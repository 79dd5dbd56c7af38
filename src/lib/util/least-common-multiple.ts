/** The smallest number that all of the numbers divide; 1 for no numbers. @param values whole numbers of at least 1 */
export function leastCommonMultiple(values: readonly number[]): number {
  return values.reduce((multiple, value) => (multiple / greatestCommonDivisor(multiple, value)) * value, 1);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
