import { sum } from "../util/sum.js";

/** The rated answers of one independent unit. */
export interface RatedCluster {
  readonly cluster: string;
  /** Sum of the answers' weights, > 0. */
  readonly weight: number;
  /** Sum of weight times difference (people minus judge). */
  readonly weighted: number;
}

/** Weighted mean difference in a stratum, with its error. */
export interface RatedStratum {
  readonly mean: number;
  /** Variance of the mean; 0 if all clusters have the same mean difference. */
  readonly variance: number;
  readonly degreesOfFreedom: number;
  /** Share of each cluster in the weights, and its contribution to the error of the mean. */
  readonly clusters: readonly {
    readonly cluster: string;
    readonly share: number;
    readonly influence: number;
  }[];
}

/**
 * Weighted mean over independent clusters. Each squared residual is divided by its share of the variance (CR2), so that
 * the variance of the mean is unbiased for equally variable clusters however unequal the weights are; the degrees of
 * freedom are those of that variance (Satterthwaite). With equal weights: s^2 / n on n - 1.
 *
 * @param clusters at least two, of positive weight
 * @see Bell & McCaffrey (2002), Survey Methodology 28, 169-181
 * @example ratedStratum([{ cluster: "a", weight: 1, weighted: 0 }, { cluster: "b", weight: 1, weighted: 1 }]).variance // 0.25
 */
export function ratedStratum(clusters: readonly RatedCluster[]): RatedStratum {
  const total = sum(clusters.map(({ weight }) => weight));
  const mean = sum(clusters.map(({ weighted }) => weighted)) / total;
  const shares = clusters.map(({ cluster, weight, weighted }) => {
    const share = weight / total;
    const own = weighted / weight - mean;
    // Differences that are equal but for rounding have no variance.
    const residual = Math.abs(own) < 1e-12 ? 0 : own;
    return { cluster, share, residual };
  });
  const ww = sum(shares.map(({ share }) => share ** 2));
  // The residual of a cluster has 1 - 2 share + ww times the variance of a difference.
  const parts = shares.map((part) => ({ ...part, factor: part.share ** 2 / (1 - 2 * part.share + ww) }));
  // The variance is the quadratic form A = (I - 1 w') D (I - w 1') with D = diag(factor); its degrees of freedom are
  // tr(A)^2 / tr(A^2), written out so that no matrix is needed.
  const over = (term: (part: (typeof parts)[number]) => number) => sum(parts.map(term));
  const d = over(({ factor }) => factor);
  const dd = over(({ factor }) => factor ** 2);
  const dw = over(({ factor, share }) => factor * share);
  const ddw = over(({ factor, share }) => factor ** 2 * share);
  const dww = over(({ factor, share }) => factor * share ** 2);
  const trace = d - 2 * dw + d * ww;
  const cross = -2 * ddw + d * dww;
  const [a, b, c, e] = [-dw, -ww, d * dw - dd, d * ww - dw] as const;
  const square = dd + 2 * cross + a ** 2 + 2 * b * c + e ** 2;
  return {
    mean,
    variance: over(({ factor, residual }) => factor * residual ** 2),
    degreesOfFreedom: trace ** 2 / square,
    clusters: parts.map(({ cluster, share, residual }) => ({
      cluster,
      share,
      influence: (share * residual) / (1 - share),
    })),
  };
}
