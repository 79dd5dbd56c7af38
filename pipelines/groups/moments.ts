import type { ClusterMoments } from "../../src/lib/stats/cluster-moments.js";

/** Moments from a query that sums S in units of 10^-9. */
export function momentsOf(row: Record<string, unknown>): ClusterMoments {
  const value = (name: string) => Number(row[name] ?? 0);
  return {
    nClusters: value("n_clusters"),
    sumS: value("sum_s") / 1e9,
    sumN: value("sum_n"),
    sumSS: value("sum_ss") / 1e18,
    sumSN: value("sum_sn") / 1e9,
    sumNN: value("sum_nn"),
  };
}
