import type { Message } from "../messages/codes.js";
import { message } from "../messages/message.js";
import type { RaterPopulation } from "../records/rater-population.js";
import { type ClusterMoments, squaredResiduals } from "../stats/cluster-moments.js";
import { clamp } from "../util/clamp.js";
import { tCritical } from "../util/special.js";
import { sum } from "../util/sum.js";
import { type RaterSeverity, raterHalfWidth } from "./rater-severity.js";
import { areAllEqual, unseenErrors, unseenLimit } from "./unseen-errors.js";

/** The judge's score of one answer, and a person's with its sampling weight. */
export interface SampledScore {
  /** Independent unit. */
  readonly cluster: string;
  readonly judge: number;
  /** People's score; null on answers that only the judge graded. */
  readonly human: number | null;
  /** One over the probability that the answer was drawn for rating; used only for rated answers. */
  readonly weight: number;
  /** Who rated it; needed for a statement about raters like them. */
  readonly raters?: readonly string[];
}

/** Options of `weightedPpiMean`. */
export interface WeightedPpiOptions {
  /** Coverage in (0, 1). Default 0.95. */
  readonly confidence?: number;
  /** Smallest number of rated clusters for which an estimate is given. Default 10. */
  readonly minimum?: number;
  /** Moments of the clusters that are not in the rows because only the judge graded them. Default none. */
  readonly others?: ClusterMoments;
  /** How much the raters differ in severity; with it, the interval is about raters like them. Default: unknown. */
  readonly severity?: RaterSeverity | null;
}

/** Result of `weightedPpiMean`. */
export interface WeightedPpiMean {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Error over items, for these raters. */
  readonly standardError: number | null;
  /** Whose grades the interval is about: with fewer than three raters, or without their severity, these raters'. */
  readonly raters: RaterPopulation;
  /** The interval for the grades of the people who rated. */
  readonly sameRaters: { readonly lower: number | null; readonly upper: number | null };
  /** Weight of the judge, 0 to 1. */
  readonly lambda: number | null;
  /** Weighted mean of people minus judge on the rated answers, and its error. */
  readonly rectifier: number | null;
  readonly rectifierError: number | null;
  readonly n: number;
  readonly nRated: number;
  readonly nRatedClusters: number;
  readonly reason: Message<"too-few-rated-items" | "unseen-errors"> | null;
}

/**
 * People's mean over all answers, from a judge on all and people on a sample drawn with unequal, known probabilities:
 * lambda mean(judge) + weighted mean of (human - lambda judge) over the rated answers. However wrong the judge is, the
 * second term removes its bias; lambda is the weight in [0, 1] with the smallest cluster-robust variance. With equal
 * weights this is the PPI++ mean. Linearized variance; t on the rated clusters minus one. The choice of raters widens
 * the interval if their severity is known (see `raterHalfWidth`). Where all ratings differ from the judge by the same
 * amount, it is widened by the errors that could have stayed unseen, or refused (see `unseenErrors`).
 *
 * Assumes that every answer could be drawn, and that the weights are correct up to a common factor.
 *
 * @param rows all answers of the clusters with at least one rated answer; or simply all answers
 * @see Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, difference estimator; Angelopoulos, Duchi &
 *   Zrnic (2023), arXiv:2311.01453
 * @example weightedPpiMean([{ cluster: "a", judge: 0.5, human: 1, weight: 1 }, { cluster: "b", judge: 0.5, human: 0, weight: 3 }], { minimum: 2 }).estimate // 0.25
 */
