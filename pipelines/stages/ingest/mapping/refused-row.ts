import type { QuarantineReason } from "../../../../src/lib/records/tables.js";
import type { Ledger } from "../ledger.js";

/** A row of a mapped table that is not taken. */
export interface RefusedRow {
  /** Number of the row among the rows of its input. */
  readonly line: number;
  /** File that the row came from, where its input has several; else ''. */
  readonly filename: string;
  readonly reason: QuarantineReason;
  readonly detail: string;
  /** SHA-256 and length of the row as JSON. */
  readonly hash: string;
  readonly bytes: number;
}

/** Enters a refused row in the ledger under the name that the table's rows have there. */
export function refuseRow(
  ledger: Ledger,
  { source, ledgerFile }: { readonly source: { readonly name: string }; readonly ledgerFile: string },
  { line, filename, reason, detail, hash, bytes }: RefusedRow,
): void {
  ledger.line(
    { source: source.name, file: ledgerFile, onDisk: "" },
    { line, offset: 0, length: bytes },
    reason,
    filename === "" ? detail : `${detail} (${filename})`,
    hash,
  );
}
