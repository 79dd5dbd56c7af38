import type { Row } from "../../../src/lib/records/tables.js";

/** Columns of a companion metric that differ from those of its task; columns left out are null or the same as in the task. */
export type Companion = Row<"task_scores", "metric" | "estimate"> &
  Partial<
    Row<
      "task_scores",
      | "lower"
      | "upper"
      | "standard_error"
      | "interval_method"
      | "effective_groups"
      | "few_groups"
      | "n_items"
      | "n_groups"
    >
  >;
