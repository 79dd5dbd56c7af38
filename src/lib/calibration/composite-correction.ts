import type { Message } from "../messages/codes.js";
import { message } from "../messages/message.js";
import { groupBy } from "../util/group-by.js";
import { tCritical } from "../util/special.js";
import { sum } from "../util/sum.js";
import { type RatedCluster, ratedStratum } from "./rated-stratum.js";
import { areAllEqual, unseenErrors, unseenLimit } from "./unseen-errors.js";

/** A part of a composite (a dataset) with the share of the composite that depends on the judge's grades in it. */
export interface JudgedPart {
  readonly part: string;
  /** Parts of one family (a dimension) are put together first where a part has few ratings. */
  readonly family: string;
  /** Share of the composite, >= 0. */
  readonly share: number;
  /** Judged answers in it. */
  readonly answers: number;
}

/** A rated answer and what it stands for. */
export interface RatedAnswer {
  readonly part: string;
  /** Independent unit: the item. */
  readonly cluster: string;
  /** What the answer carries of the composite, divided by the probability that it was rated; > 0, up to a common factor. */
  readonly weight: number;
  /** People minus judge. */
  readonly difference: number;
  /** Who rated it. */
  readonly raters: readonly string[];
  /** Whether the probability is known from the draw, and not taken from how many answers were rated. */
  readonly isDrawn: boolean;
}

/** Options of `compositeCorrection`. */
export interface CompositeCorrectionOptions {
  readonly confidence?: number;
  /** Smallest number of rated items for which there is a correction. Default 10. */
  readonly minimum?: number;
  /**
   * What each item contributes to the composite: its deviation from the mean of its stratum times its share, with the
   * small-sample factor of the variance. Default: none, so that the two errors count as independent.
   */
  readonly influence?: ReadonlyMap<string, number>;
}

/** What people's ratings show about a composite. */
export interface CompositeCorrection {
  /** Estimated change of the composite if people had graded every judged answer. */
  readonly shift: number;
  /** Its standard error over items, for these raters. */
  readonly standardError: number;
  /** Half-width of its interval over items, including errors that no rating showed. */
  readonly halfWidth: number;
  /** Covariance of the shift with the composite's own sampling error. */
  readonly covariance: number;
  /** What each rater's grades contribute to the shift; they sum to the composite's judged share. */
  readonly raterShares: ReadonlyMap<string, number>;
  readonly nRated: number;
  readonly nRatedClusters: number;
  /** Share of the judged part that is in parts without a rated answer: the judge is assumed to err there as elsewhere. */
  readonly unratedShare: number;
}

/** A correction, or why there is none. */
export type CorrectionOutcome =
  | { readonly correction: CompositeCorrection; readonly reason: null }
  | { readonly correction: null; readonly reason: Message<CompositeCorrectionReason> };

/** Why a composite has no correction of its own. */
export type CompositeCorrectionReason = "too-few-rated-items" | "unseen-errors" | "unrated-part";

/** A part, or what is put together, is corrected by its own ratings if they are about this many items. */
const leastClusters = 5;
/** Largest share of the judged part that may be in families without a rated answer. */
const unratedFamilyLimit = 0.1;
/** The same in parts without one, where nothing shows how answers were drawn: as much, and more than chance leaves. */
const unratedPartLimit = 0.5;
const beyondChance = 0.2;

/**
 * Correction of a composite with known weights for the judge's error: the mean of people minus judge in each part, times
 * the part's share of the composite. A judge that is lenient in one dimension is corrected there, and by the weight that
 * the dimension has, whatever share of the ratings fell on it. A part with ratings of fewer than five items is put together
 * with the others of its family, and a family with fewer with the other small ones; inside, answers weigh what they carry
 * of the composite. Strata are independent; their variances are added, with Satterthwaite's degrees of freedom.
 *
 * The error is that of a new set of items and ratings. Nothing is subtracted for the part of the answers that was rated:
 * that part of the variance comes back as variance between items, so the covariance with the composite's own error is all
 * that changes as more answers are rated.
 *
 * @param parts the judged parts; the shares sum to the composite's judged share
 * @returns the reason if too few items were rated, if none of few ratings differs from the rest (see `unseenErrors`), or if
 *   parts that weigh much have no rated answer
 * @see Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, section 7.6 (poststratified difference estimator); Angelopoulos, Duchi & Zrnic (2023), arXiv:2311.01453
 * @example compositeCorrection([{ part: "a", family: "f", share: 0.5, answers: 9 }], [0, -0.2].map((difference, i) => ({ part: "a", cluster: `${i}`, weight: 1, difference, raters: ["r"], isDrawn: true })), { minimum: 2 }).correction?.shift // -0.05
 */
