import type { Message, ValidityReason } from "../messages/codes.js";
import { message } from "../messages/message.js";
import { adjustPValues, median } from "../stats/index.js";
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
  /** Error upward on Fisher's scale, as `clusteredKappa` gives it; null without an interval and for perfect agreement. */
  readonly upwardError: number | null;
  /** Effective number of independent items, for degrees of freedom. Default `nGroups`. */
  readonly nEffective?: number;
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
  /**
   * One-sided p-value, for this slice alone, of "the kappa is as high as in the other slices"; null without an interval or with
   * fewer than four others.
   */
  readonly pBelowOthers: number | null;
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
 * `recalibrate` if the kappa behind the status is below the target, `warning` if its interval reaches below. Other slices
 * do not speak for one whose own kappa looks lower than theirs (`pBelowOthers` at most 0.15): it is `recalibrate` too, and not
 * `validated` on its own data either if it is clearly lower (0.1) and its interval reaches below the target.
 *
 * Tried on 24 slices with two ratings per item (`npm run simulate:coverage`): at most 5 % of studies call a slice whose kappa is 0.80
 * not validated, and less than 1 % one with 0.85, whatever the share of grades at the top (before, up to 83 and 56 %). A slice with
 * kappa 0.70 among others with 0.90 is supported in 8 % of cases with 16 items and less than 1 % with 40 if grades are spread
 * out; with half or more of the grades at the top in 3 to 22 %, because such samples do not tell 0.70 from 0.90.
 *
 * @param slices kappas with their standard errors; null where undefined
 * @returns a cell for each slice, in order
 * @see Benjamini & Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x, for both families of tests
 * @example validityMap([{ name: "03", kappa: 0.9, standardError: 0.02, lower: 0.86, nGroups: 100, upwardError: 0.1 }])[0].status // "validated"
 */
export function validityMap(
  slices: readonly SliceKappa[],
  thresholds: ValidityThresholds = defaultThresholds,
): ValidityCell[] {
  const { target, floor, falseDiscoveryRate, confidence } = thresholds;
  const misses = adjustPValues(
    slices.map((slice) => fisherTest(slice, target)),
    "benjamini-hochberg",
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
  const belowOthers = slices.map((slice) => pBelow(slice, sound));
  return slices.map((slice, i) => {
    const pooled = pooledOf.get(slice.name) ?? null;
    const found = verdictOn(slice, {
      failed: failed[i] as boolean,
      above: above[i] ?? null,
      belowOthers: belowOthers[i] ?? null,
      pooled,
      thresholds,
    });
    const usesPool = found.status === "borrowed";
    const action = actionOn(
      usesPool ? (pooled?.estimate ?? null) : slice.kappa,
      usesPool ? (pooled?.lower ?? null) : slice.lower,
      target,
    );
    return {
      name: slice.name,
      ...found,
      action: found.reason.code === "below-other-slices" ? "recalibrate" : action,
      pMissesTarget: misses[i] ?? null,
      pAboveFloor: above[i] ?? null,
      pBelowOthers: belowOthers[i] ?? null,
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
  { kappa, lower, nGroups }: SliceKappa,
  {
    failed,
    above,
    belowOthers,
    pooled,
    thresholds: { target, floor, falseDiscoveryRate, minimumGroups, support },
  }: {
    readonly failed: boolean;
    readonly above: number | null;
    readonly belowOthers: number | null;
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
    above <= falseDiscoveryRate &&
    ((lower !== null && lower >= target) || !(belowOthers !== null && belowOthers <= clearlyLower))
  ) {
    return { status: "validated", reason: message("reaches-target", { target, floor }) };
  }
  if (kappa === null) return { status: "not validated", reason: message("no-kappa") };
  if (pooled === null) return { status: "not validated", reason: message("too-few-slices") };
  if (probabilityAbove(pooled, floor) >= support) {
    if (belowOthers !== null && belowOthers <= looksLower) {
      return { status: "borrowed", reason: message("below-other-slices", { items: nGroups }) };
    }
    const reason =
      nGroups < minimumGroups
        ? message("few-items-borrowed", { items: nGroups, floor })
        : message("undecided-borrowed", { floor });
    return { status: "borrowed", reason };
  }
  return { status: "not validated", reason: message("not-above-floor", { floor }) };
}

/**
 * One-sided p-value, by t on Fisher's scale, against a kappa of at least `threshold`. The error is that of the upper arm
 * of the slice's interval: where grades are skewed, a sample without the rare ones has a kappa that is too low, and does not know it.
 *
 * @returns null if the slice has no interval, or agreement is perfect
 */
function fisherTest({ kappa, upwardError, ...size }: SliceKappa, threshold: number): number | null {
  if (kappa === null || upwardError === null) return null;
  return tCdf((Math.atanh(kappa) - Math.atanh(threshold)) / upwardError, degreesOfFreedom(size));
}

/** p-value at which the other slices no longer support a slice, and at which its own point estimate no longer validates it. */
const looksLower = 0.15;
const clearlyLower = 0.1;

/**
 * One-sided p-value of "the slice's kappa is as high as those of the others", by t on Fisher's scale around their median. Their spread
 * beyond sampling error is robust (median absolute deviation), so that a second low slice does not hide the first.
 */
function pBelow(slice: SliceKappa, sound: readonly SliceKappa[]): number | null {
  const others = sound.flatMap(({ name, kappa, upwardError }) =>
    name === slice.name || kappa === null || upwardError === null
      ? []
      : [{ z: Math.atanh(kappa), variance: upwardError ** 2 }],
  );
  if (slice.kappa === null || slice.upwardError === null || others.length < 4) return null;
  const center = median(others.map(({ z }) => z));
  const variance = median(others.map((other) => other.variance));
  const spread = 1.4826 * median(others.map(({ z }) => Math.abs(z - center)));
  const between = Math.max(0, spread ** 2 - variance);
  const error = Math.sqrt(slice.upwardError ** 2 + between + variance / others.length);
  return tCdf((Math.atanh(slice.kappa) - center) / error, degreesOfFreedom(slice));
}

const degreesOfFreedom = ({ nGroups, nEffective = nGroups }: Pick<SliceKappa, "nGroups" | "nEffective">) =>
  Math.max(1, nEffective - 1);

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
