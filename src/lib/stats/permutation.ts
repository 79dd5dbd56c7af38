import { InputError } from "../errors.js";
import { zip } from "../util/indexing.js";
import { createRandom } from "../util/random.js";
import { sum } from "../util/sum.js";
import { tidyDifferences } from "./decimal-grid.js";
import { checkFinite, checkSameLength } from "./estimate.js";
import { commonDivisor, subsetSumTail } from "./subset-sums.js";

/** Options of `pairedPermutationTest`. */
export interface PermutationOptions {
  /** "exact" (default) counts all 2^n sign flips; "monte-carlo" draws `replicates` of them. */
  readonly method?: "exact" | "monte-carlo";
  /** Number of sign flips drawn, Monte Carlo only. Default 10,000. */
  readonly replicates?: number;
  /** Seed of the random sequence, Monte Carlo only. Default 1. */
  readonly seed?: number | string;
}

/** Result of `pairedPermutationTest`. */
export interface PermutationTest {
  /** Mean of a - b; null without pairs. */
  readonly estimate: number | null;
  /** Two-sided; null without pairs. */
  readonly pValue: number | null;
  /** Pairs, including those without a difference. */
  readonly n: number;
  /** Number of sign patterns behind the p-value: 2^n, or the number drawn. */
  readonly nPermutations: number;
  readonly method: "exact" | "monte-carlo";
  readonly seed: number | string | null;
  readonly reason: string | null;
}

/** Largest work (items times distinct sums) that the exact test accepts; beyond it, use Monte Carlo. */
const exactWork = 5e8;
/** Largest n for plain enumeration of differences that share no decimal unit. */
const exactPairs = 24;

/**
 * Two-sided sign-flip permutation test on paired scores: how often a random assignment of the labels within pairs gives
 * a mean difference at least as large. Assumes no distribution, only that labels are exchangeable under the null; for
 * clustered items pass one sum per cluster instead of one score per item.
 *
 * Decimal scores tie as decimals (0.3 - 0.1 equals 0.2). The Monte Carlo p-value is (1 + hits) / (1 + draws), so it is
 * valid and never 0.
 *
 * @param a finite scores of the first system
 * @param b finite scores of the second on the same items in the same order
 * @throws InputError if lengths differ, a value is not finite, or the exact test is too large
 * @see Phipson & Smyth (2010), doi:10.2202/1544-6115.1585
 * @see oracle: exact integer enumeration, 04-proportions-paired-tests.json
 * @example pairedPermutationTest([3, 4, 5], [1, 2, 3]).pValue // 0.25
 */
export function pairedPermutationTest(
  a: readonly number[],
  b: readonly number[],
  { method = "exact", replicates = 10_000, seed = 1 }: PermutationOptions = {},
): PermutationTest {
  checkSameLength("pairedPermutationTest", a, b);
  checkFinite("pairedPermutationTest", "a", a);
  checkFinite("pairedPermutationTest", "b", b);
  const n = a.length;
  const monteCarlo = method === "monte-carlo";
  if (monteCarlo && !(Number.isInteger(replicates) && replicates >= 1)) {
    throw new InputError(`pairedPermutationTest: replicates must be an integer >= 1; got ${replicates}`);
  }
  const nPermutations = monteCarlo ? replicates : 2 ** n;
  const shared = { n, nPermutations, method, seed: monteCarlo ? seed : null };
  if (n === 0) return { ...shared, estimate: null, pValue: null, reason: "no pairs" };
  const { differences, exact } = tidyDifferences(a, b);
  const pValue = monteCarlo
    ? monteCarloP(differences, replicates, seed)
    : exact
      ? gridP(differences)
      : enumeratedP(differences);
  return {
    ...shared,
    estimate: sum(zip(a, b).map(([left, right]) => left - right)) / n,
    pValue,
    reason: null,
  };
}

function gridP(differences: readonly number[]): number {
  const sizes = differences.map(Math.abs);
  const unit = commonDivisor(sizes);
  if (unit === 0) return 1;
  const parts = sizes.filter((size) => size > 0).map((size) => size / unit);
  const total = sum(parts);
  const observed = Math.abs(sum(differences)) / unit;
  if (observed === 0) return 1;
  // |sum| >= observed means that the smaller side is at most this; total and observed have the same parity.
  const limit = (total - observed) / 2;
  if (limit * parts.length > exactWork) return enumeratedP(differences);
  return Math.min(1, 2 * subsetSumTail(parts, limit));
}

function enumeratedP(differences: readonly number[]): number {
  const sizes = differences.map(Math.abs).filter((size) => size > 0);
  if (sizes.length > exactPairs) throw tooLarge(sizes.length);
  const observed = Math.abs(sum(differences));
  const atLeast = observed - slack(differences);
  // Depth-first from a fresh partial sum, to avoid the drift of a running Gray-code sum.
  const count = (i: number, partial: number): number =>
    i === sizes.length
      ? Number(Math.abs(partial) >= atLeast)
      : count(i + 1, partial + sizes[i]!) + count(i + 1, partial - sizes[i]!);
  return count(0, 0) / 2 ** sizes.length;
}

function monteCarloP(differences: readonly number[], replicates: number, seed: number | string): number {
  const random = createRandom(seed);
  const observed = Math.abs(sum(differences));
  const atLeast = observed - slack(differences);
  let hits = 0;
  for (let r = 0; r < replicates; r += 1) {
    let total = 0;
    for (const difference of differences) total += random() < 0.5 ? difference : -difference;
    if (Math.abs(total) >= atLeast) hits += 1;
  }
  return (1 + hits) / (1 + replicates);
}

/**
 * Rounding error of a sum of the differences, relative to their sizes, because the sum itself may be 0 except for
 * rounding.
 */
function slack(differences: readonly number[]): number {
  return 1e-12 * sum(differences.map(Math.abs));
}

function tooLarge(n: number): InputError {
  return new InputError(`pairedPermutationTest: the exact test of ${n} nonzero differences is too large`, {
    hint: 'Use method "monte-carlo".',
  });
}
