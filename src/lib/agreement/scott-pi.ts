import { type ConfidenceOptions, checkConfidence, type IntervalEstimate } from "../stats/estimate.js";
import { normalCritical } from "../util/special.js";
import { checkTable } from "./crosstab.js";
import { type TableChance, tableAgreement } from "./table-agreement.js";
import { type AgreementWeighting, agreementWeights, weightingName } from "./weights.js";

/** Result of `scottPi` and `brennanPredigerTable`. */
export interface TableCoefficient extends IntervalEstimate {
  readonly standardError: number | null;
  readonly observed: number | null;
  readonly expected: number | null;
}

/** Options of `scottPi` and `brennanPredigerTable`. */
export interface TableCoefficientOptions extends ConfidenceOptions {
  /** Credit for partial agreement. Default "unweighted". */
  readonly weights?: AgreementWeighting;
}

/**
 * Scott's pi of two raters: like Cohen's kappa, but chance agreement comes from the pooled margins, so raters who
 * differ in how often they use a label get a lower value. Equals Fleiss' kappa for two raters, and Krippendorff's
 * nominal alpha except for a small-sample correction.
 *
 * @param table square counts, rows first rater, columns second; unused categories as zeros
 * @returns delta-method normal interval, not clipped to [-1, 1]; undefined with a reason if only one label is used
 * @throws InputError if the table is not square, a count is negative, or the weights do not fit
 * @see Scott (1955), doi:10.1086/266577
 * @see oracle: closed form, 02-multirater-agreement.json
 * @example scottPi([[80, 10], [5, 5]]).estimate // 0.3142857143
 */
export function scottPi(
  table: readonly (readonly number[])[],
  options: TableCoefficientOptions = {},
): TableCoefficient {
  return coefficient("scottPi", "scott", table, options);
}

/**
 * Brennan-Prediger coefficient of two raters: chance agreement is that of guessing all declared labels equally, so
 * prevalence does not affect it. Unweighted, it is PABAK. For several raters or missing ratings use `brennanPrediger`.
 *
 * @param table as for `scottPi`; declared but unused categories count
 * @see Brennan & Prediger (1981), doi:10.1177/001316448104100307
 * @see oracle: closed form, 02-multirater-agreement.json
 * @example brennanPredigerTable([[80, 10], [5, 5]]).estimate // 0.7
 */
export function brennanPredigerTable(
  table: readonly (readonly number[])[],
  options: TableCoefficientOptions = {},
): TableCoefficient {
  return coefficient("brennanPredigerTable", "brennan-prediger", table, options);
}

function coefficient(
  caller: string,
  chance: TableChance,
  table: readonly (readonly number[])[],
  { weights: weighting = "unweighted", confidence = 0.95 }: TableCoefficientOptions,
): TableCoefficient {
  const n = checkTable(caller, table);
  checkConfidence(caller, confidence);
  const weights = agreementWeights(weighting, table.length);
  const shared = { n, confidence, method: `${chance}, ${weightingName(weighting)}` };
  const unknown = { estimate: null, lower: null, upper: null, standardError: null };
  if (n === 0) return { ...shared, ...unknown, observed: null, expected: null, reason: "no pairs of labels" };
  const proportions = table.map((row) => row.map((count) => count / n));
  const { observed, expected, corrected } = tableAgreement(proportions, weights, n, chance);
  if (corrected === null) {
    const reason = "expected agreement is 1: the coefficient is 0/0";
    return { ...shared, ...unknown, observed, expected, reason };
  }
  const { coefficient: estimate, standardError } = corrected;
  const half = normalCritical(confidence) * standardError;
  return {
    ...shared,
    estimate,
    lower: estimate - half,
    upper: estimate + half,
    standardError,
    observed,
    expected,
    reason: null,
  };
}
