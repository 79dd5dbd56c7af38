import { bootstrapMultinomial } from "../stats/bootstrap-multinomial.js";
import type { BootstrapOptions, BootstrapResult } from "../stats/bootstrap-summary.js";
import { type ConfidenceOptions, checkConfidence, type IntervalEstimate } from "../stats/estimate.js";
import { at, column } from "../util/indexing.js";
import { normalCritical } from "../util/special.js";
import { sum } from "../util/sum.js";
import { checkTable, crosstab, type Label } from "./crosstab.js";
import { independenceError, noRoomForChance, tableAgreement } from "./table-agreement.js";
import { type AgreementWeighting, agreementWeights, weightingName } from "./weights.js";

/** Options of `cohenKappa`. */
export interface KappaOptions extends ConfidenceOptions {
  /** Credit for partial agreement. Default "unweighted". */
  readonly weights?: AgreementWeighting;
  /** Numeric position of each category for linear and quadratic weights. Default 0, 1, ..., k - 1. */
  readonly scores?: readonly number[];
}

/** Result of `cohenKappa`. */
export interface Kappa extends IntervalEstimate {
  /** For intervals: valid at the observed agreement. */
  readonly standardError: number | null;
  /** For a test of kappa = 0 only. */
  readonly standardErrorNull: number | null;
  /** Weighted observed agreement. */
  readonly observed: number | null;
  /** Weighted agreement expected from the margins. */
  readonly expected: number | null;
  /** Share of pairs with the same label, regardless of weights. */
  readonly percentAgreement: number | null;
  /** Largest kappa that the two margins allow; unweighted only. */
  readonly kappaMax: number | null;
  /** Prevalence- and bias-adjusted kappa (Brennan-Prediger): agreement rescaled as if all k labels were equally likely; unweighted only. */
  readonly pabak: number | null;
  /** (a - d) / n of a 2 x 2 table: imbalance of the labels. */
  readonly prevalenceIndex: number | null;
  /** (b - c) / n of a 2 x 2 table: imbalance between the raters. */
  readonly biasIndex: number | null;
  /** Agreement on the first label of a 2 x 2 table: 2a / (2a + b + c). */
  readonly positiveAgreement: number | null;
  /** Agreement on the second label of a 2 x 2 table. */
  readonly negativeAgreement: number | null;
  /** Pairs dropped because a label was missing. */
  readonly nMissing: number;
}

/**
 * Cohen's kappa of two raters from their table of counts, with its companions. The interval uses the non-null
 * large-sample error and is not clipped to [-1, 1]; below about 50 items, or near 1, prefer `cohenKappaBootstrap`.
 *
 * Kappa is small for skewed labels even if raters agree on nearly everything: read it together with `percentAgreement`,
 * `prevalenceIndex`, `kappaMax` and `gwetAgreement`.
 *
 * @param table square counts, rows first rater, columns second; keep declared but unused categories as zeros
 * @returns kappa is undefined, with a reason, when chance agreement is 1 (both raters constant on one label) or n is 0
 * @throws InputError if the table is not square, a count is negative, or the weights do not fit
 * @see Cohen (1960), doi:10.1177/001316446002000104; Fleiss, Cohen & Everitt (1969), doi:10.1037/h0028106
 * @see oracle: statsmodels cohens_kappa, vcd, psych, 01-cohen-kappa.json
 * @example cohenKappa([[20, 5], [10, 15]]).estimate // 0.4
 */
export function cohenKappa(
  table: readonly (readonly number[])[],
  { weights: weighting = "unweighted", scores, confidence = 0.95 }: KappaOptions = {},
): Kappa {
  const n = checkTable("cohenKappa", table);
  checkConfidence("cohenKappa", confidence);
  const k = table.length;
  const weights = agreementWeights(weighting, k, scores);
  const method = `cohen kappa, ${weightingName(weighting)}`;
  const shared = { n, nMissing: 0, confidence, method };
  if (n === 0) {
    return { ...shared, ...nothing, reason: "no pairs of labels" };
  }
  const proportions = table.map((row) => row.map((count) => count / n));
  const percentAgreement = sum(table.map((row, i) => at(row, i))) / n;
  const unweighted = weighting === "unweighted";
  const { observed, expected, corrected } = tableAgreement(proportions, weights, n, "cohen");
  const descriptive = {
    observed,
    expected,
    percentAgreement,
    pabak: unweighted && k > 1 ? (k * percentAgreement - 1) / (k - 1) : null,
    ...binaryIndices(table, n),
  };
  if (corrected === null) {
    return { ...shared, ...nothing, ...descriptive, reason: "expected agreement is 1: kappa is 0/0" };
  }
  const { coefficient: estimate, standardError } = corrected;
  const half = normalCritical(confidence) * standardError;
  return {
    ...shared,
    ...descriptive,
    estimate,
    lower: estimate - half,
    upper: estimate + half,
    standardError,
    standardErrorNull: independenceError(proportions, weights, n, expected),
    kappaMax: unweighted ? largestKappa(proportions, expected) : null,
    reason: null,
  };
}

