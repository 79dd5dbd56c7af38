import { type ClusterMoments, squaredResiduals } from "../../src/lib/stats/cluster-moments.js";

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

/**
 * Moments whose mean is not below 0: where faults outweigh (criteria with negative points) all values move up together, so
 * the mean is cut to 0 as the benchmark cuts it and the spread between groups stays.
 */
export function meanFromZero(moments: ClusterMoments): ClusterMoments {
  const { sumS, sumN, sumSN, sumNN } = moments;
  if (sumS >= 0) return moments;
  const mean = sumS / sumN;
  return {
    ...moments,
    sumS: 0,
    sumSS: squaredResiduals(moments, mean),
    sumSN: sumSN - mean * sumNN,
  };
}
