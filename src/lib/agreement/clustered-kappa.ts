import { InputError } from "../errors.js";
import type { KappaReason, Message } from "../messages/codes.js";
import { message } from "../messages/message.js";
import { type ConfidenceOptions, checkConfidence } from "../stats/estimate.js";
import { add, at } from "../util/indexing.js";
import { tCritical } from "../util/special.js";
import { dot, sum } from "../util/sum.js";
import { effectiveNumber } from "./design-weights.js";
import { kappaInterval } from "./kappa-interval.js";
import { agreementWeights } from "./weights.js";

/** Two raters' values for the same answer; the raters may be of one kind or of two. */
export interface ValuePair {
  readonly left: number;
  readonly right: number;
  /** Independent unit: all ratings of one item, by any rater and for any system. */
  readonly cluster: string;
  /** Answers that this one represents: the inverse of its probability of being rated. Default 1. */
  readonly weight?: number;
}

/** Options of `clusteredKappa`. */
export interface ClusteredKappaOptions {
  /** All values of the scale in order, used or not. */
  readonly categories: readonly number[];
  /** Default "quadratic"; with two categories all weightings are plain kappa. */
  readonly weights?: "unweighted" | "linear" | "quadratic";
  /** Count each pair in both orders: for raters of one kind, whose order does not matter. Default false. */
  readonly symmetric?: boolean;
  readonly confidence?: number;
}

/** Result of `clusteredKappa`. */
export interface ClusteredKappa {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly standardError: number | null;
  /** Error upward on Fisher's scale, as in `kappaInterval`: what a kappa below a target is judged by. */
  readonly upwardError: number | null;
  /** Share of pairs with equal values, weighted like the kappa. */
  readonly percentAgreement: number | null;
  readonly n: number;
  readonly nClusters: number;
  /**
   * Number of equally weighted clusters that would be as informative (Kish): the squared sum of the clusters' weights
   * divided by the sum of their squares; 0 without pairs.
   */
  readonly nEffective: number;
  /** Contribution of each cluster to the error, from which differences of kappas on the same clusters are computed. */
  readonly influence: ReadonlyMap<string, number>;
  readonly reason: Message<KappaReason> | null;
}

/** An interval needs this many clusters: below, it would hardly exclude any value, or exclude the truth by luck. */
export const fewestClusters = 6;

/**
 * Weighted kappa of pairs that come in clusters: the estimate of `cohenKappa` on the pooled pairs, with a
 * cluster-robust linearized error. Two physicians' ratings of one answer, and answers of several systems to one item,
 * are not independent, but the plain error assumes that they are. The interval is that of `kappaInterval`: t on Fisher's
 * scale, longer upward where a rare grade may be missing from the sample.
 *
 * If answers were rated with unequal probabilities, give each pair the inverse of its answer's probability as `weight`:
 * kappa, raw agreement and error then refer to the answers that the sample was drawn from, and not to the sample. Only
 * the ratios of the weights matter.
 *
 * @returns null with a reason without pairs or if expected agreement is 1; the error needs two clusters, the interval six
 * @throws InputError if a value is not on the scale, as NaN never is, or a weight is not positive
 * @see Fleiss, Cohen & Everitt (1969), doi:10.1037/h0028106; sandwich: Liang & Zeger (1986), doi:10.1093/biomet/73.1.13
 * @see with one pair a cluster the error is that of `cohenKappa` times sqrt(n / (n - 1))
 * @example clusteredKappa([[0, 0], [0, 1], [1, 1], [1, 1]].map(([left, right], i) => ({ left, right, cluster: `item ${i}` })), { categories: [0, 1] }).estimate // 0.5
 */
