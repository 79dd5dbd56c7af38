import { InputError } from "../errors.js";
import { at } from "../util/indexing.js";

/**
 * Correction for testing several hypotheses. Holm, Hochberg and Bonferroni bound the chance of any false claim (Hochberg
 * under independence or positive dependence); "benjamini-hochberg" bounds the expected share of false claims under
 * independence or positive dependence, "benjamini-yekutieli" under any dependence.
 */
export type PAdjustment = "holm" | "hochberg" | "bonferroni" | "benjamini-hochberg" | "benjamini-yekutieli";

/**
 * Adjusted p-values, in input order and capped at 1: reject if the adjusted value is at most the target error rate. The
 * input is not changed.
 *
 * @param pValues in [0, 1]; null for a comparison that could not be tested: it stays null and does not count as a test
 * @throws InputError if a value is outside [0, 1]
 * @see Holm (1979); Hochberg (1988), doi:10.1093/biomet/75.4.800; Benjamini & Hochberg (1995),
 *   doi:10.1111/j.2517-6161.1995.tb02031.x; Benjamini & Yekutieli (2001), doi:10.1214/aos/1013699998
 * @see oracle: statsmodels multipletests, 04-proportions-paired-tests.json
 * @example adjustPValues([0.01, null, 0.04, 0.03], "holm") // [0.03, null, 0.06, 0.06]
 */
export function adjustPValues(pValues: readonly number[], method: PAdjustment): number[];
export function adjustPValues(pValues: readonly (number | null)[], method: PAdjustment): (number | null)[];
export function adjustPValues(pValues: readonly (number | null)[], method: PAdjustment): (number | null)[] {
  const bad = pValues.findIndex((p) => p !== null && !(p >= 0 && p <= 1));
  if (bad >= 0) {
    throw new InputError(`adjustPValues: pValues[${bad}] must be in [0, 1]; got ${pValues[bad]}`, {
      hint: "Pass null for an undefined test.",
    });
  }
  const tested = pValues.filter((p) => p !== null);
  const adjusted = adjustTests(tested, method);
  let next = 0;
  return pValues.map((p) => (p === null ? null : at(adjusted, next++)));
}

function adjustTests(pValues: readonly number[], method: PAdjustment): number[] {
  const m = pValues.length;
  if (method === "bonferroni") return pValues.map((p) => Math.min(1, m * p));
  const harmonic = pValues.reduce((total, _, i) => total + 1 / (i + 1), 0);
  const factor = (rank: number): number => {
    if (method === "benjamini-hochberg") return m / rank;
    if (method === "benjamini-yekutieli") return (harmonic * m) / rank;
    return m - rank + 1;
  };
  const order = pValues.map((_, i) => i).sort((i, j) => at(pValues, i) - at(pValues, j));
  const adjusted = new Array<number>(m);
  // Holm steps down from the smallest p with a running maximum, the others up from the largest with a running minimum.
  const stepDown = method === "holm";
  let bound = stepDown ? 0 : 1;
  for (let step = 0; step < m; step += 1) {
    const k = stepDown ? step : m - 1 - step;
    const i = at(order, k);
    const scaled = Math.min(1, factor(k + 1) * at(pValues, i));
    bound = stepDown ? Math.max(bound, scaled) : Math.min(bound, scaled);
    adjusted[i] = bound;
  }
  return adjusted;
}
