import type { StandingPolicy } from "./slice-standing.js";

/** What may be done with a figure, from least to most restricted. */
export const gateDecisions = [
  "no_judge_involved",
  "publish",
  "publish_corrected",
  "publish_with_warning",
  "withhold",
] as const;
/** What may be done with a figure. */
export type GateDecision = (typeof gateDecisions)[number];

/** Which rule decided. */
export const gateRules = [
  "no_judge",
  "validated",
  "corrected",
  "provisional",
  "selected_ratings",
  "drift_alarm",
  "unvalidated_share",
  "judge_not_rated",
] as const;
/** The rule that decided. */
export type GateRule = (typeof gateRules)[number];

/** How strict the publication gates are. */
export interface GatePolicy extends StandingPolicy {
  /** What to do with a figure that does not have enough evidence. Default `withhold`. */
  readonly unearned: "withhold" | "warn";
  /** Largest share of a figure's weight that may depend on unvalidated verdicts, in [0, 1]. Default 0.2. */
  readonly unvalidatedLimit: number;
  /**
   * How to treat key-point matching without ratings: like the same judge's grades, or as unvalidated. Default
   * `as_graded`.
   */
  readonly unratedKeyPoints: "as_graded" | "refuse";
  /** Effect of a drift alarm on figures of its pool. Default `warn`. */
  readonly driftAlarm: "withhold" | "warn";
}

/** Named policies. */
export const gatePolicies = {
  withhold: {
    unearned: "withhold",
    unvalidatedLimit: 0.2,
    borrowed: "accept",
    recalibrate: "refuse",
    unratedKeyPoints: "as_graded",
    driftAlarm: "warn",
  },
  strict: {
    unearned: "withhold",
    unvalidatedLimit: 0,
    borrowed: "refuse",
    recalibrate: "refuse",
    unratedKeyPoints: "refuse",
    driftAlarm: "withhold",
  },
  warn: {
    unearned: "warn",
    unvalidatedLimit: 0.2,
    borrowed: "accept",
    recalibrate: "refuse",
    unratedKeyPoints: "as_graded",
    driftAlarm: "warn",
  },
} as const satisfies Record<string, GatePolicy>;

/** How much of a figure depends on a judge, and how well that judge is supported. Shares are of the figure's weight. */
export interface JudgeReliance {
  /** Share that depends on a judge's verdicts. */
  readonly judgeShare: number;
  /** Share that depends on verdicts in slices where the judge is unvalidated. */
  readonly unvalidatedShare: number;
  /** Share that depends on verdicts in slices where the judge is accepted with a caveat. */
  readonly provisionalShare: number;
  /** Whether there are ratings of answers that this version of the judge graded. */
  readonly isRated: boolean;
  /** Whether the figure has a corrected estimate that accounts for the judge's error. */
  readonly isCorrected: boolean;
  /** Whether the ratings are known not to be a random sample of the answers that the judge graded. */
  readonly isSelected: boolean;
  /** Whether the judge's difference from people has changed in the figure's pool. */
  readonly hasDrifted: boolean;
}

/** The decision on one figure, with the reason. */
export interface Gate {
  readonly decision: GateDecision;
  readonly rule: GateRule;
  /** The share that the rule compared with the limit; null if it used none. */
  readonly measured: number | null;
  /** The limit that the share was compared with. */
  readonly threshold: number | null;
}

/**
 * Decides whether a figure can be published: its weight must depend on no judge, or on a judge that physicians' ratings
 * have validated. The first rule that applies decides:
 *
 * - `no_judge`: nothing depends on a judge;
 * - `judge_not_rated`, `unvalidated_share`: more than the limit depends on unvalidated verdicts: withheld (or
 *   published with a warning, by policy);
 * - `drift_alarm`, if the policy withholds on it;
 * - `corrected`: an estimate from people's ratings accounts for the remaining error: both are published;
 * - `selected_ratings`: the ratings are of selected answers, so what they say about the judge may not hold for the others:
 *   published with the caveat;
 * - `drift_alarm`, `unvalidated_share`, `provisional`: published with the caveat;
 * - `validated`: published without a caveat.
 *
 * @example publicationGate({ judgeShare: 0.5, unvalidatedShare: 0.3, provisionalShare: 0.2, isRated: true, isCorrected: false, isSelected: false, hasDrifted: false }).decision // "withhold"
 */
export function publicationGate(reliance: JudgeReliance, policy: GatePolicy = gatePolicies.withhold): Gate {
  const { judgeShare, unvalidatedShare, provisionalShare, isRated, isCorrected, isSelected, hasDrifted } =
    reliance;
  const limit = policy.unvalidatedLimit;
  const unearned = policy.unearned === "withhold" ? "withhold" : "publish_with_warning";
  const share = (decision: GateDecision, rule: GateRule, measured: number): Gate => ({
    ...{ decision, rule, measured },
    threshold: limit,
  });
  const plain = (decision: GateDecision, rule: GateRule): Gate => ({
    ...{ decision, rule },
    ...{ measured: null, threshold: null },
  });
  if (judgeShare <= tolerance) return plain("no_judge_involved", "no_judge");
  const ofUnvalidated = isRated ? "unvalidated_share" : "judge_not_rated";
  if (unvalidatedShare > limit + tolerance) return share(unearned, ofUnvalidated, unvalidatedShare);
  if (hasDrifted && policy.driftAlarm === "withhold") return plain(unearned, "drift_alarm");
  if (isCorrected) return share("publish_corrected", "corrected", unvalidatedShare);
  if (isSelected) return plain("publish_with_warning", "selected_ratings");
  if (hasDrifted) return plain("publish_with_warning", "drift_alarm");
  if (unvalidatedShare > tolerance) return share("publish_with_warning", ofUnvalidated, unvalidatedShare);
  if (provisionalShare > tolerance)
    return {
      decision: "publish_with_warning",
      rule: "provisional",
      measured: provisionalShare,
      threshold: null,
    };
  return plain("publish", "validated");
}

/** Shares are sums of products of weights; anything below this is rounding error. */
const tolerance = 1e-9;
