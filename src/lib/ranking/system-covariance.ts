import { InputError } from "../errors.js";
import { clusterDegreesOfFreedom } from "../stats/cluster-variance.js";
import { sum } from "../util/sum.js";

/** Result of `systemCovariance`. */
export interface SystemEstimates {
  readonly systems: readonly string[];
  /** Mean score per system, over the same rows for all. */
  readonly estimates: readonly number[];
  /** Cluster-robust covariance of the means; null with fewer than two clusters. */
  readonly covariance: readonly (readonly number[])[] | null;
  readonly nClusters: number;
  /** Satterthwaite's, of every mean and difference; null with fewer than two clusters. */
  readonly degreesOfFreedom: number | null;
  /** Rows per system. */
  readonly n: number;
  readonly reason: string | null;
}

/**
 * Means of several systems on the same clustered items with their joint covariance, in closed form from the matrix
 * of cluster sums: with residuals e = sum - mean * size, cov(a, b) = sum of e_a e_b / (1 - size / n) / n^2 (CR2), which
 * is G/(G-1) (e_a . e_b) / n^2 for equal sizes. One pass gives every system and every pair; an item that is hard for all
 * systems cancels in their differences.
 *
 * @param systems names, one per column
 * @param sums one row per cluster, one column per system: sum of its scores in that cluster
 * @param sizes rows per cluster, > 0, the same for every system
 * @throws InputError if shapes differ or a value is missing: keep only the shared items first
 * @see Bell & McCaffrey (2002), Survey Methodology 28:169-181; `clusterMean`
 * @example systemCovariance(["a", "b"], [[1, 0], [1, 1], [0, 1], [1, 1]], [1, 1, 1, 1]).estimates // [0.75, 0.75]
 */
export function systemCovariance(
  systems: readonly string[],
  sums: readonly ArrayLike<number>[],
  sizes: readonly number[],
): SystemEstimates {
  if (sums.length !== sizes.length) {
    throw new InputError(`systemCovariance: ${sums.length} clusters but ${sizes.length} sizes`);
  }
  sums.forEach((row, g) => {
    const gap = systems.findIndex((_, s) => !Number.isFinite(row[s]));
    if (row.length !== systems.length || gap >= 0 || !(sizes[g]! > 0)) {
      throw new InputError(
        `systemCovariance: cluster ${g} needs ${systems.length} finite sums and a size > 0; got ${row.length} sums, size ${sizes[g]}${gap < 0 ? "" : `, "${systems[gap]}" ${row[gap]}`}`,
        { hint: "Keep only items that every system answered, or compare fewer systems." },
      );
    }
  });
  const n = sum(sizes);
  const G = sums.length;
  const shared = { systems, nClusters: G, n, degreesOfFreedom: null };
  if (G === 0) return { ...shared, estimates: [], covariance: null, reason: "no shared items" };
  const estimates = systems.map((_, s) => sum(sums.map((row) => row[s]!)) / n);
  if (G < 2)
    return { ...shared, estimates, covariance: null, reason: "one cluster: no variance between clusters" };
  const gram = systems.map(() => new Float64Array(systems.length));
  const residual = new Float64Array(systems.length);
  sums.forEach((row, g) => {
    const scale = 1 / Math.sqrt(1 - sizes[g]! / n);
    for (let s = 0; s < systems.length; s += 1) residual[s] = scale * (row[s]! - estimates[s]! * sizes[g]!);
    for (let s = 0; s < systems.length; s += 1) {
      const line = gram[s]!;
      const left = residual[s]!;
      for (let t = 0; t <= s; t += 1) line[t]! += left * residual[t]!;
    }
  });
  const covariance = systems.map((_, s) =>
    systems.map((_, t) => gram[Math.max(s, t)]![Math.min(s, t)]! / n ** 2),
  );
  const degreesOfFreedom = clusterDegreesOfFreedom(sizes.map((size) => ({ size, nClusters: 1 })));
  return { ...shared, estimates, covariance, degreesOfFreedom, reason: null };
}
