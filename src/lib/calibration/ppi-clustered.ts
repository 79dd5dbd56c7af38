import { checkConfidence, type IntervalEstimate } from "../stats/estimate.js";
import { clamp } from "../util/clamp.js";
import { tCritical } from "../util/special.js";
import { mean, sum } from "../util/sum.js";

/** The judge's score of one answer, and a person's if there is one. */
export interface ClusteredScore {
  /** The independent unit: question with all its variants, patient, vignette. */
  readonly cluster: string | number;
  readonly judge: number;
  /** The person's score; absent or null on items that only the judge has scored. */
  readonly human?: number | null;
}

/** Options of `clusteredPpiMean`. */
export interface ClusteredPpiOptions {
  readonly confidence?: number;
  /** Weight of the judge, or "tuned" (default): the weight in [0, 1] with the smallest cluster-robust variance. */
  readonly lambda?: number | "tuned";
}

/** Result of `clusteredPpiMean`. */
export interface ClusteredPpiMean extends IntervalEstimate {
  readonly standardError: number | null;
  readonly lambda: number | null;
  readonly nUnlabeled: number;
  /** Clusters with at least one rated item. */
  readonly nClusters: number;
}

/**
 * Prediction-powered mean over grouped items: the estimator of `ppiMean` with an error that treats the cluster, not the
 * row, as the independent unit. A cluster may contain rated and unrated items; the error then includes their
 * correlation. Interval by Student's t on (clusters with ratings - 1) degrees of freedom, variance scaled by G / (G -
 * 1).
 *
 * @returns with fewer than two rated clusters the standard error is null, with a reason
 * @see Angelopoulos, Duchi & Zrnic (2023), arXiv:2311.01453; cluster sandwich: Liang & Zeger (1986), doi:10.1093/biomet/73.1.13
 * @example clusteredPpiMean([{ cluster: 1, judge: 1, human: 1 }, { cluster: 2, judge: 0, human: 1 }, { cluster: 3, judge: 1 }, { cluster: 4, judge: 0 }], { lambda: 1 }).estimate // 1
 */
export function clusteredPpiMean(
  rows: readonly ClusteredScore[],
  { confidence = 0.95, lambda = "tuned" }: ClusteredPpiOptions = {},
): ClusteredPpiMean {
  checkConfidence("clusteredPpiMean", confidence);
  const rated = rows.flatMap((row) => (isNumber(row.human) ? [{ ...row, human: row.human }] : []));
  const unrated = rows.filter((row) => !isNumber(row.human));
  const nClusters = new Set(rated.map((row) => row.cluster)).size;
  const shared = {
    n: rated.length,
    nUnlabeled: unrated.length,
    nClusters,
    confidence,
    method: "clustered PPI mean, t interval",
  };
  const nothing = { lower: null, upper: null, standardError: null };
  if (rated.length === 0 || (unrated.length === 0 && lambda !== 0)) {
    const reason = rated.length === 0 ? "no item rated by people" : "no unrated item scored by the judge";
    return { ...shared, ...nothing, estimate: null, lambda: null, reason };
  }
  const humanMean = mean(rated.map((row) => row.human));
  const judgeRated = mean(rated.map((row) => row.judge));
  const judgeUnrated = unrated.length === 0 ? judgeRated : mean(unrated.map((row) => row.judge));
  // The estimate is humanMean + lambda (judgeUnrated - judgeRated): linear in lambda, and so is every cluster's
  // contribution. `ofHuman` and `ofJudge` are the two parts, whose cross-products give the best lambda and the
  // variance.
  const ofHuman = new Map<string | number, number>();
  const ofJudge = new Map<string | number, number>();
  const add = (map: Map<string | number, number>, key: string | number, value: number) =>
    map.set(key, (map.get(key) ?? 0) + value);
  for (const row of rated) {
    add(ofHuman, row.cluster, (row.human - humanMean) / rated.length);
    add(ofJudge, row.cluster, -(row.judge - judgeRated) / rated.length);
  }
  for (const row of unrated) add(ofJudge, row.cluster, (row.judge - judgeUnrated) / unrated.length);
  const clusters = [...new Set([...ofHuman.keys(), ...ofJudge.keys()])];
  const shares = clusters.map((key) => ({ human: ofHuman.get(key) ?? 0, judge: ofJudge.get(key) ?? 0 }));
  const spread = sum(shares.map((share) => share.judge ** 2));
  const best = spread > 0 ? -sum(shares.map((share) => share.human * share.judge)) / spread : 0;
  const weight = lambda === "tuned" ? clamp(best) : lambda;
  const estimate = humanMean + weight * (judgeUnrated - judgeRated);
  if (nClusters < 2) {
    return {
      ...shared,
      ...nothing,
      estimate,
      lambda: weight,
      reason: "fewer than two clusters with ratings",
    };
  }
  const variance = sum(shares.map((share) => (share.human + weight * share.judge) ** 2));
  const standardError = Math.sqrt((variance * nClusters) / (nClusters - 1));
  const half = tCritical(confidence, nClusters - 1) * standardError;
  return {
    ...shared,
    estimate,
    lambda: weight,
    standardError,
    lower: estimate - half,
    upper: estimate + half,
    reason: null,
  };
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && !Number.isNaN(value);
}
