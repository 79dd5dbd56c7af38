import type { RaterPopulation } from "../records/rater-population.js";
import type { MomentEstimate } from "../stats/composite-moments.js";
import { clamp } from "../util/clamp.js";
import { normalCritical } from "../util/special.js";
import type { CompositeCorrection } from "./composite-correction.js";
import { type RaterSeverity, raterHalfWidth } from "./rater-severity.js";

/** Ends of an interval in [0, 1]. */
export interface Ends {
  readonly lower: number;
  readonly upper: number;
}

/** A composite score corrected for the judge's error. */
export interface CorrectedComposite extends Ends {
  /** The composite with its judged part moved to people's grades, in [0, 1]. */
  readonly estimate: number;
  /** Whose grades the interval is about. */
  readonly raters: RaterPopulation;
  /** The interval for the grades of the people who rated. */
  readonly sameRaters: Ends;
}

/**
 * Share of a task's score that depends on a judge's grades, in [0, 1]: the weight of the components that the judge
 * scores / the weight of all. Key points count as unjudged: the judge only matches them, and a rectifier of grades does
 * not apply to that.
 *
 * @param components of the task's metric: whether the judge's grades are counted; weights are relative
 * @returns 0 for a task without components
 * @example judgedShare([{ isGraded: false, weight: 1 }, { isGraded: true, weight: 3 }]) // 0.75
 */
export function judgedShare(
  components: readonly { readonly isGraded: boolean; readonly weight: number }[],
): number {
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  const judged = components.filter(({ isGraded }) => isGraded).reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 ? 0 : judged / total;
}

/**
 * A composite corrected to people's grades, with an interval that includes the variation over items, the judge's error on
 * the rated answers and, with at least three raters, the choice of raters. The half-widths are added in quadrature
 * (MOVER), each with its own t quantile, with the covariance of the first two: an interval of the composite that is not
 * symmetric keeps its shape. Where it ends at 0 or 1, the corrected score has room beyond, and the other side's width is used.
 *
 * @param composite the score as the judge graded it; its interval in [0, 1]
 * @param severity how much the raters differ; null if unknown
 * @returns null if the composite or its interval is undefined
 * @see Zou & Donner (2008), doi:10.1002/sim.3095, and Zou, Huang & Zhang (2009) for estimates that are not independent
 * @example withJudgeError({ estimate: 0.5, lower: 0.4, upper: 0.6, standardError: 0.05 }, { shift: 0.1, standardError: 0.04, halfWidth: 0.1, covariance: 0, raterShares: new Map(), nRated: 20, nRatedClusters: 20, unratedShare: 0 }, null)?.lower // 0.4585786438
 */
export function withJudgeError(
  composite: Pick<MomentEstimate, "estimate" | "lower" | "upper" | "standardError">,
  correction: CompositeCorrection,
  severity: RaterSeverity | null,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): CorrectedComposite | null {
  const { estimate, lower, upper, standardError } = composite;
  if (estimate === null || lower === null || upper === null) return null;
  const { shift, halfWidth, covariance } = correction;
  const scale = correction.standardError * (standardError ?? 0);
  const correlation = scale > 0 ? clamp(covariance / scale, -1, 1) : 0;
  const raters = raterHalfWidth(severity, correction.raterShares.values(), { confidence });
  const [below, above] = [estimate - lower, upper - estimate];
  const ends = (extra: number): Ends => {
    const width = (own: number) =>
      Math.sqrt(own ** 2 + halfWidth ** 2 + 2 * correlation * own * halfWidth + extra ** 2);
    return {
      lower: clamp(estimate + shift - width(lower <= 0 ? Math.max(below, above) : below)),
      upper: clamp(estimate + shift + width(upper >= 1 ? Math.max(below, above) : above)),
    };
  };
  return {
    estimate: clamp(estimate + shift),
    ...ends(raters ?? 0),
    raters: raters === null ? "these raters" : "raters like them",
    sameRaters: ends(0),
  };
}

/**
 * Variance that a correction adds to the sampling variance of a composite, for comparisons of systems: the square of the
 * normal-theory error with the same half-width, plus twice the covariance with the composite's own error. At least 0.
 * Severity that raters share over systems is not in it; see `raterContrast`.
 *
 * @example correctionVariance({ shift: 0.1, standardError: 0.04, halfWidth: 0.0979981992, covariance: 0.0001, raterShares: new Map(), nRated: 20, nRatedClusters: 20, unratedShare: 0 }) // 0.0027
 */
export function correctionVariance(
  { halfWidth, covariance }: CompositeCorrection,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): number {
  return Math.max(0, (halfWidth / normalCritical(confidence)) ** 2 + 2 * covariance);
}

/**
 * Variance that the choice of raters adds to the difference of two corrected composites. A severe rater lowers both, so only
 * unequal shares of the raters count: 0 if everyone rated the same part of both.
 *
 * @param first shares of the raters in the first composite (`CompositeCorrection.raterShares`)
 * @returns 0 with fewer than three raters, when only these raters are compared
 * @example raterContrast({ nRaters: 3, variance: 0.01 }, new Map([["a", 0.5]]), new Map([["a", 0.5]])) // 0
 */
export function raterContrast(
  severity: RaterSeverity | null,
  first: ReadonlyMap<string, number>,
  second: ReadonlyMap<string, number>,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): number {
  const raters = [...new Set([...first.keys(), ...second.keys()])];
  const contrast = raters.map((rater) => (first.get(rater) ?? 0) - (second.get(rater) ?? 0));
  return ((raterHalfWidth(severity, contrast, { confidence }) ?? 0) / normalCritical(confidence)) ** 2;
}
