import { tCritical } from "../../../src/lib/util/special.js";
import { sum } from "../../../src/lib/util/sum.js";

/** Groups of one dataset and its weight in a composite. */
export interface GroupedDataset {
  readonly sums: readonly number[];
  readonly sizes: readonly number[];
  readonly weight: number;
}

/**
 * The interval of a weighted mean of datasets as it was before it was tried near 0 and 100 %: CR1 variances added, t on
 * Satterthwaite's degrees of freedom, clipped to [0, 1]. Kept here to compare with.
 */
export function earlierComposite(datasets: readonly GroupedDataset[], confidence = 0.95) {
  const total = sum(datasets.map(({ weight }) => weight));
  const cells = datasets.map(({ sums, sizes, weight }) => {
    const n = sum(sizes);
    const mean = sum(sums) / n;
    const squares = sum(sums.map((value, g) => (value - mean * (sizes[g] as number)) ** 2));
    const variance = ((sums.length / (sums.length - 1)) * squares) / n ** 2;
    return { mean: (weight / total) * mean, variance: (weight / total) ** 2 * variance, groups: sums.length };
  });
  const estimate = sum(cells.map(({ mean }) => mean));
  const variance = sum(cells.map((cell) => cell.variance));
  const spread = sum(cells.map((cell) => cell.variance ** 2 / (cell.groups - 1)));
  const [standardError, degreesOfFreedom] = [Math.sqrt(variance), variance ** 2 / spread];
  const half = variance === 0 ? 0 : tCritical(confidence, degreesOfFreedom) * standardError;
  const [lower, upper] = [Math.max(0, estimate - half), Math.min(1, estimate + half)];
  return { estimate, standardError, degreesOfFreedom, lower, upper };
}

/** The interval of the mean over groups before it was tried on few or unequal ones: CR1, t on groups minus one. */
export function earlierMean(sums: readonly number[], sizes: readonly number[], confidence = 0.95) {
  return earlierComposite([{ sums, sizes, weight: 1 }], confidence);
}
