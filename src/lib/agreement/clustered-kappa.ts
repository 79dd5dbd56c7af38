import { InputError } from "../errors.js";
import type { KappaReason, Message } from "../messages/codes.js";
import { message } from "../messages/message.js";
import type { ConfidenceOptions } from "../stats/estimate.js";
import { add, at } from "../util/indexing.js";
import { normalCritical } from "../util/special.js";
import { dot, sum } from "../util/sum.js";
import { fisherInterval } from "./fisher-interval.js";
import { agreementWeights } from "./weights.js";

/** Two raters' values for the same answer; the raters may be of one kind or of two. */
export interface ValuePair {
  readonly left: number;
  readonly right: number;
  /** Independent unit: all ratings of one item, by any rater and for any system. */
  readonly cluster: string;
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
  /** Share of pairs with equal values. */
  readonly percentAgreement: number | null;
  readonly n: number;
  readonly nClusters: number;
  /** Contribution of each cluster to the error, from which differences of kappas on the same clusters are computed. */
  readonly influence: ReadonlyMap<string, number>;
  readonly reason: Message<KappaReason> | null;
}

/**
 * Weighted kappa of pairs that come in clusters: the estimate of `cohenKappa` on the pooled pairs, with a
 * cluster-robust linearized error. Two physicians' ratings of one answer, and answers of several systems to one item,
 * are not independent, but the plain error assumes that they are. The interval is symmetric on Fisher's scale.
 *
 * @returns null with a reason without pairs or if expected agreement is 1; the error needs two clusters
 * @throws InputError if a value is not on the scale, as NaN never is
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
  const clusters = pairs.map(({ cluster }) => cluster);
  const nClusters = new Set(clusters).size;
  const nothing = { estimate: null, lower: null, upper: null, standardError: null };
  const shared = { n, nClusters, influence: new Map<string, number>() };
  if (n === 0) return { ...shared, ...nothing, percentAgreement: null, reason: message("no-rated-answer") };
  const counts = new Float64Array(k * k);
  for (const cell of cells) {
    for (const counted of symmetric ? [cell, mirrored(cell)] : [cell]) {
      counts[counted] = counts[counted]! + 1;
    }
  }
  // Whole counts first: perfect agreement is then exactly 1.
  const total = sum(counts);
  const { observed, expected, pull } = margins(counts, weights, k);
  const percentAgreement = cells.filter((cell) => cell % (k + 1) === 0).length / n;
  const room = 1 - expected;
  if (room <= 1e-12) {
    return { ...shared, ...nothing, percentAgreement, reason: message("one-value-only") };
  }
  const estimate = (observed - expected) / room;
  const slope = (cell: number) => weights[cell]! - (1 - estimate) * pull[cell]!;
  const own = (cell: number) => (symmetric ? (slope(cell) + slope(mirrored(cell))) / 2 : slope(cell));
  const center = sum(counts.map((count, cell) => count * slope(cell))) / total;
  const influence = new Map<string, number>();
  cells.forEach((cell, i) => {
    const cluster = clusters[i] as string;
    influence.set(cluster, (influence.get(cluster) ?? 0) + (own(cell) - center) / (n * room));
  });
  if (nClusters < 2) {
    const reason = message("one-item-only");
    return { ...shared, ...nothing, estimate, percentAgreement, influence, reason };
  }
  const standardError = clusterError(influence.values(), nClusters);
  const { lower, upper } = fisherInterval(estimate, standardError, { confidence });
  return {
    ...shared,
    ...{ estimate, lower, upper, standardError, percentAgreement, influence },
    reason: lower === null ? message("no-disagreement") : null,
  };
}

/** Result of `kappaDifference`. */
export interface KappaDifference {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly standardError: number | null;
}

/**
 * Difference of two kappas that may share clusters, with its cluster-robust standard error and a normal interval:
 * clusters used by both kappas count once, with the difference of their influences.
 *
 * @returns nulls if one of the kappas is undefined; the error needs two clusters
 * @see Liang & Zeger (1986), doi:10.1093/biomet/73.1.13
 * @example kappaDifference(clusteredKappa([[0, 0], [1, 1]].map(([left, right]) => ({ left, right, cluster: `${left}` })), { categories: [0, 1] }), clusteredKappa([[0, 0], [0, 1], [1, 1], [1, 1]].map(([left, right], i) => ({ left, right, cluster: `${i}` })), { categories: [0, 1] })).estimate // 0.5
 */
export function kappaDifference(
  one: ClusteredKappa,
  other: ClusteredKappa,
  { confidence = 0.95 }: ConfidenceOptions = {},
): KappaDifference {
  const none = { lower: null, upper: null, standardError: null };
  if (one.estimate === null || other.estimate === null) return { ...none, estimate: null };
  const estimate = one.estimate - other.estimate;
  const clusters = new Set([...one.influence.keys(), ...other.influence.keys()]);
  if (clusters.size < 2) return { ...none, estimate };
  const shares = [...clusters].map(
    (cluster) => (one.influence.get(cluster) ?? 0) - (other.influence.get(cluster) ?? 0),
  );
  const standardError = clusterError(shares, clusters.size);
  const half = normalCritical(confidence) * standardError;
  return { estimate, lower: estimate - half, upper: estimate + half, standardError };
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
