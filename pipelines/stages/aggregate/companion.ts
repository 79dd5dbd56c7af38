import type { Row } from "../../../src/lib/records/tables.js";

/** Columns of a metric beside the task that differ from those of its task; what is left out is null or as in the task. */
export type Companion = Row<"task_scores", "metric" | "estimate"> &
  Partial<
    Row<"task_scores", "lower" | "upper" | "standard_error" | "interval_method" | "n_items" | "n_groups">
  >;
