import { InputError } from "../errors.js";
import { sum } from "../util/sum.js";
import { type SizeClass, squaredResidualsOf } from "./cluster-variance.js";

/**
 * The data about groups that a mean over them needs: counts, sums and cross-products of each group's sum S and size n.
 * A database can compute them, so no rows have to be transferred.
 */
export interface ClusterMoments {
  /** Groups with at least one scored row. */
  readonly nClusters: number;
  readonly sumS: number;
  readonly sumN: number;
  readonly sumSS: number;
  readonly sumSN: number;
  readonly sumNN: number;
  /** The same groups by size; needed where sizes differ, because a large group is weighed differently from several small ones. */
  readonly bySize?: readonly SizeClass[];
}

/**
 * Moments of groups whose sums are known by size.
 *
 * @param classes groups of each size, in any order
 * @example momentsBySize([{ size: 2, nClusters: 3, sumS: 4, sumSS: 6 }]).sumSN // 8
 */
export function momentsBySize(classes: readonly SizeClass[]): ClusterMoments {
  const total = (value: (part: SizeClass) => number) => sum(classes.map(value));
  return {
    nClusters: total(({ nClusters }) => nClusters),
    sumS: total(({ sumS }) => sumS),
    sumN: total(({ size, nClusters }) => size * nClusters),
    sumSS: total(({ sumSS }) => sumSS),
    sumSN: total(({ size, sumS }) => size * sumS),
    sumNN: total(({ size, nClusters }) => size ** 2 * nClusters),
    bySize: classes,
  };
}

/**
 * Moments of groups from their sums and sizes.
 *
 * @param sums sum of the scores of each group
 * @param sizes rows of each group; groups of size 0 are left out
 * @example momentsOfGroups([1, 2], [2, 2]).sumSS // 5
 */
export function momentsOfGroups(sums: readonly number[], sizes: readonly number[]): ClusterMoments {
  const classes = new Map<number, SizeClass>();
  for (const [g, size] of sizes.entries()) if (size > 0) addGroup(classes, { sum: sums[g]!, size });
  return momentsBySize([...classes.values()]);
}

/**
 * Groups by size.
 *
 * @throws InputError if sizes differ and the moments do not say how
 * @example sizeClasses({ nClusters: 3, sumS: 4, sumN: 6, sumSS: 6, sumSN: 8, sumNN: 12 })[0]?.size // 2
 */
export function sizeClasses({
  bySize,
  nClusters,
  sumS,
  sumN,
  sumSS,
  sumNN,
}: ClusterMoments): readonly SizeClass[] {
  if (bySize !== undefined) return bySize;
  if (nClusters === 0) return [];
  // Sums of squares are smallest where all sizes are equal; repeated prompts leave rounding errors.
  if (nClusters * sumNN - sumN ** 2 > 1e-9 * sumN ** 2) {
    throw new InputError(`sizeClasses: ${nClusters} groups of different sizes need \`bySize\``, {
      hint: "Use momentsOfGroups, or give sums by size to momentsBySize.",
    });
  }
  return [{ size: sumN / nClusters, nClusters, sumS, sumSS }];
}

/**
 * Sum of (S - mean n)^2 over the groups. Values within rounding error of zero are returned as zero.
 *
 * @returns at least 0
 * @example squaredResiduals({ nClusters: 2, sumS: 6, sumN: 14, sumSS: 18, sumSN: 42, sumNN: 98 }, 3 / 7) // 0
 */
export function squaredResiduals({ sumSS, sumSN, sumNN }: ClusterMoments, mean: number): number {
  const cross = 2 * mean * sumSN;
  const fitted = mean * mean * sumNN;
  const residuals = sumSS - cross + fitted;
  const rounding = 4 * Number.EPSILON * (sumSS + Math.abs(cross) + fitted);
  return residuals > rounding ? residuals : 0;
}

/**
 * Moments whose mean is not below 0: if penalties outweigh (criteria with negative points), all values are shifted up
 * together, so that the mean is clipped to 0 as in the benchmark and the spread between groups does not change.
 *
 * @returns the same moments if the mean is 0 or above
 * @example meanFromZero({ nClusters: 2, sumS: -2, sumN: 2, sumSS: 10, sumSN: -2, sumNN: 2 }).sumSS // 8
 */
export function meanFromZero(moments: ClusterMoments): ClusterMoments {
  const { sumS, sumN } = moments;
  if (sumS >= 0) return moments;
  const mean = sumS / sumN;
  const shifted = sizeClasses(moments).map((part) => ({
    ...part,
    sumS: part.sumS - mean * part.size * part.nClusters,
    sumSS: squaredResidualsOf(part, mean),
  }));
  return { ...momentsBySize(shifted), sumS: 0 };
}

/**
 * Moments with one group added.
 *
 * @param group sum and size (> 0) of its rows
 * @example withCluster({ nClusters: 1, sumS: 1, sumN: 2, sumSS: 1, sumSN: 2, sumNN: 4 }, { sum: 3, size: 3 }).sumSN // 11
 */
export function withCluster(
  moments: ClusterMoments,
  group: { readonly sum: number; readonly size: number },
): ClusterMoments {
  const classes = new Map(sizeClasses(moments).map((part) => [part.size, part]));
  addGroup(classes, group);
  return momentsBySize([...classes.values()]);
}

function addGroup(
  classes: Map<number, SizeClass>,
  { sum: value, size }: { readonly sum: number; readonly size: number },
): void {
  const { nClusters, sumS, sumSS } = classes.get(size) ?? { nClusters: 0, sumS: 0, sumSS: 0 };
  classes.set(size, { size, nClusters: nClusters + 1, sumS: sumS + value, sumSS: sumSS + value * value });
}
