import type { MomentEstimate } from "../stats/cluster-moments.js";
import { clamp } from "../util/clamp.js";
import { tCritical } from "../util/special.js";

/** Mean difference between people's and a judge's grades on the rated answers of one system, with its error. */
export interface Rectifier {
  /** Mean of people minus judge, on the scale of scores. */
  readonly shift: number;
  readonly standardError: number;
}

/** A composite score corrected for the judge's error. */
export interface JudgeCorrection {
  /** The composite with its judged part shifted to people's grades, in [0, 1]. */
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Why there is no correction. */
  readonly reason: string | null;
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
 * Corrects a composite of which `share` depends on a judge's grades: estimate + share * shift, clipped to [0, 1].
 *
 * @param share part of the composite that depends on the judge, in [0, 1]
 * @example correctedBy(0.75, 0.5, { shift: -0.25, standardError: 0.125 }) // 0.625
 */
export function correctedBy(estimate: number, share: number, { shift }: Rectifier): number {
  return clamp(estimate + share * shift);
}

/**
 * A composite corrected to people's grades in its judged part, with an interval that includes both the variation over
 * items and the judge's error: the two standard errors are added in quadrature, the judge's multiplied by `share`. The
 * t quantile is the composite's own (Satterthwaite), which gives the wider interval. All results are in [0, 1].
 *
 * Assumes that the rectifier of a scope applies to all judged tasks in it, and that the rated answers are a small part of
 * all, so that the two errors are independent.
 *
 * @param share part of the composite that depends on the judge's grades, in [0, 1]
 * @returns nulls with a reason if the composite or its error is undefined, nothing in it is judged, or there is no
 *   rectifier
 * @see Angelopoulos, Duchi & Zrnic (2023), arXiv:2311.01453, for the rectifier
 * @example withJudgeError({ estimate: 0.5, standardError: 0.03, degreesOfFreedom: 1e9 }, 0.5, { shift: 0.2, standardError: 0.08 }).lower // 0.5020018008
 */
export function withJudgeError(
  composite: Pick<MomentEstimate, "estimate" | "standardError" | "degreesOfFreedom">,
  share: number,
  rectifier: Rectifier | undefined,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): JudgeCorrection {
  const { estimate, standardError, degreesOfFreedom } = composite;
  const none = (reason: string) => ({ estimate: null, lower: null, upper: null, reason });
  if (estimate === null) return none("the composite is undefined");
  if (standardError === null || degreesOfFreedom === null) return none("the composite has no standard error");
  if (share === 0) return none("no part of the composite depends on the judge");
  if (rectifier === undefined) return none("too few of the system's answers were rated");
  const corrected = correctedBy(estimate, share, rectifier);
  const half =
    tCritical(confidence, degreesOfFreedom) * Math.hypot(standardError, share * rectifier.standardError);
  return {
    estimate: corrected,
    lower: clamp(corrected - half),
    upper: clamp(corrected + half),
    reason: null,
  };
}