export function clusteredKappa(
  pairs: readonly ValuePair[],
  {
    categories,
    weights: weighting = "quadratic",
    symmetric = false,
    confidence = 0.95,
  }: ClusteredKappaOptions,
): ClusteredKappa {
  const k = categories.length;
  const position = new Map(categories.map((category, index) => [category, index]));
  const weights = agreementWeights(weighting, k, categories).flat();
  const cells = Int32Array.from(
    pairs,
    ({ left, right }) => placeOf(position, left) * k + placeOf(position, right),
  );
  const mirrored = (cell: number) => (cell % k) * k + Math.floor(cell / k);
  const n = cells.length;
  const designWeights = Float64Array.from(pairs, weightOf);
  const ofCluster = new Map<string, number>();
  pairs.forEach(({ cluster }, i) => {
    ofCluster.set(cluster, (ofCluster.get(cluster) ?? 0) + (designWeights[i] as number));
  });
  const nClusters = ofCluster.size;
  const nothing = { estimate: null, lower: null, upper: null, standardError: null, upwardError: null };
  const shared = {
    n,
    nClusters,
    nEffective: effectiveNumber(ofCluster.values()),
    influence: new Map<string, number>(),
  };
  if (n === 0) return { ...shared, ...nothing, percentAgreement: null, reason: message("no-rated-answer") };
  const counts = new Float64Array(k * k);
  cells.forEach((cell, i) => {
    const own = designWeights[i] as number;
    for (const counted of symmetric ? [cell, mirrored(cell)] : [cell]) add(counts, counted, own);
  });
  // Counts first, shares later: with whole weights, perfect agreement is then exactly 1.
  const total = sum(counts);
  const { observed, expected, pull } = margins(counts, weights, k);
  const percentAgreement = sum(counts.filter((_, cell) => cell % (k + 1) === 0)) / total;
  const room = 1 - expected;
  if (room <= 1e-12) {
    return { ...shared, ...nothing, percentAgreement, reason: message("one-value-only") };
  }
  const estimate = (observed - expected) / room;
  const slope = (cell: number) => weights[cell]! - (1 - estimate) * pull[cell]!;
  const own = (cell: number) => (symmetric ? (slope(cell) + slope(mirrored(cell))) / 2 : slope(cell));
  const center = sum(counts.map((count, cell) => count * slope(cell))) / total;
  const influence = new Map<string, number>();
  const wholeWeight = sum(designWeights);
  cells.forEach((cell, i) => {
    const { cluster } = pairs[i] as ValuePair;
    const share = (designWeights[i] as number) / wholeWeight;
    influence.set(cluster, (influence.get(cluster) ?? 0) + (share * (own(cell) - center)) / room);
  });
  if (nClusters < 2) {
    const reason = message("one-item-only");
    return { ...shared, ...nothing, estimate, percentAgreement, influence, reason };
  }
  const standardError = clusterError(influence.values(), nClusters);
  const found = { ...shared, estimate, standardError, percentAgreement, influence };
  if (nClusters < fewestClusters) {
    const reason = message("too-few-items-for-interval", { found: nClusters, wanted: fewestClusters });
    return { ...found, lower: null, upper: null, upwardError: null, reason };
  }
  const commonest = rowOfMost(counts, k);
  const limits = kappaInterval(estimate, standardError, {
    nClusters: shared.nEffective,
    disagreement: 1 - observed,
    chanceDisagreement: room,
    byGrade: Array.from({ length: k }, (_, grade) => 2 - at(pull, grade * (k + 1))),
    smallestStep: Math.min(
      ...weights
        .slice(commonest * k, (commonest + 1) * k)
        .map((credit) => 1 - credit)
        .filter((step) => step > 0),
    ),
    confidence,
  });
  return { ...found, ...limits, reason: limits.lower === null ? message("no-disagreement") : null };
}

/** Result of `kappaDifference`. */
export interface KappaDifference {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly standardError: number | null;
}

