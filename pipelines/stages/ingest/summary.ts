import type { StageOutcome } from "../stage.js";

/** What an ingest did: rows of each table, refused lines by reason, and unusual input, as sentences. */
export interface IngestSummary {
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  readonly refused: readonly { readonly reason: string; readonly lines: number }[];
  readonly notes: readonly string[];
}

export function summarizeIngest({ counts }: StageOutcome): IngestSummary {
  const { reasons, notes, ...rows } = counts as {
    reasons?: Record<string, number>;
    notes?: readonly string[];
  } & Record<string, number>;
  return {
    tables: Object.entries(rows).map(([table, n]) => ({ table, rows: n })),
    refused: Object.entries(reasons ?? {}).map(([reason, n]) => ({ reason, lines: n })),
    notes: notes ?? [],
  };
}
