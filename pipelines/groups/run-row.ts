import type { Row } from "../../src/lib/records/tables.js";

/** Columns of `runs` that say which run a row is about. */
export const runLabelColumns = ["run_id", "system", "benchmark", "pool", "board", "track"] as const;
export const runRowColumns = [...runLabelColumns, "temperature", "max_tokens", "context"] as const;

/** The columns of `runs` that groups and scores need. */
export type RunRow = Row<"runs", (typeof runRowColumns)[number]>;
export type RunLabel = Row<"runs", (typeof runLabelColumns)[number]>;

/** The columns that say which run a row is about. */
export function runColumnsOf({ run_id, system, benchmark, pool, board, track }: RunLabel): RunLabel {
  return { run_id, system, benchmark, pool, board, track };
}

/** Runs with the same key have the same items to answer: those of a benchmark's pool and track. */
export const placeKey = ({ benchmark, pool, track }: Pick<RunRow, "benchmark" | "pool" | "track">): string =>
  JSON.stringify([benchmark, pool, track]);
