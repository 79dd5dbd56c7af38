import type { ClusterMoments } from "../../src/lib/stats/cluster-moments.js";

/** Moments of groups as queries return them: S in units of 10^-9; sums over no groups are null. */
export interface MomentColumns {
  readonly n_clusters: number;
  readonly sum_s: number | null;
  readonly sum_n: number | null;
  readonly sum_ss: number | null;
  readonly sum_sn: number | null;
  readonly sum_nn: number | null;
}

/** @param scale weight of a prompt, by which values and weights were multiplied; see `groupScores` */
export function momentsOf(
  { n_clusters, sum_s, sum_n, sum_ss, sum_sn, sum_nn }: MomentColumns,
  scale = 1,
): ClusterMoments {
  return {
    nClusters: n_clusters,
    sumS: (sum_s ?? 0) / (1e9 * scale),
    sumN: (sum_n ?? 0) / scale,
    sumSS: (sum_ss ?? 0) / (1e18 * scale ** 2),
    sumSN: (sum_sn ?? 0) / (1e9 * scale ** 2),
    sumNN: (sum_nn ?? 0) / scale ** 2,
  };
}
