/** A row of `runs`, as far as aggregation needs it. */
export interface RunRow {
  readonly run_id: string;
  readonly system: string;
  readonly benchmark: string;
  readonly pool: string;
  readonly board: string;
  readonly track: string;
  readonly temperature: number | null;
  readonly max_tokens: number | null;
  readonly context: number | null;
}

/** The columns that say which run a row is about. */
export function runColumnsOf({ run_id, system, benchmark, pool, board, track }: RunRow) {
  return { run_id, system, benchmark, pool, board, track } as const;
}

/** Runs with one key owe the same items: a benchmark's pool and track. */
export const placeKey = ({ benchmark, pool, track }: Pick<RunRow, "benchmark" | "pool" | "track">): string =>
  JSON.stringify([benchmark, pool, track]);