export function compositeCorrection(
  parts: readonly JudgedPart[],
  rated: readonly RatedAnswer[],
  { confidence = 0.95, minimum = 10, influence }: CompositeCorrectionOptions = {},
): CorrectionOutcome {
  const judged = parts.filter(({ share }) => share > 0);
  const known = new Set(judged.map(({ part }) => part));
  const used = rated.filter(({ part }) => known.has(part));
  const nRatedClusters = new Set(used.map(({ cluster }) => cluster)).size;
  const total = sum(judged.map(({ share }) => share));
  const wanted = Math.max(2, minimum);
  const none = (reason: Message<CompositeCorrectionReason>) => ({ correction: null, reason });
  if (nRatedClusters < wanted) return none(message("too-few-rated-items", { found: nRatedClusters, wanted }));
  const gap = gapOf(judged, used);
  if (gap.reason !== null) return none(gap.reason);
  const unseen = areAllEqual(used.map(({ difference }) => difference))
    ? unseenErrors(nRatedClusters, total, { confidence })
    : null;
  if (unseen !== null && unseen.change > unseenLimit) {
    const { share } = unseen;
    const missed = Math.ceil(100 * share);
    return none(message("unseen-errors", { found: nRatedClusters, missed, wanted: unseen.wanted }));
  }
  const strata = strataOf(judged, used).map(({ share, answers }) => ({
    ...ratedStratum(clustersOf(answers)),
    part: share,
    answers,
  }));
  const variances = strata.map(({ part, variance }) => part ** 2 * variance);
  const variance = sum(variances);
  const spread = sum(variances.map((own, i) => own ** 2 / (strata[i]?.degreesOfFreedom ?? 1)));
  const sampling = variance > 0 ? tCritical(confidence, variance ** 2 / spread) * Math.sqrt(variance) : 0;
  return {
    correction: {
      shift: sum(strata.map(({ part, mean }) => part * mean)),
      standardError: Math.sqrt(variance),
      halfWidth: Math.hypot(sampling, unseen?.change ?? 0),
      covariance: sum(
        strata.flatMap(({ part, clusters }) =>
          clusters.map(({ cluster, influence: own }) => part * own * (influence?.get(cluster) ?? 0)),
        ),
      ),
      raterShares: raterSharesOf(strata),
      nRated: used.length,
      nRatedClusters,
      unratedShare: gap.unratedShare,
    },
    reason: null,
  };
}

/** What of the judged part no rating covers, and whether that is too much. */
function gapOf(judged: readonly JudgedPart[], used: readonly RatedAnswer[]) {
  const total = sum(judged.map(({ share }) => share));
  const ratedParts = new Set(used.map(({ part }) => part));
  const ratedFamilies = new Set(
    judged.filter(({ part }) => ratedParts.has(part)).map(({ family }) => family),
  );
  const shareOf = (own: readonly JudgedPart[]) => sum(own.map(({ share }) => share)) / total;
  const unrated = judged.filter(({ part }) => !ratedParts.has(part));
  const lost = unrated.filter(({ family }) => !ratedFamilies.has(family));
  const unratedShare = shareOf(unrated);
  const tooMuch = (own: readonly JudgedPart[]) =>
    message("unrated-part", {
      part: [...own].sort((a, b) => b.share - a.share)[0]?.part ?? "",
      percent: Math.round(100 * shareOf(own)),
    });
  if (shareOf(lost) > unratedFamilyLimit) return { unratedShare, reason: tooMuch(lost) };
  if (used.every(({ isDrawn }) => isDrawn)) return { unratedShare, reason: null };
  const all = sum(judged.map(({ answers }) => answers));
  const byChance = sum(
    judged.map(({ share, answers }) => (share / total) * (1 - answers / all) ** used.length),
  );
  const isTooMuch = unratedShare > Math.max(unratedPartLimit, byChance + beyondChance);
  return { unratedShare, reason: isTooMuch ? tooMuch(unrated) : null };
}

interface Stratum {
  readonly share: number;
  readonly answers: readonly RatedAnswer[];
}

const isLarge = ({ answers }: Stratum) =>
  new Set(answers.map(({ cluster }) => cluster)).size >= leastClusters;

/** Parts with enough ratings, families of those without, and what is left. */
function strataOf(judged: readonly JudgedPart[], used: readonly RatedAnswer[]): readonly Stratum[] {
  const byPart = groupBy(used, ({ part }) => part);
  const families = [...groupBy(judged, ({ family }) => family).values()].map((own) =>
    merged(own.map(({ part, share }) => ({ share, answers: byPart.get(part) ?? [] }))),
  );
  return merged(families.flat());
}

/** Strata of which each has enough ratings, or a single one: small ones together, and with the smallest of the others if that is not enough. */
function merged(strata: readonly Stratum[]): readonly Stratum[] {
  const large = strata.filter(isLarge).sort((a, b) => a.answers.length - b.answers.length);
  const small = strata.filter((stratum) => !isLarge(stratum));
  if (small.length === 0) return large;
  const rest = together(small);
  const [smallest, ...others] = large;
  if (smallest === undefined || isLarge(rest)) return [...large, rest];
  return [together([smallest, rest]), ...others];
}

const together = (strata: readonly Stratum[]): Stratum => ({
  share: sum(strata.map(({ share }) => share)),
  answers: strata.flatMap(({ answers }) => answers),
});

function clustersOf(answers: readonly RatedAnswer[]): RatedCluster[] {
  return [...groupBy(answers, ({ cluster }) => cluster)].map(([cluster, own]) => ({
    cluster,
    weight: sum(own.map(({ weight }) => weight)),
    weighted: sum(own.map(({ weight, difference }) => weight * difference)),
  }));
}

function raterSharesOf(
  strata: readonly { readonly part: number; readonly answers: readonly RatedAnswer[] }[],
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const { part, answers } of strata) {
    const total = sum(answers.map(({ weight }) => weight));
    for (const { weight, raters } of answers) {
      for (const rater of raters)
        shares.set(rater, (shares.get(rater) ?? 0) + (part * weight) / total / raters.length);
    }
  }
  return shares;
}
