import { type ConfidenceOptions, type IntervalEstimate, undefinedInterval } from "./estimate.js";
import { wilsonInterval } from "./wilson.js";

/**
 * Newcombe's interval for p1 - p2 of two independent groups (his method 10): Wilson's limits of both proportions
 * combined in quadrature, without continuity correction. Never leaves [-1, 1] and needs no minimum count.
 *
 * For two systems on the same items the groups are not independent: use `pairedDifference` or `mcnemarTest`.
 *
 * @param first successes and scored items of the first group
 * @param second the same for the second group; an empty group gives an undefined result with a reason
 * @throws InputError if a count is not an integer in range, or confidence is not in (0, 1)
 * @see Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
 * @see oracle: statsmodels confint_proportions_2indep(method="newcomb"), 04-proportions-paired-tests.json
 * @example newcombeDifference({ successes: 56, n: 70 }, { successes: 48, n: 80 }).lower // 0.0524314724
 */
export function newcombeDifference(
  first: { readonly successes: number; readonly n: number },
  second: { readonly successes: number; readonly n: number },
  { confidence = 0.95 }: ConfidenceOptions = {},
): IntervalEstimate {
  const method = "newcombe method 10";
  const a = wilsonInterval(first.successes, first.n, { confidence }) as WhereScored;
  const b = wilsonInterval(second.successes, second.n, { confidence }) as WhereScored;
  const n = first.n + second.n;
  if (first.n === 0 || second.n === 0) {
    return undefinedInterval(method, n, confidence, "a group has no scored items");
  }
  const difference = a.estimate - b.estimate;
  return {
    estimate: difference,
    lower: difference - Math.hypot(a.estimate - a.lower, b.upper - b.estimate),
    upper: difference + Math.hypot(a.upper - a.estimate, b.estimate - b.lower),
    n,
    confidence,
    method,
    reason: null,
  };
}

/** Wilson's interval of a group with items, in which nothing is null. */
type WhereScored = IntervalEstimate & {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
};