/**
 * Difference of two kappas that may share clusters, with its cluster-robust standard error and a t interval on the
 * clusters minus one: clusters used by both kappas count once, with the difference of their influences.
 *
 * @returns nulls if one of the kappas is undefined; the error needs two clusters, the interval six
 * @see Liang & Zeger (1986), doi:10.1093/biomet/73.1.13
 * @example kappaDifference(clusteredKappa([[0, 0], [1, 1]].map(([left, right]) => ({ left, right, cluster: `${left}` })), { categories: [0, 1] }), clusteredKappa([[0, 0], [0, 1], [1, 1], [1, 1]].map(([left, right], i) => ({ left, right, cluster: `${i}` })), { categories: [0, 1] })).estimate // 0.5
 */
export function kappaDifference(
  one: ClusteredKappa,
  other: ClusteredKappa,
  { confidence = 0.95 }: ConfidenceOptions = {},
): KappaDifference {
  checkConfidence("kappaDifference", confidence);
  const none = { lower: null, upper: null, standardError: null };
  if (one.estimate === null || other.estimate === null) return { ...none, estimate: null };
  const estimate = one.estimate - other.estimate;
  const clusters = new Set([...one.influence.keys(), ...other.influence.keys()]);
  if (clusters.size < 2) return { ...none, estimate };
  const shares = [...clusters].map(
    (cluster) => (one.influence.get(cluster) ?? 0) - (other.influence.get(cluster) ?? 0),
  );
  const standardError = clusterError(shares, clusters.size);
  if (clusters.size < fewestClusters) return { ...none, estimate, standardError };
  // Where only one of the kappas has many clusters, the other limits what can be said.
  const fewest = Math.max(2, Math.min(clusters.size, one.nEffective, other.nEffective));
  const half = tCritical(confidence, fewest - 1) * standardError;
  return { estimate, lower: estimate - half, upper: estimate + half, standardError };
}

function weightOf({ weight = 1, cluster }: ValuePair): number {
  if (weight > 0 && Number.isFinite(weight)) return weight;
  throw new InputError(
    `clusteredKappa: a weight must be positive and finite; got ${weight} (item ${cluster})`,
    {
      hint: "Give the inverse of the probability with which the answer was drawn for rating.",
    },
  );
}

/** Grade that the first rater gives most often. */
function rowOfMost(counts: Float64Array, k: number): number {
  const rows = Array.from({ length: k }, (_, i) => sum(counts.subarray(i * k, (i + 1) * k)));
  return rows.indexOf(Math.max(...rows));
}

function clusterError(shares: Iterable<number>, nClusters: number): number {
  const error = Math.sqrt((sum([...shares].map((share) => share ** 2)) * nClusters) / (nClusters - 1));
  // Rounding leaves a nonzero error if every pair agrees equally.
  return error < 1e-12 ? 0 : error;
}

/** Observed and expected agreement, and the derivative of expected agreement by each cell. */
function margins(counts: Float64Array, weights: readonly number[], k: number) {
  const rows = new Float64Array(k);
  const columns = new Float64Array(k);
  const total = sum(counts);
  counts.forEach((count, cell) => {
    const i = Math.floor(cell / k);
    const j = cell % k;
    add(rows, i, count / total);
    add(columns, j, count / total);
  });
  const weight = (i: number, j: number) => at(weights, i * k + j);
  const rowPull = rows.map((_, i) => sum(columns.map((share, j) => share * weight(i, j))));
  const columnPull = columns.map((_, j) => sum(rows.map((share, i) => share * weight(i, j))));
  return {
    observed: dot(counts, weights) / total,
    expected: dot(rows, rowPull),
    pull: counts.map((_, cell) => at(rowPull, Math.floor(cell / k)) + at(columnPull, cell % k)),
  };
}

function placeOf(position: ReadonlyMap<number, number>, value: number): number {
  const found = position.get(value);
  if (found === undefined) {
    throw new InputError(`clusteredKappa: ${value} is not on the scale`, {
      hint: `Values of the scale: ${[...position.keys()].join(", ")}. Leave out pairs with a missing value.`,
    });
  }
  return found;
}
