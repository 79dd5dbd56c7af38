import { InputError } from "../errors.js";
import { type ConfidenceOptions, checkConfidence, checkFinite } from "../stats/estimate.js";
import { at, cell, column } from "../util/indexing.js";
import { fQuantile, fUpperTail } from "../util/special.js";
import { dot, sum } from "../util/sum.js";
import { designWeightsOf } from "./design-weights.js";

/** One intraclass correlation in the naming of Shrout and Fleiss. */
export interface IccForm {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** F test of ICC = 0. */
  readonly statistic: number | null;
  readonly df1: number | null;
  readonly df2: number | null;
  readonly pValue: number | null;
  readonly reason: string | null;
}

/** Mean squares of the analysis of variance behind an intraclass correlation. */
export interface MeanSquares {
  readonly betweenSubjects: number;
  readonly withinSubjects: number;
  readonly betweenRaters: number;
  readonly residual: number;
}

/** Options of `icc`. */
export interface IccOptions extends ConfidenceOptions {
  /**
   * Subjects of the population that each row represents: the inverse of its probability of being rated. Only the ratios
   * matter. Default: all equal. Unequal weights give the estimates without limits and tests, which F does not describe.
   */
  readonly designWeights?: readonly number[];
}

/** Result of `icc`: one intraclass correlation for each form. */
export interface Icc {
  /** One-way: each subject has different raters; a single rating. */
  readonly icc1: IccForm;
  /** Two-way random, absolute agreement: raters are a sample; a single rating. */
  readonly icc2: IccForm;
  /** Two-way mixed, consistency: these raters only, ignoring differences in their level; a single rating. */
  readonly icc3: IccForm;
  /** Like icc1, for the mean of the k ratings. */
  readonly icc1k: IccForm;
  /** Like icc2, for the mean of the k ratings. */
  readonly icc2k: IccForm;
  /** Like icc3, for the mean of the k ratings (Cronbach's alpha). */
  readonly icc3k: IccForm;
  readonly meanSquares: MeanSquares | null;
  /** Subjects with a rating by every rater. */
  readonly n: number;
  readonly nRaters: number;
  /** Subjects dropped because a rating is missing. */
  readonly nMissing: number;
  readonly confidence: number;
  readonly method: "icc, analysis of variance";
}

/**
 * The six intraclass correlations with F-based intervals (for ICC2 with Satterthwaite's degrees of freedom; ICC2k by
 * Spearman-Brown from its limits). For a judge against physicians report ICC2: a judge that ranks correctly but is two
 * points too high does not agree. Negative estimates are kept.
 *
 * @param ratings one row per subject, one column per rater; rows with a null are dropped and counted
 * @returns every form undefined with a reason below two subjects or raters, or without any variance; intervals and
 *   tests null with a reason when the error mean square is 0; intervals null with a reason when the subjects' means do
 *   not differ (MSB = 0) or a limit would be on the wrong side of the estimate; ICC2k undefined if MSB + (MSJ - MSE) /
 *   n is not positive, because the ratio is then beyond its pole and exceeds 1
 * @throws InputError if rows differ in width or a rating is not finite
 * @see Shrout & Fleiss (1979), doi:10.1037/0033-2909.86.2.420; McGraw & Wong (1996), doi:10.1037/1082-989X.1.1.30
 * @see oracle: R psych::ICC, 03-reliability-correlation.json
 * @example icc([[9, 2], [6, 1], [8, 4]]).n // 3
 */
