import { type KappaPlan, kappaSampleSize } from "../stats/power/kappa-sample-size.js";
import { sum } from "../util/sum.js";
import { kappaInterval } from "./kappa-interval.js";

/** Options of `ratingSampleSize`. */
export interface RatingSampleSizeOptions {
  /** Expected quadratically weighted kappa of the judge with one physician, in [0, 1). */
  readonly kappa: number;
  /** Required half-width of its interval, > 0. */
  readonly halfWidth: number;
  /** Shares of the disagreements that are 1, 2, ... grades apart, as in the plan of `kappaSampleSize`. */
  readonly disagreements?: readonly number[];
  readonly confidence?: number;
}

/**
 * Number of items that a judge and one physician must both grade so that the interval of quadratically weighted kappa that the
 * tables have (`clusteredKappa`) is as narrow as required: the smallest n whose interval at the planned kappa, with its large-sample
 * error, has a mean arm of at most `halfWidth`. At least six, the fewest items with an interval.
 *
 * @param pi share of each grade in order
 * @returns n null with a reason if the plan is impossible; see `kappaSampleSize`
 * @example ratingSampleSize([0.05, 0.1, 0.2, 0.35, 0.3], { kappa: 0.8, halfWidth: 0.1 }).n // 66
 */
export function ratingSampleSize(
  pi: readonly number[],
  { kappa, halfWidth, disagreements, confidence = 0.95 }: RatingSampleSizeOptions,
): { readonly n: number | null; readonly reason: string | null } {
  const plan: KappaPlan = {
    ...{ model: "ordinal", pi },
    ...(disagreements === undefined ? {} : { disagreements }),
  };
  const { variancePerPair, cells, reason } = kappaSampleSize(plan, { kappa, halfWidth, confidence });
  if (variancePerPair === null || cells === null) return { n: null, reason };
  const scale = (pi.length - 1) ** 2;
  const over = (term: (i: number, j: number) => number) =>
    sum(pi.flatMap((_, i) => pi.map((__, j) => ((i - j) ** 2 / scale) * term(i, j))));
  const design = {
    disagreement: over((i, j) => cells[i]?.[j] ?? 0),
    chanceDisagreement: over((i, j) => (pi[i] ?? 0) * (pi[j] ?? 0)),
    byGrade: pi.map((_, i) => 2 * sum(pi.map((share, j) => (share * (i - j) ** 2) / scale))),
    smallestStep: 1 / scale,
    confidence,
  };
  const isEnough = (n: number) => {
    const interval = kappaInterval(kappa, Math.sqrt(variancePerPair / (n - 1)), { ...design, nClusters: n });
    if (interval.lower === null || interval.upper === null) return false;
    return (interval.upper - interval.lower) / 2 <= halfWidth;
  };
  // The width decreases as n grows, so doubling brackets the answer and bisection finds it.
  let enough = fewestItems;
  while (!isEnough(enough) && enough < mostItems) enough *= 2;
  if (!isEnough(enough)) return { n: null, reason: `more than ${mostItems} items` };
  let tooFew = enough === fewestItems ? enough - 1 : enough / 2;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return { n: enough, reason: null };
}

const fewestItems = 6;
const mostItems = 2 ** 30;
