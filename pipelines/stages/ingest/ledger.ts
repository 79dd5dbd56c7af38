import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import type { QuarantineReason } from "../../../src/lib/records/tables.js";

/** The role that a file was read in; see table `source_files`. */
export type FileRole =
  | "questions"
  | "answers"
  | "gold"
  | "crosswalk"
  | "systems"
  | "mapping"
  | "ignored"
  | "refused";

export interface SourceFileRow {
  readonly source: string;
  readonly file: string;
  readonly role: FileRole;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows_in: number;
  readonly rows_out: number;
  readonly path: "fast" | "line by line" | "mapping" | "none";
}

export interface QuarantineRow {
  readonly source: string;
  readonly file: string;
  readonly line: number;
  readonly byte_offset: number;
  readonly byte_length: number;
  readonly reason: QuarantineReason;
  readonly detail: string;
  readonly excerpt_hash: string;
}

/** A place in a file, as the line reader gives it. */
export interface Span {
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

/** Accounts for every file and for every line that was not taken, so that nothing disappears without a record. */
export class Ledger {
  readonly files: SourceFileRow[] = [];
  readonly quarantine: QuarantineRow[] = [];
  /** Unusual input that was accepted, as sentences. */
  readonly notes: string[] = [];

  has(source: string, file: string): boolean {
    return this.files.some((row) => row.source === source && row.file === file);
  }

  file(row: SourceFileRow): void {
    this.files.push(row);
  }

  /** Counts lines of a file as quarantined that were counted as taken before. */
  takeBack(source: string, file: string, lines: number): void {
    const at = this.files.findIndex((row) => row.source === source && row.file === file);
    const row = this.files[at];
    if (row === undefined) throw new Error(`ledger: ${source}/${file} was not entered`);
    this.files[at] = { ...row, rows_out: row.rows_out - lines };
  }

  note(source: string, file: string, text: string): void {
    this.notes.push(`${shownPath({ source, file })}: ${text}`);
  }

  /** @param excerptHash SHA-256 of the line's bytes, if the caller has it; otherwise the bytes are read from `onDisk` */
  line(
    where: { readonly source: string; readonly file: string; readonly onDisk: string },
    span: Span,
    reason: QuarantineReason,
    detail: string,
    excerptHash?: string,
  ): void {
    this.quarantine.push({
      source: where.source,
      file: where.file,
      line: span.line,
      byte_offset: span.offset,
      byte_length: span.length,
      reason,
      detail,
      excerpt_hash: excerptHash ?? hashSpan(where.onDisk, span),
    });
  }

  /** Records a whole file that is not taken. */
  refuse(
    source: string,
    file: string,
    reason: QuarantineReason,
    detail: string,
    sha256 = emptyHash,
    bytes = 0,
  ): void {
    this.file({ source, file, role: "refused", sha256, bytes, rows_in: 0, rows_out: 0, path: "none" });
    this.quarantine.push({
      source,
      file,
      line: 0,
      byte_offset: 0,
      byte_length: bytes,
      reason,
      detail,
      excerpt_hash: sha256,
    });
  }

  ignore(source: string, file: string, sha256 = emptyHash, bytes = 0): void {
    this.file({ source, file, role: "ignored", sha256, bytes, rows_in: 0, rows_out: 0, path: "none" });
  }

  /** Lines in quarantine per file, for the check that rows in = rows out + quarantined. */
  quarantinedLines(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { source, file, line } of this.quarantine)
      if (line > 0) counts.set(fileKey(source, file), (counts.get(fileKey(source, file)) ?? 0) + 1);
    return counts;
  }
}

/** Source and file as one path; a source that is a file is not named twice. */
export function shownPath({ source, file }: { readonly source: string; readonly file: string }): string {
  return source === file || source.endsWith(`/${file}`) ? source : `${source}/${file}`;
}

export const emptyHash = createHash("sha256").digest("hex");

export function fileKey(source: string, file: string): string {
  return `${source}\0${file}`;
}

function hashSpan(path: string, { offset, length }: Span): string {
  const bytes = Buffer.alloc(length);
  const descriptor = openSync(path, "r");
  try {
    let done = 0;
    while (done < length) {
      const read = readSync(descriptor, bytes, done, length - done, offset + done);
      if (read === 0) break;
      done += read;
    }
    return createHash("sha256").update(bytes.subarray(0, done)).digest("hex");
  } finally {
    closeSync(descriptor);
  }
}