export function icc(
  ratings: readonly (readonly (number | null)[])[],
  { confidence = 0.95, designWeights }: IccOptions = {},
): Icc {
  checkConfidence("icc", confidence);
  const k = ratings[0]?.length ?? 0;
  const complete: number[][] = [];
  const drawn = designWeightsOf("icc", designWeights, ratings.length);
  const ofComplete: number[] = [];
  ratings.forEach((row, i) => {
    if (row.length !== k) {
      throw new InputError(`icc: every subject needs ${k} ratings; row ${i} has ${row.length}`, {
        hint: "One row per subject, one column per rater; write null where a rating is missing.",
      });
    }
    checkFinite(
      "icc",
      `ratings[${i}]`,
      Array.from(row, (value) => (value === null ? 0 : value)),
    );
    const present = row.filter((value) => value !== null);
    if (present.length === k) {
      complete.push(present);
      ofComplete.push(at(drawn, i));
    }
  });
  const n = complete.length;
  const shared = {
    n,
    nRaters: k,
    nMissing: ratings.length - n,
    confidence,
    method: "icc, analysis of variance" as const,
  };
  if (n < 2 || k < 2) {
    const none = undefinedForm("needs two complete subjects and two raters");
    return {
      ...shared,
      icc1: none,
      icc2: none,
      icc3: none,
      icc1k: none,
      icc2k: none,
      icc3k: none,
      meanSquares: null,
    };
  }
  const weights = designWeightsOf("icc", ofComplete, n);
  const isWeighted = weights.some((weight) => weight !== 1);
  const form = isWeighted ? withoutLimits : formOf;
  const ms = meanSquaresOf(complete, weights);
  const { betweenSubjects: msb, withinSubjects: msw, betweenRaters: msj, residual: mse } = ms;
  const tail = (1 - confidence) / 2;
  const oneWay = { f: msb / msw, df1: n - 1, df2: n * (k - 1), tail };
  const twoWay = { f: msb / mse, df1: n - 1, df2: (n - 1) * (k - 1), tail };
  const single = (f: number) => (f - 1) / (f + k - 1);
  const averaged = (f: number) => 1 - 1 / f;
  const stepUp = (r: number) => (k * r) / (1 + (k - 1) * r);
  const absolute = () => absoluteLimits(ms, n, k, tail);
  const icc2 = form(msb - mse, msb + (k - 1) * mse + (k * (msj - mse)) / n, twoWay, absolute);
  return {
    ...shared,
    icc1: form(msb - msw, msb + (k - 1) * msw, oneWay, () => fLimits(oneWay).map(single)),
    icc2,
    icc3: form(msb - mse, msb + (k - 1) * mse, twoWay, () => fLimits(twoWay).map(single)),
    icc1k: form(msb - msw, msb, oneWay, () => fLimits(oneWay).map(averaged)),
    icc2k:
      icc2.estimate === null ? icc2 : averagedAbsolute(form, ms, n, twoWay, () => absolute().map(stepUp)),
    icc3k: form(msb - mse, msb, twoWay, () => fLimits(twoWay).map(averaged)),
    meanSquares: ms,
  };
}

interface FTest {
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly tail: number;
}

function meanSquaresOf(rows: readonly (readonly number[])[], weights: Float64Array): MeanSquares {
  const n = rows.length;
  const k = at(rows, 0).length;
  // Relative to the first rating instead of 0: the rounding error of a mean is then small relative to the spread, at
  // any level.
  const origin = cell(rows, 0, 0);
  const shifted = rows.map((row) => row.map((value) => value - origin));
  const grand = sum(shifted.map((row, i) => at(weights, i) * sum(row))) / (n * k);
  const centered = shifted.map((row) => row.map((value) => value - grand));
  const subjects = centered.map((row) => sum(row) / k);
  const raters = Array.from({ length: k }, (_, j) => dot(column(centered, j), weights) / n);
  const within = sum(
    centered.flatMap((row, i) => row.map((value) => at(weights, i) * (value - at(subjects, i)) ** 2)),
  );
  const rest = centered.flatMap((row, i) =>
    row.map((value, j) => at(weights, i) * (value - at(subjects, i) - at(raters, j)) ** 2),
  );
  const scale = centered.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0) ** 2 * n * k;
  // Squares of rounding errors are set to 0: the F ratio of two of them would be noise.
  const clean = (squares: number) => (squares <= 1e-24 * scale ? 0 : squares);
  return {
    betweenSubjects: clean(k * sum(subjects.map((m, i) => at(weights, i) * m * m))) / (n - 1),
    withinSubjects: clean(within) / (n * (k - 1)),
    betweenRaters: clean(n * sum(raters.map((m) => m * m))) / (k - 1),
    residual: clean(sum(rest)) / ((n - 1) * (k - 1)),
  };
}

