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

export function momentsOf({
  n_clusters,
  sum_s,
  sum_n,
  sum_ss,
  sum_sn,
  sum_nn,
}: MomentColumns): ClusterMoments {
  return {
    nClusters: n_clusters,
    sumS: (sum_s ?? 0) / 1e9,
    sumN: sum_n ?? 0,
    sumSS: (sum_ss ?? 0) / 1e18,
    sumSN: (sum_sn ?? 0) / 1e9,
    sumNN: sum_nn ?? 0,
  };
}
