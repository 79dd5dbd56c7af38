import { InputError } from "../errors.js";
import { column } from "../util/indexing.js";
import { normalTwoSided } from "../util/special.js";
import { sum } from "../util/sum.js";
import { noRoomForChance } from "./table-agreement.js";

/** Result of `fleissKappa`. */
export interface FleissKappa {
  readonly estimate: number | null;
  /** Mean share of agreeing pairs of raters per subject. */
  readonly observed: number | null;
  readonly expected: number | null;
  /** Standard error if raters agreed by chance only: for the test, never for an interval. */
  readonly standardErrorNull: number | null;
  readonly statistic: number | null;
  /** Two-sided test of kappa = 0. */
  readonly pValue: number | null;
  /** Subjects. */
  readonly n: number;
  /** Ratings per subject; null without subjects. */
  readonly ratingsPerSubject: number | null;
  readonly method: "fleiss kappa";
  readonly reason: string | null;
}

/**
 * Fleiss' kappa from counts: agreement of any raters (not always the same people), the same number on each subject. For
 * an interval, weights or missing ratings use `fleissKappaGeneral`.
 *
 * @param counts one row per subject: how many ratings fell into each category
 * @returns undefined with a reason when all ratings are one category, or there is no pair of ratings
 * @throws InputError if rows differ in width or in their number of ratings, or a count is not an integer >= 0
 * @see Fleiss (1971), doi:10.1037/h0031619; Fleiss, Nee & Landis (1979), doi:10.1037/0033-2909.86.5.974
 * @see oracle: statsmodels fleiss_kappa, irr kappam.fleiss, 02-multirater-agreement.json
 * @example fleissKappa([[4, 0], [0, 4], [2, 2]]).estimate // 0.5555555556
 */
export function fleissKappa(counts: readonly (readonly number[])[]): FleissKappa {
  const first = counts[0] ?? [];
  const m = counts.length === 0 ? null : sum(first);
  counts.forEach((row, i) => {
    if (row.length !== first.length || ![...row].every((count) => Number.isInteger(count) && count >= 0)) {
      throw new InputError(
        `fleissKappa: row ${i} must have ${first.length} integer counts >= 0; got [${row.join(", ")}]`,
      );
    }
    if (sum(row) !== m) {
      throw new InputError(`fleissKappa: every subject needs ${m} ratings; row ${i} has ${sum(row)}`, {
        hint: "Use fleissKappaGeneral, which takes missing ratings.",
      });
    }
  });
  const n = counts.length;
  const shared = { n, ratingsPerSubject: m, method: "fleiss kappa" as const };
  const untested = { estimate: null, standardErrorNull: null, statistic: null, pValue: null };
  if (m === null || m === 0)
    return { ...shared, ...untested, observed: null, expected: null, reason: "no ratings" };
  const shares = first.map((_, j) => sum(column(counts, j)) / (n * m));
  const expected = sum(shares.map((p) => p * p));
  if (m === 1)
    return { ...shared, ...untested, observed: null, expected, reason: "one rating per subject: no pairs" };
  const observed = sum(counts.map((row) => sum(row.map((c) => c * (c - 1))) / (m * (m - 1)))) / n;
  if (1 - expected <= noRoomForChance) {
    return {
      ...shared,
      ...untested,
      observed,
      expected,
      reason: "all ratings in one category: kappa is 0/0",
    };
  }
  const estimate = (observed - expected) / (1 - expected);
  const spread = sum(shares.map((p) => p * (1 - p)));
  const skew = sum(shares.map((p) => p * (1 - p) * (1 - 2 * p)));
  const standardErrorNull = Math.sqrt((2 * (spread ** 2 - skew)) / (n * m * (m - 1))) / spread;
  // Not 0 where two categories are used: spread² - skew = q + q² - 2 Σp³ > 0 with q = Σp² < 1.
  const statistic = estimate / standardErrorNull;
  return {
    ...shared,
    estimate,
    observed,
    expected,
    standardErrorNull,
    statistic,
    pValue: normalTwoSided(statistic),
    reason: null,
  };
}