/** F over its upper quantile, and F times the upper quantile with the degrees of freedom exchanged. */
function fLimits({ f, df1, df2, tail }: FTest): number[] {
  return [f / fQuantile(1 - tail, df1, df2), f * fQuantile(1 - tail, df2, df1)];
}

function absoluteLimits(ms: MeanSquares, n: number, k: number, tail: number): number[] {
  const { betweenSubjects: msb, betweenRaters: msj, residual: mse } = ms;
  const fj = msj / mse;
  const rho = (msb - mse) / (msb + (k - 1) * mse + (k * (msj - mse)) / n);
  const a = k * rho * fj;
  const b = n * (1 + (k - 1) * rho) - k * rho;
  const df = ((k - 1) * (n - 1) * (a + b) ** 2) / ((n - 1) * a * a + b * b);
  const fUpper = fQuantile(1 - tail, n - 1, df);
  const fLower = fQuantile(1 - tail, df, n - 1);
  const raters = k * msj + (k * n - k - n) * mse;
  return [
    (n * (msb - fUpper * mse)) / (fUpper * raters + n * msb),
    (n * (fLower * msb - mse)) / (raters + n * fLower * msb),
  ];
}

/** ICC2k; unlike in the other forms, its denominator can be negative, or 0 within rounding error. */
function averagedAbsolute(
  form: typeof formOf,
  ms: MeanSquares,
  n: number,
  test: FTest,
  limits: () => number[],
): IccForm {
  const { betweenSubjects: msb, betweenRaters: msj, residual: mse } = ms;
  const denominator = msb + (msj - mse) / n;
  if (denominator <= 1e-12 * (msb + (msj + mse) / n)) {
    const reason = "MSB + (MSJ - MSE) / n is not positive: the ratio has passed its pole";
    return { ...undefinedForm(reason), df1: test.df1, df2: test.df2 };
  }
  return form(msb - mse, denominator, test, limits);
}

/** One form from its ratio; the limits are computed only if the error mean square is not 0. */
function formOf(numerator: number, denominator: number, test: FTest, limits: () => number[]): IccForm {
  const { f, df1, df2 } = test;
  if (denominator === 0) {
    const reason =
      numerator === 0 ? "the ratings do not vary: 0/0" : "the subjects' means do not differ: divided by 0";
    return { ...undefinedForm(reason), df1, df2 };
  }
  const estimate = numerator / denominator;
  if (!Number.isFinite(f)) {
    const reason = "the error mean square is 0: no F ratio";
    return { ...undefinedForm(reason), estimate, df1, df2 };
  }
  const tested = { estimate, statistic: f, df1, df2, pValue: fUpperTail(f, df1, df2) };
  if (f === 0) {
    return { ...tested, lower: null, upper: null, reason: "the subjects' means do not differ: no limits" };
  }
  const [lower, upper] = limits() as [number, number];
  // Also false if a limit is not a number. ICC2k's lower limit is at the pole of Spearman-Brown when ICC2's is -1 / (k
  // - 1); below that it would be above the estimate.
  const ordered = lower <= estimate && estimate <= upper && Number.isFinite(upper - lower);
  if (!ordered) {
    const reason = "a limit would be infinite or on the wrong side of the estimate: no limits";
    return { ...tested, lower: null, upper: null, reason };
  }
  return { ...tested, lower, upper, reason: null };
}

/** The form of weighted mean squares: F describes neither their ratio nor its limits. */
function withoutLimits(numerator: number, denominator: number, test: FTest): IccForm {
  const { estimate, reason } = formOf(
    numerator,
    denominator,
    { ...test, f: Number.POSITIVE_INFINITY },
    () => [],
  );
  const weighted = "the subjects have unequal design weights: no F test";
  return { ...undefinedForm(estimate === null ? (reason ?? weighted) : weighted), estimate };
}

function undefinedForm(reason: string): IccForm {
  return {
    estimate: null,
    lower: null,
    upper: null,
    statistic: null,
    df1: null,
    df2: null,
    pValue: null,
    reason,
  };
}
