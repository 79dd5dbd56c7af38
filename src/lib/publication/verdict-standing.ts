import {
  type Remedy,
  remedyFor,
  type SliceEvidence,
  type SliceStanding,
  type StandingPolicy,
  sliceStanding,
} from "./slice-standing.js";

/** What ratings show of one judge version's verdicts: kind of slice, then name of the slice. */
export interface VerdictEvidence {
  readonly slices: ReadonlyMap<string, ReadonlyMap<string, SliceEvidence>>;
  /** Evidence about the judge's grades, used for its matching of key points, which nobody rated. */
  readonly isProxy: boolean;
}

/** Where the verdicts on some answers belong. */
export interface VerdictPlace {
  /** What was judged, as `criterion:` slices name it. */
  readonly kind: string;
  /** Specialty codes of the answers; each needs support of its own. */
  readonly specialties: readonly string[];
  readonly dataset: string;
  readonly family: string;
  readonly language: string;
  /** Pool of items, which slices call a period. */
  readonly pool: string;
}

/** Options of `verdictStanding`. */
export interface VerdictStandingOptions extends StandingPolicy {
  /** Matching of key points that nobody rated: as good as the same judge's grades, or unvalidated. */
  readonly unratedKeyPoints: "as_graded" | "refuse";
  /** Items to ask ratings for in a slice that has none. */
  readonly minimumGroups: number;
}

/** Whether verdicts can be published, and the slices that are in the way. */
export interface VerdictStanding {
  readonly standing: SliceStanding;
  /** False if no rating of this judge version exists at all. */
  readonly isRated: boolean;
  /** Slices without enough evidence (`specialty:cardiology`), and what would help. */
  readonly slices: ReadonlyMap<string, Remedy>;
}

/**
 * Whether a judge's verdicts on some answers can be published. They need support in each specialty of the answers, because
 * answers are drawn for rating by specialty. In their dataset, family, language and pool they must only not be refuted.
 *
 * @param evidence about this judge version; null where no answer that it judged was rated: every specialty is unvalidated
 * @returns `unvalidated` if any slice is in the way, `provisional` if any specialty is or the evidence is a proxy
 * @example verdictStanding(null, { kind: "scale", specialties: ["a"], dataset: "", family: "", language: "", pool: "" }, { borrowed: "accept", recalibrate: "refuse", unratedKeyPoints: "as_graded", minimumGroups: 30 }).standing // "unvalidated"
 */
export function verdictStanding(
  evidence: VerdictEvidence | null,
  place: VerdictPlace,
  { minimumGroups, ...policy }: VerdictStandingOptions,
): VerdictStanding {
  const isRated = evidence !== null;
  const isProxy = evidence?.isProxy === true;
  if (isProxy && policy.unratedKeyPoints === "refuse") {
    const remedy = remedyFor(undefined, minimumGroups);
    return { standing: "unvalidated", isRated, slices: new Map([[`criterion:${place.kind}`, remedy]]) };
  }
  const evidenceOn = (sliceKind: string, name: string) => evidence?.slices.get(sliceKind)?.get(name);
  const slices = new Map<string, Remedy>();
  let isProvisional = isProxy;
  for (const code of place.specialties) {
    const slice = evidenceOn("specialty", code);
    const standing = sliceStanding(slice, policy);
    if (standing === "unvalidated") slices.set(`specialty:${code}`, remedyFor(slice, minimumGroups));
    isProvisional ||= standing === "provisional";
  }
  const { dataset, family, language, pool: period } = place;
  for (const [sliceKind, name] of Object.entries({ dataset, family, language, period })) {
    const slice = evidenceOn(sliceKind, name);
    if (slice?.isRefuted === true) slices.set(`${sliceKind}:${name}`, remedyFor(slice, minimumGroups));
  }
  const standing = slices.size > 0 ? "unvalidated" : isProvisional ? "provisional" : "sound";
  return { standing, isRated, slices };
}
