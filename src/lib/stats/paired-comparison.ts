import { zip } from "../util/indexing.js";
import { tTwoSided } from "../util/special.js";
import { compositeClusterInterval } from "./composite.js";
import { mcnemarTest } from "./mcnemar.js";
import { pairedDifference } from "./paired-difference.js";

/** Result of `pairedComparison`. */
export interface PairedComparison {
  /** First minus second, with a t interval; null without groups. */
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly standardError: number | null;
  /** Difference of each group, in the order given. */
  readonly differences: readonly number[];
  /** Groups that only one system has right; null unless every score is 0 or 1. */
  readonly onlyFirst: number | null;
  readonly onlySecond: number | null;
  /** McNemar's exact p-value if every score is 0 or 1, otherwise that of the paired t test; null where undefined. */
  readonly pValue: number | null;
}

/**
 * Two systems on the same independent groups: the mean difference with its t interval, and a test of no difference, which is
 * exact where every group is right or wrong.
 *
 * @param first score of each group, in [0, 1]
 * @param second scores of the same groups in the same order
 * @throws InputError if lengths differ or a score is not finite
 * @see oracle: statsmodels mcnemar and scipy ttest_rel, 04-proportions-paired-tests.json
 * @example pairedComparison([1, 1, 0, 1], [1, 0, 0, 0]).pValue // 0.5
 */
export function pairedComparison(first: readonly number[], second: readonly number[]): PairedComparison {
  const { estimate, lower, upper, standardError, pValue } = pairedDifference(first, second);
  const pairs = zip(first, second);
  const isBinary = [...first, ...second].every((value) => value === 0 || value === 1);
  const count = (a: number, b: number) => pairs.filter(([x, y]) => x === a && y === b).length;
  const table = { both: count(1, 1), onlyFirst: count(1, 0), onlySecond: count(0, 1), neither: count(0, 0) };
  return {
    ...{ estimate, lower, upper, standardError },
    differences: pairs.map(([x, y]) => x - y),
    onlyFirst: isBinary ? table.onlyFirst : null,
    onlySecond: isBinary ? table.onlySecond : null,
    pValue: isBinary ? mcnemarTest(table).pExact : pValue,
  };
}

/** The differences of one task's groups, with the task's share of the composite. */
export interface ComparedTask {
  readonly differences: readonly number[];
  readonly weight: number;
}

/** Result of `compositeComparison`. */
export interface CompositeComparison {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly pValue: number;
}

/**
 * Difference of two systems' composites from the differences of their groups: a weighted mean of the tasks' mean
 * differences, with the composite's own interval and its t test.
 *
 * @param tasks every task of the composite; weights are relative
 * @returns null where the composite or its standard error is undefined; where no task shows any variance, the p-value is 1
 *   for equal composites and otherwise 0
 * @throws InputError if no weight is positive
 * @see Satterthwaite (1946), doi:10.2307/3002019
 * @example compositeComparison([{ differences: [0.5, 0, 0.5, 0], weight: 1 }]).estimate // 0.25
 */
export function compositeComparison(tasks: readonly ComparedTask[]): CompositeComparison | null {
  const { estimate, standardError, lower, upper, degreesOfFreedom } = compositeClusterInterval(
    tasks.map(({ differences, weight }) => ({ sums: differences, sizes: differences.map(() => 1), weight })),
  );
  if (estimate === null || standardError === null || lower === null || upper === null) return null;
  const pValue =
    degreesOfFreedom === null
      ? Number(estimate === 0)
      : tTwoSided(estimate / standardError, degreesOfFreedom);
  return { estimate, lower, upper, pValue };
}
