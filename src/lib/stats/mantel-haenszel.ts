import { InputError } from "../errors.js";
import { normalCritical, normalTwoSided } from "../util/special.js";
import { sum } from "../util/sum.js";

/** Counts of one stratum: right and wrong of the first group, right and wrong of the second. */
export type TwoByTwo = readonly [
  firstRight: number,
  firstWrong: number,
  secondRight: number,
  secondWrong: number,
];

/** Options of `mantelHaenszel`. */
export interface MantelHaenszelOptions {
  /** Coverage of the interval in (0, 1). Default 0.95. */
  readonly confidence?: number;
  /** Subtract 0.5 from the absolute difference, as difR does; R's `mantelhaen.test` leaves differences below 0.5 alone. Default true. */
  readonly correct?: boolean;
}

/** Result of `mantelHaenszel`. */
export interface MantelHaenszel {
  /** Common odds ratio, the first group's odds of a right answer over the second's; null if it is 0 / 0, infinite or 0. */
  readonly oddsRatio: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Standard error of the log odds ratio (Robins, Breslow and Greenland). */
  readonly logStandardError: number | null;
  /** Chi-square on one degree of freedom; null if no stratum says anything. */
  readonly chiSquare: number | null;
  readonly p: number | null;
  /** Strata with both groups and both answers: only these count. */
  readonly nStrata: number;
  readonly reason: string | null;
}

/**
 * Mantel-Haenszel test of no association between group and answer within strata, with the common odds ratio.
 *
 * @throws InputError if a count is negative or not an integer
 * @see Mantel & Haenszel (1959), doi:10.1093/jnci/22.4.719; Robins, Breslow & Greenland (1986), doi:10.2307/2531052
 * @see oracle: R `mantelhaen.test` on UCBAdmissions and Rabbits, statsmodels StratifiedTable
 * @example mantelHaenszel([[0, 6, 0, 5], [3, 3, 0, 6], [6, 0, 2, 4], [5, 1, 6, 0], [2, 0, 5, 0]]).chiSquare // 3.9285714286
 */
export function mantelHaenszel(
  tables: readonly TwoByTwo[],
  { confidence = 0.95, correct = true }: MantelHaenszelOptions = {},
): MantelHaenszel {
  const strata = informative("mantelHaenszel", tables);
  if (strata.length === 0) {
    const reason = "no stratum has both groups and both answers";
    return {
      ...{ oddsRatio: null, lower: null, upper: null, logStandardError: null },
      ...{ chiSquare: null, p: null, nStrata: 0, reason },
    };
  }
  const difference = Math.abs(sum(strata.map(({ a, first, right, n }) => a - (first * right) / n)));
  const variance = sum(
    strata.map(({ first, second, right, wrong, n }) => (first * second * right * wrong) / (n * n * (n - 1))),
  );
  const statistic = Math.abs(difference - (correct ? 0.5 : 0)) / Math.sqrt(variance);
  const tested = { chiSquare: statistic ** 2, p: normalTwoSided(statistic), nStrata: strata.length };
  const favored = strata.map(({ a, d, n }) => (a * d) / n);
  const against = strata.map(({ b, c, n }) => (b * c) / n);
  const [R, S] = [sum(favored), sum(against)];
  if (R === 0 || S === 0) {
    const reason =
      R === 0 && S === 0
        ? "the odds ratio is 0 / 0"
        : R === 0
          ? "the first group is never better: the odds ratio is 0"
          : "the first group is never worse: the odds ratio is infinite";
    return { oddsRatio: null, lower: null, upper: null, logStandardError: null, ...tested, reason };
  }
  const shares = strata.map(({ a, b, c, d, n }) => ({ P: (a + d) / n, Q: (b + c) / n }));
  const logVariance =
    sum(shares.map(({ P }, k) => P * favored[k]!)) / (2 * R * R) +
    sum(shares.map(({ P, Q }, k) => P * against[k]! + Q * favored[k]!)) / (2 * R * S) +
    sum(shares.map(({ Q }, k) => Q * against[k]!)) / (2 * S * S);
  const logStandardError = Math.sqrt(logVariance);
  const half = normalCritical(confidence) * logStandardError;
  const log = Math.log(R / S);
  return {
    oddsRatio: R / S,
    lower: Math.exp(log - half),
    upper: Math.exp(log + half),
    logStandardError,
    ...tested,
    reason: null,
  };
}

/** Result of `exactMantelHaenszel`. */
export interface ExactMantelHaenszel {
  /** Right answers of the first group, over strata with both groups and both answers. */
  readonly statistic: number;
  /** Two-sided p-value: probability of all sums that are no more probable than the observed one. 1 if nothing could differ. */
  readonly p: number;
  /** Smallest p-value that these margins allow: above the level, no result could have been significant. */
  readonly smallestP: number;
}

/**
 * Exact version of `mantelHaenszel`: the distribution of the first group's right answers given all margins, under no
 * association. It is also the permutation test that shuffles group labels within strata, with all permutations.
 *
 * @throws InputError if a count is negative or not an integer
 * @see Agresti (2002), Categorical Data Analysis, doi:10.1002/0471249688, section 6.3
 * @see oracle: R `mantelhaen.test(exact = TRUE)` on Rabbits
 * @example exactMantelHaenszel([[0, 6, 0, 5], [3, 3, 0, 6], [6, 0, 2, 4], [5, 1, 6, 0], [2, 0, 5, 0]]).p // 0.0399449036
 */
export function exactMantelHaenszel(tables: readonly TwoByTwo[]): ExactMantelHaenszel {
  const strata = informative("exactMantelHaenszel", tables);
  let density = [1];
  let lowest = 0;
  for (const { first, right, n } of strata) {
    const least = Math.max(0, first + right - n);
    const own = hypergeometric(first, right, n);
    lowest += least;
    const next = new Array<number>(density.length + own.length - 1).fill(0);
    for (const [i, p] of density.entries()) for (const [j, q] of own.entries()) next[i + j]! += p * q;
    density = next;
  }
  const statistic = sum(strata.map(({ a }) => a));
  // Sums of equal probability differ by rounding: R allows the same 1e-7.
  const upTo = (bound: number) => Math.min(1, sum(density.filter((p) => p <= bound * (1 + 1e-7))));
  return {
    statistic,
    p: upTo(density[statistic - lowest] as number),
    smallestP: upTo(Math.min(...density)),
  };
}

interface Stratum {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly first: number;
  readonly second: number;
  readonly right: number;
  readonly wrong: number;
  readonly n: number;
}

function informative(caller: string, tables: readonly TwoByTwo[]): Stratum[] {
  return tables.flatMap(([a, b, c, d], k) => {
    if (![a, b, c, d].every((count) => Number.isInteger(count) && count >= 0)) {
      throw new InputError(`${caller}: tables[${k}] needs counts >= 0; got ${[a, b, c, d].join(", ")}`);
    }
    const [first, second, right, wrong] = [a + b, c + d, a + c, b + d];
    if (first === 0 || second === 0 || right === 0 || wrong === 0) return [];
    return [{ a, b, c, d, first, second, right, wrong, n: first + second }];
  });
}

/** Probabilities of the possible numbers of right answers of the first group, from the least on. */
function hypergeometric(first: number, right: number, n: number): number[] {
  const least = Math.max(0, first + right - n);
  const most = Math.min(first, right);
  const logs = [0];
  for (let x = least; x < most; x += 1) {
    const ratio = ((first - x) * (right - x)) / ((x + 1) * (n - first - right + x + 1));
    logs.push((logs.at(-1) as number) + Math.log(ratio));
  }
  const highest = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - highest));
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}
