import type { Message, ValidityReason } from "../messages/codes.js";
import { message } from "../messages/message.js";
import { adjustPValues } from "../stats/index.js";
import { normalCdf, tCdf } from "../util/special.js";
import { type PooledSlice, partialPooling } from "./partial-pooling.js";

/** Thresholds of `validityMap`. */
export interface ValidityThresholds {
  /** Kappa that a judge should reach. Default 0.80. */
  readonly target: number;
  /** Kappa below which a judge may not replace people anywhere. Default 0.60. */
  readonly floor: number;
  /**
   * Allowed share of false claims among the slices called not validated, and among those called validated. Default
   * 0.05.
   */
  readonly falseDiscoveryRate: number;
  /** Posterior probability of a kappa above the floor that is required for `borrowed`. Default 0.90. */
  readonly support: number;
  /** Smallest number of independent items with which a slice's own data can validate it. Default 30. */
  readonly minimumGroups: number;
  readonly confidence: number;
}

/** Default thresholds of `validityMap`. */
export const defaultThresholds: ValidityThresholds = {
  target: 0.8,
  floor: 0.6,
  support: 0.9,
  falseDiscoveryRate: 0.05,
  minimumGroups: 30,
  confidence: 0.95,
};

/** The judge's agreement with people in one slice. */
export interface SliceKappa {
  readonly name: string;
  readonly kappa: number | null;
  readonly standardError: number | null;
  /** Lower end of the slice's own interval. */
  readonly lower: number | null;
  /** Independent items. */
  readonly nGroups: number;
}

/**
 * Whether the judge may replace people in a slice: shown by its own ratings, supported by other slices, or not shown.
 */
export type Validity = "validated" | "borrowed" | "not validated";
/** What to do about the judge in a slice. */
export type ValidityAction = "none" | "warning" | "recalibrate";

/** One slice of a validity map. */
export interface ValidityCell {
  readonly name: string;
  readonly status: Validity;
  readonly action: ValidityAction;
  /** Adjusted p-value of "the kappa reaches the target": a small value shows that it does not. */
  readonly pMissesTarget: number | null;
  /** Adjusted p-value of "the kappa is at most the floor": a small value shows that it is above. */
  readonly pAboveFloor: number | null;
  readonly pooled: number | null;
  readonly pooledLower: number | null;
  readonly pooledUpper: number | null;
  /** Share of the pooled kappa that comes from the other slices. */
  readonly borrowed: number | null;
  readonly reason: Message<ValidityReason>;
}

/**
 * Decides for each slice whether the judge may replace people, from its own kappa and the other slices' kappas:
 *
 * - `not validated`: shown to miss the target (with a controlled false discovery rate), or nothing supports it;
 * - `validated`: on its own data, at least `minimumGroups` items, the kappa reaches the target and is shown to be above
 *   the floor;
 * - `borrowed`: not shown to fail, and above the floor only with support from the other slices (empirical Bayes).
 *
 * Slices shown to fail are not used in the pooling: two bad specialties would otherwise widen the spread for all.
 * `recalibrate` if the kappa behind the status is below the target, `warning` if its interval reaches below.
 *
 * @param slices kappas with their standard errors; null where undefined
 * @returns a cell for each slice, in order
 * @see Benjamini & Yekutieli (2001), doi:10.1214/aos/1013699998, for the slices that miss the target; Benjamini & Hochberg
 *   (1995), doi:10.1111/j.2517-6161.1995.tb02031.x, for those above the floor
 * @example validityMap([{ name: "03", kappa: 0.9, standardError: 0.02, lower: 0.86, nGroups: 100 }])[0].status // "validated"
 */
