/**
 * The warehouse's tables: grain, key, columns with meaning and unit, and the rules for each row. This is the single
 * definition: the writer checks every table against it, and the data dictionary and the docs are generated from it.
 *
 * Conventions: shares and scores are 0 to 1; undefined is NULL, never 0; `score_1e9` columns hold scores as integers
 * (times 10^9) because sums of integers do not depend on the order in which threads add them.
 */

import { calibratedTables } from "./tables/calibrated.js";
import type { RowOf } from "./tables/column.js";
import { gatedTables } from "./tables/gated.js";
import { ingestedTables } from "./tables/ingested.js";
import { judgedTables } from "./tables/judged.js";
import { rankedTables } from "./tables/ranked.js";
import { scoredTables } from "./tables/scored.js";

export type { Column, Table } from "./tables/column.js";
export { outcomes } from "./tables/keys.js";
export { type QuarantineReason, quarantineReasons } from "./tables/quarantine-reasons.js";

export const tables = {
  ...ingestedTables,
  ...judgedTables,
  ...scoredTables,
  ...rankedTables,
  ...calibratedTables,
  ...gatedTables,
} as const;

export type TableName = keyof typeof tables;
export const tableNames = Object.keys(tables) as TableName[];

/** A row of a warehouse table; with names, only these columns: `Row<"runs", "run_id" | "system">`. */
export type Row<
  Name extends TableName,
  Columns extends keyof (typeof tables)[Name]["columns"] = keyof (typeof tables)[Name]["columns"],
> = Pick<RowOf<(typeof tables)[Name]["columns"]>, Columns>;

/** The columns that identify a response in every table. */
export type ResponseKey = Row<
  "responses",
  "run_id" | "benchmark" | "dataset" | "pool" | "item_id" | "variant" | "condition" | "repeat"
>;
