/** The range of possible means: if every missing or policy-set value were wrong, or correct. In [0, 1]. */
export interface OutcomeBounds {
  readonly worst: number;
  readonly best: number;
}

/** Groups of one stratum of a task, as sums of their plain values in [0, 1]. */
export interface BoundedStratum {
  /** Relative weight in the task. */
  readonly weight: number;
  /** Groups with a value. */
  readonly nClusters: number;
  /** Sum of the actual values. */
  readonly sumMean: number;
  /** Sum of the values if every answer with a policy-set value were correct. */
  readonly sumBest: number;
}

/**
 * Bounds of a task: the weighted mean over its strata of the actual group values, and of the values with every
 * policy-set answer correct. Groups without any value are unknown: 0 at worst, 1 at best, distributed evenly over the
 * strata. The bounds are widened to include the estimate, because pooled metrics weigh groups by their fields or labels
 * and these bounds weigh them equally.
 *
 * @param strata at least one, with at least one group each
 * @param nGroups groups that the task should have
 * @param estimate the task's estimate in [0, 1]; null if it has none; the bounds are then 0 and 1
 * @example taskBounds([{ weight: 1, nClusters: 3, sumMean: 1.5, sumBest: 2 }], 4, 0.5) // { worst: 0.375, best: 0.75 }
 */
export function taskBounds(
  strata: readonly BoundedStratum[],
  nGroups: number,
  estimate: number | null,
): OutcomeBounds {
  if (estimate === null) return { worst: 0, best: 1 };
  const withheld = Math.max(0, nGroups - strata.reduce((total, { nClusters }) => total + nClusters, 0));
  const weight = strata.reduce((total, stratum) => total + stratum.weight, 0);
  const mean = (sum: (stratum: BoundedStratum) => number, extra: number) =>
    strata.reduce(
      (total, stratum) =>
        total +
        (stratum.weight / weight) * ((sum(stratum) + extra) / (stratum.nClusters + withheld / strata.length)),
      0,
    );
  const worst = mean(({ sumMean }) => sumMean, 0);
  const best = mean(({ sumBest }) => sumBest, withheld / strata.length);
  return { worst: Math.min(estimate, Math.max(0, worst)), best: Math.max(estimate, Math.min(1, best)) };
}

/**
 * Bounds of a composite: the weighted sums of its tasks' bounds. A task with unknown bounds, and any share without a
 * task, counts as 0 at worst and 1 at best.
 *
 * @param tasks shares sum to at most 1
 * @example compositeBounds([{ share: 0.5, worst: 0.25, best: 0.75 }, { share: 0.25, worst: null, best: null }]) // { worst: 0.125, best: 0.875 }
 */
export function compositeBounds(
  tasks: readonly { readonly share: number; readonly worst: number | null; readonly best: number | null }[],
): OutcomeBounds {
  const absent = 1 - tasks.reduce((sum, { share }) => sum + share, 0);
  const bound = (side: "worst" | "best", fallback: number) =>
    Math.min(
      1,
      tasks.reduce((sum, task) => sum + task.share * (task[side] ?? fallback), 0) + absent * fallback,
    );
  return { worst: bound("worst", 0), best: bound("best", 1) };
}

/**
 * Bounds of a mean over all items of a slice, widened to include the estimate over those with a value.
 *
 * @param sums over the items: of the actual values (missing ones 0) and of the best case (missing ones 1)
 * @param nItems items that the slice should have, at least 1
 * @param estimate in [0, 1]; null if there is none
 * @example sliceBounds({ sumMean: 1, sumBest: 3 }, 4, 0.5) // { worst: 0.25, best: 0.75 }
 */
export function sliceBounds(
  { sumMean, sumBest }: { readonly sumMean: number; readonly sumBest: number },
  nItems: number,
  estimate: number | null,
): OutcomeBounds {
  return {
    worst: Math.min(estimate ?? 1, sumMean / nItems),
    best: Math.max(estimate ?? 0, Math.min(1, sumBest / nItems)),
  };
}