/**
 * `cohenKappa` from the labels of two raters.
 *
 * @param a labels of the first rater by item, null where missing
 * @param b labels of the second rater on the same items in the same order
 * @param categories all declared categories in their order, used or not
 * @returns pairs with a missing label are dropped and counted in `nMissing`
 * @throws InputError if lengths differ or a label is not declared
 * @example cohenKappaOfLabels(["y", "n"], ["y", null], { categories: ["y", "n"] }).nMissing // 1
 */
export function cohenKappaOfLabels(
  a: readonly (Label | null)[],
  b: readonly (Label | null)[],
  { categories, ...options }: KappaOptions & { readonly categories: readonly Label[] },
): Kappa {
  const { table, nMissing } = crosstab(a, b, categories);
  return { ...cohenKappa(table, options), nMissing };
}

/**
 * Percentile bootstrap interval of Cohen's kappa over items, drawn on the table (see `bootstrapMultinomial`), so its cost
 * does not grow with the number of items. Resamples in which chance agreement is 1 are dropped and counted.
 *
 * @param table square integer counts as for `cohenKappa`
 * @throws InputError as for `cohenKappa`, or if a count is not an integer
 * @see Efron & Tibshirani (1993), doi:10.1201/9780429246593
 * @example cohenKappaBootstrap([[20, 5], [10, 15]], { seed: 1 }).estimate // 0.4
 */
export function cohenKappaBootstrap(
  table: readonly (readonly number[])[],
  { weights: weighting = "unweighted", scores, ...options }: KappaOptions & BootstrapOptions = {},
): BootstrapResult {
  const n = checkTable("cohenKappaBootstrap", table);
  const k = table.length;
  const weights = Float64Array.from(agreementWeights(weighting, k, scores).flat());
  const rows = new Float64Array(k);
  const columns = new Float64Array(k);
  const kappa = (counts: Float64Array): number => {
    rows.fill(0);
    columns.fill(0);
    let observed = 0;
    for (let i = 0, cell = 0; i < k; i += 1) {
      for (let j = 0; j < k; j += 1, cell += 1) {
        const count = counts[cell]!;
        rows[i]! += count;
        columns[j]! += count;
        observed += count * weights[cell]!;
      }
    }
    let expected = 0;
    for (let i = 0, cell = 0; i < k; i += 1) {
      for (let j = 0; j < k; j += 1, cell += 1) {
        expected += rows[i]! * columns[j]! * weights[cell]!;
      }
    }
    const room = 1 - expected / (n * n);
    return room <= noRoomForChance ? Number.NaN : (observed / n - expected / (n * n)) / room;
  };
  const result = bootstrapMultinomial(table.flat(), kappa, options);
  return { ...result, method: `cohen kappa, ${weightingName(weighting)}; ${result.method}` };
}

const nothing = {
  estimate: null,
  lower: null,
  upper: null,
  standardError: null,
  standardErrorNull: null,
  observed: null,
  expected: null,
  percentAgreement: null,
  kappaMax: null,
  pabak: null,
  prevalenceIndex: null,
  biasIndex: null,
  positiveAgreement: null,
  negativeAgreement: null,
} as const;

function largestKappa(proportions: readonly (readonly number[])[], expected: number): number {
  const shared = proportions.map((row, i) => Math.min(sum(row), sum(column(proportions, i))));
  return (sum(shared) - expected) / (1 - expected);
}

function binaryIndices(table: readonly (readonly number[])[], n: number) {
  if (table.length !== 2) {
    return { prevalenceIndex: null, biasIndex: null, positiveAgreement: null, negativeAgreement: null };
  }
  const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = table;
  return {
    prevalenceIndex: (a - d) / n,
    biasIndex: (b - c) / n,
    positiveAgreement: 2 * a + b + c === 0 ? null : (2 * a) / (2 * a + b + c),
    negativeAgreement: 2 * d + b + c === 0 ? null : (2 * d) / (2 * d + b + c),
  };
}