export function validityMap(
  slices: readonly SliceKappa[],
  thresholds: ValidityThresholds = defaultThresholds,
): ValidityCell[] {
  const { target, floor, falseDiscoveryRate, confidence } = thresholds;
  // Slices overlap, and small-sample kappas have heavier tails than the test assumes: the stricter correction keeps the
  // error rate.
  const misses = adjustPValues(
    slices.map((slice) => fisherTest(slice, target)),
    "benjamini-yekutieli",
  );
  const failed = slices.map((_, i) => (misses[i] ?? 1) <= falseDiscoveryRate);
  const sound = slices.filter((_, i) => !failed[i]);
  const pooling = partialPooling(
    sound.map(({ name, kappa, standardError, nGroups }) => ({
      name,
      estimate: kappa,
      standardError,
      n: nGroups,
    })),
    { confidence },
  );
  const pooledOf = new Map(
    // With too few slices `partialPooling` returns each unpooled, so nothing is borrowed.
    pooling.reason === null ? pooling.slices.map((slice) => [slice.name, slice] as const) : [],
  );
  const above = adjustPValues(
    slices.map((slice, i) =>
      failed[i] || slice.nGroups < thresholds.minimumGroups
        ? null
        : aboveFloor(slice, pooledOf.get(slice.name), floor),
    ),
    "benjamini-hochberg",
  );
  return slices.map((slice, i) => {
    const pooled = pooledOf.get(slice.name) ?? null;
    const found = verdictOn(slice, {
      failed: failed[i] as boolean,
      above: above[i] ?? null,
      pooled,
      thresholds,
    });
    const usesPool = found.status === "borrowed";
    return {
      name: slice.name,
      ...found,
      action: actionOn(
        usesPool ? (pooled?.estimate ?? null) : slice.kappa,
        usesPool ? (pooled?.lower ?? null) : slice.lower,
        target,
      ),
      pMissesTarget: misses[i] ?? null,
      pAboveFloor: above[i] ?? null,
      pooled: pooled?.estimate ?? null,
      pooledLower: pooled?.lower ?? null,
      pooledUpper: pooled?.upper ?? null,
      borrowed: pooled?.borrowed ?? null,
    };
  });
}

/**
 * The action for a kappa and the lower end of its interval: `recalibrate` below the target or without a kappa,
 * `warning` if the interval reaches below the target or is unknown, else `none`.
 *
 * @example actionOn(0.85, 0.75, 0.8) // "warning"
 */
export function actionOn(kappa: number | null, lower: number | null, target: number): ValidityAction {
  if (kappa === null || kappa < target) return "recalibrate";
  return lower === null || lower < target ? "warning" : "none";
}

function verdictOn(
  { kappa, nGroups }: SliceKappa,
  {
    failed,
    above,
    pooled,
    thresholds: { target, floor, falseDiscoveryRate, minimumGroups, support },
  }: {
    readonly failed: boolean;
    readonly above: number | null;
    readonly pooled: PooledSlice | null;
    readonly thresholds: ValidityThresholds;
  },
): Pick<ValidityCell, "status" | "reason"> {
  if (failed) return { status: "not validated", reason: message("below-target", { target }) };
  if (
    nGroups >= minimumGroups &&
    kappa !== null &&
    kappa >= target &&
    above !== null &&
    above <= falseDiscoveryRate
  ) {
    return { status: "validated", reason: message("reaches-target", { target, floor }) };
  }
  if (kappa === null) return { status: "not validated", reason: message("no-kappa") };
  if (pooled === null) return { status: "not validated", reason: message("too-few-slices") };
  if (probabilityAbove(pooled, floor) >= support) {
    const reason =
      nGroups < minimumGroups
        ? message("few-items-borrowed", { items: nGroups, floor })
        : message("undecided-borrowed", { floor });
    return { status: "borrowed", reason };
  }
  return { status: "not validated", reason: message("not-above-floor", { floor }) };
}

/**
 * One-sided p-value, by t on Fisher's scale, against a kappa of at least `threshold`; null if the slice has no standard
 * error.
 */
function fisherTest({ kappa, standardError, nGroups }: SliceKappa, threshold: number): number | null {
  if (kappa === null || standardError === null || !(standardError > 0) || Math.abs(kappa) >= 1) return null;
  return tCdf(((Math.atanh(kappa) - Math.atanh(threshold)) * (1 - kappa ** 2)) / standardError, nGroups - 1);
}

/**
 * One-sided p-value against a kappa of at most the floor. Uses the standard error pooled over all slices if it is
 * known: the slice's own is 0 if agreement happens to be perfect.
 */
function aboveFloor(slice: SliceKappa, pooled: PooledSlice | undefined, floor: number): number | null {
  const error = pooled?.rawStandardError ?? slice.standardError;
  if (slice.kappa === null || error === null || !(error > 0)) return null;
  return normalCdf((floor - slice.kappa) / error);
}

function probabilityAbove({ estimate, standardError }: PooledSlice, threshold: number): number {
  if (estimate === null || standardError === null || !(standardError > 0)) return 0;
  return normalCdf((estimate - threshold) / standardError);
}
