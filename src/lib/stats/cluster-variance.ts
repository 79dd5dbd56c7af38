import { sum } from "../util/sum.js";

/** Sum and size of groups that all have the same size. */
export interface SizeClass {
  /** Rows of each group, or their weight; > 0. */
  readonly size: number;
  /** Groups of this size. */
  readonly nClusters: number;
  /** Sum of the groups' sums S. */
  readonly sumS: number;
  /** Sum of S squared. */
  readonly sumSS: number;
}

/**
 * Sum of (S - mean n)^2 over the groups of one size n. Values within rounding error of zero are returned as zero.
 *
 * @returns at least 0
 */
export function squaredResidualsOf({ size, nClusters, sumS, sumSS }: SizeClass, mean: number): number {
  const cross = 2 * mean * size * sumS;
  const fitted = mean * mean * size * size * nClusters;
  const residuals = sumSS - cross + fitted;
  const rounding = 4 * Number.EPSILON * (sumSS + Math.abs(cross) + fitted);
  return residuals > rounding ? residuals : 0;
}

/**
 * Bias-reduced (CR2) variance of the mean over groups: each squared residual is divided by 1 - n / N, which makes the
 * estimate unbiased if rows are independent. With equal sizes this is CR1, the variance of G independent values.
 *
 * @param classes groups by size, two groups or more in all
 * @see Bell & McCaffrey (2002), Survey Methodology 28:169-181; R clubSandwich::vcovCR(type = "CR2")
 */
export function clusterVariance(classes: readonly SizeClass[], mean: number): number {
  const total = sum(classes.map(({ size, nClusters }) => size * nClusters));
  return sum(classes.map((part) => squaredResidualsOf(part, mean) / (1 - part.size / total))) / total ** 2;
}

/**
 * Satterthwaite's degrees of freedom of `clusterVariance`, with independent rows as the working model: G - 1 for equal
 * sizes, fewer the more unequal they are. Depends on the sizes only.
 *
 * @param classes groups by size
 * @returns 0 for a single group
 * @see Pustejovsky & Tipton (2018), doi:10.1080/07350015.2016.1247004; formula: R clubSandwich, tests/testthat/test_intercept_formulas.R
 * @example clusterDegreesOfFreedom([{ size: 2, nClusters: 5 }]) // 4
 */
export function clusterDegreesOfFreedom(classes: readonly Pick<SizeClass, "size" | "nClusters">[]): number {
  const total = sum(classes.map(({ size, nClusters }) => size * nClusters));
  if (classes.reduce((count, { nClusters }) => count + nClusters, 0) < 2) return 0;
  const rest = classes.map(({ size, nClusters }) => ({ size, nClusters, leverage: size / (total - size) }));
  const own = sum(
    rest.map(({ size, nClusters, leverage }) => nClusters * leverage ** 2 * (total - 2 * size)),
  );
  const joint = sum(rest.map(({ size, nClusters, leverage }) => nClusters * size * leverage));
  return total ** 2 / (total * own + joint ** 2);
}

/**
 * Number of equally large groups whose mean would be as precise: (sum of sizes)^2 / sum of squared sizes. G for equal
 * sizes, near 1 if one group has most of the rows.
 *
 * @see Kish (1965), Survey Sampling
 * @example effectiveClusters([{ size: 40, nClusters: 1 }, { size: 3, nClusters: 14 }]) // 3.8957126304
 */
export function effectiveClusters(classes: readonly Pick<SizeClass, "size" | "nClusters">[]): number {
  const total = sum(classes.map(({ size, nClusters }) => size * nClusters));
  return total ** 2 / sum(classes.map(({ size, nClusters }) => nClusters * size ** 2));
}
