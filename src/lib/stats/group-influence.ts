import { sum } from "../util/sum.js";

/**
 * What single groups contribute to the deviation of a stratum's mean: (S - mean n) / N, times G / (G - 1), so that the sum of
 * products with another mean's contributions over shared groups is their covariance.
 *
 * @param stratum numbers, sums and sizes of its groups
 * @param wanted numbers of the groups that are asked for
 * @returns nothing for a stratum with one group
 * @example groupInfluence({ groups: [1, 2], sums: [1, 0], sizes: [1, 1] }, new Set([1])) // [[1, 0.5]]
 */
export function groupInfluence(
  {
    groups,
    sums,
    sizes,
  }: {
    readonly groups: readonly number[];
    readonly sums: readonly number[];
    readonly sizes: readonly number[];
  },
  wanted: ReadonlySet<number | undefined>,
): [group: number, influence: number][] {
  if (groups.length < 2) return [];
  const total = sum(sizes);
  const mean = sum(sums) / total;
  const factor = groups.length / (groups.length - 1) / total;
  return groups.flatMap((group, i) =>
    wanted.has(group) ? [[group, factor * ((sums[i] ?? 0) - mean * (sizes[i] ?? 0))]] : [],
  );
}
