import { formatTable } from "../../terminal/table.js";
import type { StageOutcome } from "../stage.js";

/** What an ingest did, for people: rows per table, what was refused and why, where to look next. */
export function describeIngest({ skipped, counts }: StageOutcome): string {
  const { reasons, notes, ...rows } = counts as {
    reasons?: Record<string, number>;
    notes?: readonly string[];
  } & Record<string, number>;
  const tables = Object.entries(rows).map(([table, n]) => ({ table, rows: n }));
  const refused = Object.entries(reasons ?? {}).map(([reason, n]) => ({ reason, lines: n }));
  const parts = [
    skipped ? "Nothing has changed since the last ingest; the warehouse is as it was.\n" : "",
    `${formatTable(tables)}\n`,
    refused.length === 0 ? "Every line was taken.\n" : `Not taken:\n${formatTable(refused)}\n`,
    refused.length === 0
      ? ""
      : 'Line by line: medbench sql "select source, file, line, reason, detail from quarantine"\n',
    ...(notes ?? []).slice(0, 10).map((note) => `note: ${note}\n`),
    (notes ?? []).length > 10 ? `note: and ${(notes ?? []).length - 10} more, see --json\n` : "",
  ];
  return parts.join("");
}
