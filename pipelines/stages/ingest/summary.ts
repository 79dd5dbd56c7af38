import { groupBy } from "../../../src/lib/util/group-by.js";
import type { StageOutcome } from "../stage.js";
import { fileKey, type Ledger, type QuarantineRow, shownPath } from "./ledger.js";

interface RefusedCount {
  /** Table that the rows would have gone to, or list that they are of; "file" for whole files. */
  readonly table: string;
  readonly reason: string;
  readonly lines: number;
  /** The first of them. */
  readonly first: string;
}

/** What an ingest did: rows of each table, refused lines by table and reason, and unusual input, as sentences. */
export interface IngestSummary {
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  readonly refused: readonly RefusedCount[];
  /** Files on disk that were looked at, each counted once; an archive is one. */
  readonly files: number;
  readonly notes: readonly string[];
}

export function summarizeIngest({ counts }: StageOutcome): IngestSummary {
  const {
    reasons: _,
    refused,
    files,
    notes,
    ...others
  } = counts as {
    reasons?: Record<string, number>;
    refused?: readonly RefusedCount[];
    files?: number;
    notes?: readonly string[];
  } & Record<string, unknown>;
  return {
    tables: Object.entries(others).flatMap(([table, rows]) =>
      typeof rows === "number" ? [{ table, rows }] : [],
    ),
    refused: refused ?? [],
    files: files ?? 0,
    notes: notes ?? [],
  };
}

/** Rows of the quarantine by reason, and by table and reason with an example. */
export function refusedCounts(ledger: Ledger): {
  readonly reasons: Record<string, number>;
  readonly refused: readonly RefusedCount[];
} {
  const roles = new Map(ledger.files.map(({ source, file, role }) => [fileKey(source, file), role]));
  const tableOf = (row: QuarantineRow): string => {
    if (row.line === 0) return "file";
    const role = roles.get(fileKey(row.source, row.file)) ?? "file";
    if (role !== "mapping") return tablesOfRoles[role] ?? role;
    return /: (items|runs|responses|ratings|judgments)$/.exec(row.file)?.[1] ?? "mapping input";
  };
  const groups = groupBy(ledger.quarantine, (row) => `${tableOf(row)}\0${row.reason}`);
  const refused = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, rows]) => {
      const [table = "", reason = ""] = key.split("\0");
      return { table, reason, lines: rows.length, first: placeOf(rows[0] as QuarantineRow) };
    });
  const byReason = groupBy(ledger.quarantine, ({ reason }) => reason);
  const reasons = [...byReason]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, rows]) => [reason, rows.length]);
  return { reasons: Object.fromEntries(reasons), refused };
}

const tablesOfRoles: Readonly<Record<string, string>> = { answers: "responses", questions: "items" };

function placeOf({ line, detail, ...where }: QuarantineRow): string {
  return `${shownPath(where)}${line === 0 ? "" : ` line ${line}`}: ${detail}`;
}
