import { InputError } from "../errors.js";
import { checkConfidence, checkSameLength, type IntervalEstimate } from "../stats/estimate.js";
import { clamp } from "../util/clamp.js";
import { normalCritical } from "../util/special.js";
import { mean, sum } from "../util/sum.js";

/** Options of `ppiMean`. */
export interface PpiOptions {
  /** Coverage in (0, 1). Default 0.95. */
  readonly confidence?: number;
  /**
   * Weight of the judge: 0 ignores it (classical), 1 is plain prediction-powered inference, "tuned" (default) the
   * variance-minimizing weight in [0, 1] of PPI++.
   */
  readonly lambda?: number | "tuned";
  /** What is subtracted from n in the variances: 0 as published (default), 1 for slightly wider intervals. */
  readonly ddof?: 0 | 1;
}

/** Result of `ppiMean`. */
export interface PpiMean extends IntervalEstimate {
  readonly standardError: number | null;
  /** Weight of the judge that was used. */
  readonly lambda: number | null;
  /** The tuned weight before clipping to [0, 1]; null if the judge's scores do not vary. */
  readonly lambdaUnclipped: number | null;
  /** Mean of human minus judge on the rated items: the judge's bias with the opposite sign. */
  readonly rectifier: number | null;
  /** Items with only a judge's score. */
  readonly nUnlabeled: number;
  /** Rated items left out because the person's or the judge's score is missing, and unrated ones without a score. */
  readonly nMissing: number;
}

/**
 * Mean human score on a large set that only a judge has scored, using a small random sample that people have rated too:
 * theta = lambda mean(judge on unrated) + mean(human - lambda judge on rated). The judge adds precision and the people
 * remove the bias: however wrong the judge is, theta is centered on the people's mean.
 *
 * Assumes that the rated items are a random sample of the same population, rated by independent draws. Use
 * `stratifiedPpiMean` for a stratified sample and `clusteredPpiMean` for grouped items.
 *
 * @param human people's scores, one per rated item; null is missing
 * @param judge the judge's scores on the same items
 * @param judgeUnlabeled the judge's scores on the other items
 * @returns with fewer than two rated or two unrated items the standard error is null, with a reason
 * @throws InputError if `human` and `judge` differ in length or lambda is not finite
 * @see Angelopoulos et al. (2023), doi:10.1126/science.adi6000; PPI++: Angelopoulos, Duchi & Zrnic (2023), arXiv:2311.01453
 * @see oracle: ppi_py ppi_mean_ci, 10-ppi-prevalence-power.json
 * @example ppiMean([1, 0, 1, 1], [1, 0, 0, 1], [1, 0, 1, 0, 1, 0]).lambda // 0.27
 */
export function ppiMean(
  human: readonly (number | null)[],
  judge: readonly (number | null)[],
  judgeUnlabeled: readonly (number | null)[],
  { confidence = 0.95, lambda = "tuned", ddof = 0 }: PpiOptions = {},
): PpiMean {
  checkSameLength("ppiMean", human, judge);
  checkConfidence("ppiMean", confidence);
  const rated = human.flatMap((y, i) => {
    const f = judge[i];
    return isScore(y) && isScore(f) ? [{ y, f }] : [];
  });
  const y = rated.map((item) => item.y);
  const f = rated.map((item) => item.f);
  const unrated = judgeUnlabeled.filter(isScore);
  const n = y.length;
  const shared = {
    n,
    nUnlabeled: unrated.length,
    nMissing: human.length - n + judgeUnlabeled.length - unrated.length,
    confidence,
    method: lambda === "tuned" ? "PPI++ mean, normal interval" : "PPI mean, normal interval",
  };
  const nothing = { lower: null, upper: null, standardError: null };
  if (n === 0 || (unrated.length === 0 && lambda !== 0)) {
    const reason = n === 0 ? "no item rated by people" : "no unrated item scored by the judge";
    const unknown = { estimate: null, lambda: null, lambdaUnclipped: null, rectifier: null };
    return { ...shared, ...nothing, ...unknown, reason };
  }
  const tuned = tuneLambda(y, f, unrated);
  const weight = lambda === "tuned" ? clamp(tuned ?? 0) : checkLambda(lambda);
  const residual = y.map((value, i) => value - weight * f[i]!);
  const estimate = (weight === 0 ? 0 : weight * mean(unrated)) + mean(residual);
  const rectifier = mean(y.map((value, i) => value - f[i]!));
  const known = { ...shared, estimate, lambda: weight, lambdaUnclipped: tuned, rectifier };
  if (n < 2 || (unrated.length < 2 && weight !== 0)) {
    return { ...known, ...nothing, reason: "a single item has no variance" };
  }
  const ofJudge = weight === 0 ? 0 : (weight ** 2 * variance(unrated, ddof)) / unrated.length;
  const standardError = Math.sqrt(ofJudge + variance(residual, ddof) / n);
  const half = normalCritical(confidence) * standardError;
  return { ...known, standardError, lower: estimate - half, upper: estimate + half, reason: null };
}

/**
 * The weight that minimizes the variance of the PPI mean, as ppi_py computes it: covariance over the rated items
 * with divisor n, variance of the judge over all its scores with divisor n + N - 1.
 */
function tuneLambda(y: readonly number[], f: readonly number[], unrated: readonly number[]): number | null {
  if (unrated.length === 0) return null;
  const judgeVariance = variance([...f, ...unrated], 1);
  if (!(judgeVariance > 0)) return null;
  const centerY = mean(y);
  const centerF = mean(f);
  const covariance = mean(y.map((value, i) => (value - centerY) * (f[i]! - centerF)));
  return covariance / ((1 + y.length / unrated.length) * judgeVariance);
}

function variance(values: readonly number[], ddof: 0 | 1): number {
  const center = mean(values);
  return sum(values.map((value) => (value - center) ** 2)) / (values.length - ddof);
}

function isScore(value: number | null | undefined): value is number {
  return typeof value === "number" && !Number.isNaN(value);
}

function checkLambda(lambda: number): number {
  if (Number.isFinite(lambda)) return lambda;
  throw new InputError(`ppiMean: lambda must be a finite number or "tuned"; got ${lambda}`);
}
