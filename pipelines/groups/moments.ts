import { type ClusterMoments, momentsBySize } from "../../src/lib/stats/cluster-moments.js";

/** Groups of one size as queries return them: S in units of 10^-9. */
export interface SizeColumns {
  readonly size: number;
  readonly n_clusters: number;
  readonly sum_s: number;
  readonly sum_ss: number;
}

/** Moments of groups as queries return them: a list by size, in the order of sizes; null for no groups. */
export interface MomentColumns {
  readonly by_size: readonly SizeColumns[] | null;
}

/** @param scale weight of a prompt, by which values and weights were multiplied; see `groupScores` */
export function momentsOf({ by_size }: MomentColumns, scale = 1): ClusterMoments {
  return momentsBySize(
    (by_size ?? []).map(({ size, n_clusters, sum_s, sum_ss }) => ({
      size: size / scale,
      nClusters: n_clusters,
      sumS: sum_s / (1e9 * scale),
      sumSS: sum_ss / (1e18 * scale ** 2),
    })),
  );
}
