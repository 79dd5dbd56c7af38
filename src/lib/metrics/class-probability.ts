import { InputError } from "../errors.js";
import { at, column } from "../util/indexing.js";
import { mean, sum } from "../util/sum.js";
import { type CalibrationError, calibrationError } from "./calibration-error.js";
import { checkProbabilities, clipped, type Defined, rocAuc } from "./probability.js";

/** Result of `classProbabilityMetrics`. */
export interface ClassProbabilityMetrics {
  readonly n: number;
  readonly logLoss: Defined;
  /** Mean over classes of one-versus-rest AUC; undefined when a class does not occur or is the only class. */
  readonly rocAucOvrMacro: Defined;
  /** Mean over items of Σ_k (p_k − y_k)², in [0, 2]. */
  readonly brierSum: Defined;
  /** Share of items whose most probable class (the first on ties) is correct. */
  readonly top1Accuracy: Defined;
}

/**
 * Metrics of class probabilities, one row per item.
 *
 * @param classes index of the true class of each item
 * @param rows probabilities per class, each row summing to 1 within 0.01 (printed probabilities are rounded)
 * @throws InputError for ragged rows, a class out of range or rows that do not sum to 1
 * @see oracle: scikit-learn `log_loss`, `roc_auc_score(multi_class="ovr")`, oracles: 05-classification.json
 */
export function classProbabilityMetrics(
  classes: readonly number[],
  rows: readonly (readonly number[])[],
): ClassProbabilityMetrics {
  const k = checkRows(classes, rows);
  const n = classes.length;
  const whereAny = (value: () => number): Defined =>
    n === 0 ? { estimate: null, reason: "no items" } : { estimate: value() };
  const trueClass = (row: readonly number[], i: number) => at(row, at(classes, i));
  const brier = (row: readonly number[], i: number) =>
    sum(row.map((p, c) => (p - (c === classes[i] ? 1 : 0)) ** 2));
  return {
    n,
    logLoss: whereAny(() => mean(rows.map((row, i) => -Math.log(clipped(trueClass(row, i)))))),
    rocAucOvrMacro: ovrMacro(classes, rows, k),
    brierSum: whereAny(() => mean(rows.map(brier))),
    top1Accuracy: whereAny(() => mean(rows.map((row, i) => (argmax(row) === classes[i] ? 1 : 0)))),
  };
}

/** Calibration of the most probable class: its probability against whether it is correct. */
export function topLabelCalibration(
  classes: readonly number[],
  rows: readonly (readonly number[])[],
  nBins = 10,
): CalibrationError {
  checkRows(classes, rows);
  const right = rows.map((row, i) => (argmax(row) === classes[i] ? 1 : 0));
  return calibrationError(
    right,
    rows.map((row) => Math.max(...row)),
    nBins,
  );
}

/** Index of the largest value, the first on ties. */
export function argmax(values: readonly number[]): number {
  let best = 0;
  for (let i = 1; i < values.length; i += 1) if (at(values, i) > at(values, best)) best = i;
  return best;
}

function ovrMacro(classes: readonly number[], rows: readonly (readonly number[])[], k: number): Defined {
  const areas: number[] = [];
  for (let c = 0; c < k; c += 1) {
    const area = rocAuc(
      classes.map((value) => (value === c ? 1 : 0)),
      column(rows, c),
    );
    if (area.estimate === null) return { estimate: null, reason: `class ${c}: ${area.reason}` };
    areas.push(area.estimate);
  }
  return areas.length === 0 ? { estimate: null, reason: "no items" } : { estimate: mean(areas) };
}

function checkRows(classes: readonly number[], rows: readonly (readonly number[])[]): number {
  if (classes.length !== rows.length) {
    throw new InputError(`classProbabilityMetrics: ${classes.length} classes but ${rows.length} rows`);
  }
  const k = rows[0]?.length ?? 0;
  rows.forEach((row, i) => {
    if (row.length !== k)
      throw new InputError(`classProbabilityMetrics: row ${i} has ${row.length} values, not ${k}`);
    checkProbabilities(`classProbabilityMetrics, row ${i}`, row);
    if (Math.abs(sum(row) - 1) > 0.01) {
      throw new InputError(`classProbabilityMetrics: row ${i} sums to ${sum(row)}, not 1`);
    }
    const c = at(classes, i);
    if (!(Number.isInteger(c) && c >= 0 && c < k)) {
      throw new InputError(
        `classProbabilityMetrics: class of item ${i} must be an index below ${k}; got ${c}`,
      );
    }
  });
  return k;
}
