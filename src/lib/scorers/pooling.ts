/**
 * How the values of a component are combined into the value of a task; `repetition-values.sql` computes them. A group
 * (all variants of an item) always counts as one observation.
 *
 * - `mean`: the mean over responses;
 * - `all_right`: the share of groups in which every variant is correct;
 * - `parts_right`: correct parts (tp) / all parts (tp + fn), summed over items;
 * - `micro_f1`: 2 tp / (2 tp + fp + fn), summed over items.
 */
export const poolings = ["mean", "all_right", "parts_right", "micro_f1"] as const;
export type Pooling = (typeof poolings)[number];

/** Whether a pooling sums the counts tp, fp and fn of responses. */
export function poolsCounts(pooling: Pooling): boolean {
  return pooling === "parts_right" || pooling === "micro_f1";
}