export function weightedPpiMean(
  rows: readonly SampledScore[],
  { confidence = 0.95, minimum = 10, others = noClusters, severity = null }: WeightedPpiOptions = {},
): WeightedPpiMean {
  const rated = rows.flatMap((row) => (row.human === null ? [] : [{ ...row, human: row.human }]));
  const nRatedClusters = new Set(rated.map(({ cluster }) => cluster)).size;
  const n = rows.length + others.sumN;
  const shared = { n, nRated: rated.length, nRatedClusters };
  const wanted = Math.max(2, minimum);
  if (nRatedClusters < wanted)
    return {
      ...shared,
      ...nothing,
      reason: message("too-few-rated-items", { found: nRatedClusters, wanted }),
    };
  const unseen =
    nRatedClusters < n && areAllEqual(rated.map((row) => row.human - row.judge))
      ? unseenErrors(nRatedClusters, 1, { confidence })
      : null;
  if (unseen !== null && unseen.change > unseenLimit) {
    const missed = Math.ceil(100 * unseen.share);
    const reason = message("unseen-errors", { found: nRatedClusters, missed, wanted: unseen.wanted });
    return { ...shared, ...nothing, reason };
  }
  const total = sum(rated.map(({ weight }) => weight));
  const weighted = (of: (row: (typeof rated)[number]) => number) =>
    sum(rated.map((row) => row.weight * of(row))) / total;
  const human = weighted((row) => row.human);
  const judgeRated = weighted((row) => row.judge);
  const judgeAll = (sum(rows.map(({ judge }) => judge)) + others.sumS) / n;
  // The estimate human + lambda (judgeAll - judgeRated) is linear in lambda, and so is each cluster's contribution.
  const ofHuman = new Map<string, number>();
  const ofJudge = new Map<string, number>();
  for (const row of rated) {
    add(ofHuman, row.cluster, (row.weight * (row.human - human)) / total);
    add(ofJudge, row.cluster, (-row.weight * (row.judge - judgeRated)) / total);
  }
  const ofRated = new Map(ofJudge);
  for (const { cluster, judge } of rows) add(ofJudge, cluster, (judge - judgeAll) / n);
  const ofOthers = squaredResiduals(others, judgeAll) / n ** 2;
  const clusters = [...new Set([...ofHuman.keys(), ...ofJudge.keys()])];
  const share = (from: ReadonlyMap<string, number>, cluster: string) => from.get(cluster) ?? 0;
  const spread = sum(clusters.map((cluster) => share(ofJudge, cluster) ** 2)) + ofOthers;
  const joint = sum(clusters.map((cluster) => share(ofHuman, cluster) * share(ofJudge, cluster)));
  const lambda = spread > 0 ? clamp(-joint / spread) : 0;
  const small = nRatedClusters / (nRatedClusters - 1);
  const error = (of: (cluster: string) => number, rest = 0) =>
    Math.sqrt(small * (sum(clusters.map((cluster) => of(cluster) ** 2)) + rest));
  const standardError = error(
    (cluster) => share(ofHuman, cluster) + lambda * share(ofJudge, cluster),
    lambda ** 2 * ofOthers,
  );
  const estimate = human + lambda * (judgeAll - judgeRated);
  const half = Math.hypot(tCritical(confidence, nRatedClusters - 1) * standardError, unseen?.change ?? 0);
  const ofRaters = raterHalfWidth(severity, raterShares(rated, total).values(), { confidence });
  const whole = Math.hypot(half, ofRaters ?? 0);
  return {
    ...shared,
    estimate,
    lower: estimate - whole,
    upper: estimate + whole,
    raters: ofRaters === null ? "these raters" : "raters like them",
    sameRaters: { lower: estimate - half, upper: estimate + half },
    standardError,
    lambda,
    rectifier: human - judgeRated,
    rectifierError: error((cluster) => share(ofHuman, cluster) + share(ofRated, cluster)),
    reason: null,
  };
}

const nothing = {
  estimate: null,
  lower: null,
  upper: null,
  standardError: null,
  raters: "these raters",
  sameRaters: { lower: null, upper: null },
  lambda: null,
  rectifier: null,
  rectifierError: null,
} as const;

/** What each rater's grades contribute to the mean; they sum to 1. */
function raterShares(rated: readonly SampledScore[], total: number): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const { weight, raters = [] } of rated)
    for (const rater of raters) add(shares, rater, weight / total / raters.length);
  return shares;
}

const noClusters: ClusterMoments = { nClusters: 0, sumS: 0, sumN: 0, sumSS: 0, sumSN: 0, sumNN: 0 };

function add(to: Map<string, number>, key: string, value: number): void {
  to.set(key, (to.get(key) ?? 0) + value);
}
