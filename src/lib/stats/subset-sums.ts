/**
 * P(S <= limit) for S = the sum of a random subset of non-negative integers, each kept with probability 1/2: the null
 * distribution of sign-flip and signed-rank statistics. Exact up to 53 items; correct within rounding error beyond
 * that.
 */
export function subsetSumTail(parts: readonly number[], limit: number): number {
  if (limit < 0) return 0;
  const probability = new Float64Array(limit + 1);
  probability[0] = 1;
  let reach = 0;
  for (const part of parts) {
    reach = Math.min(limit, reach + part);
    for (let s = reach; s >= 0; s -= 1) {
      const without = probability[s]!;
      const withPart = s >= part ? probability[s - part]! : 0;
      probability[s] = (without + withPart) / 2;
    }
  }
  let total = 0;
  for (const p of probability) total += p;
  return Math.min(1, total);
}

/** Greatest common divisor of non-negative integers; 0 when all are 0. */
export function commonDivisor(values: readonly number[]): number {
  let divisor = 0;
  for (const value of values) {
    let a = divisor;
    let b = value;
    while (b !== 0) [a, b] = [b, a % b];
    divisor = a;
  }
  return divisor;
}
