import { tCritical } from "../util/special.js";

/** What physicians' ratings show about a judge in one slice of its answers: a row of the validity map. */
export interface SliceEvidence {
  readonly status: "validated" | "borrowed" | "not validated";
  readonly action: "none" | "warning" | "recalibrate";
  /** Whether kappa is shown to be below the target, at the map's false discovery rate. */
  readonly isRefuted: boolean;
  /** Independent rated items. */
  readonly nGroups: number;
  readonly kappa: number | null;
  readonly standardError: number | null;
  readonly target: number;
  readonly floor: number;
  /** Smallest number of items that can validate a slice by itself. */
  readonly minimumGroups: number;
}

/** Which evidence about the judge is accepted in a slice. */
export interface StandingPolicy {
  /** Whether support from other slices alone is accepted. */
  readonly borrowed: "accept" | "refuse";
  /** Whether to accept a slice whose kappa is below the target, but not significantly. */
  readonly recalibrate: "accept" | "refuse";
}

/** `sound`: publish; `provisional`: publish with a caveat; `unvalidated`: there is no evidence that the judge can be used there. */
export type SliceStanding = "sound" | "provisional" | "unvalidated";

/**
 * Whether a slice's verdicts can be published; a slice without any rating is unvalidated.
 *
 * @example sliceStanding(undefined, { borrowed: "accept", recalibrate: "accept" }) // "unvalidated"
 */
export function sliceStanding(evidence: SliceEvidence | undefined, policy: StandingPolicy): SliceStanding {
  if (evidence === undefined || evidence.status === "not validated") return "unvalidated";
  if (evidence.action === "recalibrate" && policy.recalibrate === "refuse") return "unvalidated";
  if (evidence.status === "borrowed" && policy.borrowed === "refuse") return "unvalidated";
  return evidence.status === "validated" && evidence.action === "none" ? "sound" : "provisional";
}

/** What would make the judge's verdicts usable in a slice. */
export type Remedy =
  | { readonly kind: "rate_more"; readonly items: number }
  /** More ratings would only confirm the result: use another judge or prompt, or have physicians grade. */
  | { readonly kind: "recalibrate" };

/**
 * What would make the verdicts of an unvalidated slice usable. If the ratings are not conclusive yet, the number of
 * further items to rate: up to `minimumGroups` and, if the kappa reaches the target, until it would be shown to be
 * above the floor, n' = n (t se / (kappa - floor))^2 with t one-sided at 95 %. That many ratings should decide the
 * question, in either direction.
 *
 * @param minimumGroups of the map, for a slice that has no row in it
 * @example remedyFor(undefined, 30) // ({ kind: "rate_more", items: 30 })
 */
export function remedyFor(evidence: SliceEvidence | undefined, minimumGroups: number): Remedy {
  if (evidence === undefined) return { kind: "rate_more", items: minimumGroups };
  const { isRefuted, nGroups: n, kappa, standardError, target, floor } = evidence;
  if (isRefuted || (n >= evidence.minimumGroups && kappa !== null && kappa < target))
    return { kind: "recalibrate" };
  const shown =
    kappa === null || standardError === null || n < 2 || kappa < target
      ? 0
      : n * ((tCritical(0.9, n - 1) * standardError) / (kappa - floor)) ** 2;
  return { kind: "rate_more", items: Math.max(1, Math.ceil(Math.max(evidence.minimumGroups, shown)) - n) };
}
