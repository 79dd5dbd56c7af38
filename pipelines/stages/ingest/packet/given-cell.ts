import type { QuarantineReason } from "../../../../src/lib/records/tables.js";
import type { Span } from "../ledger.js";

/** Something that a rater filled in: one criterion of one answer, as it stands in a returned file. */
export interface GivenCell {
  readonly code: string;
  readonly rater: string;
  readonly criterion: string;
  /** The grade as text; null where a form says in its own way that the answer could not be rated. */
  readonly raw: string | null;
  /** Time of the rating, as given. */
  readonly ratedAt: string | null;
  /** What the rater wrote in addition to the grades of the answer. */
  readonly remark: string | null;
  readonly span: Span;
  /** Column of a sheet, from 1. */
  readonly column: number | null;
}

/** Something in a returned file that is no cell of a rating. */
export interface UnusableRecord {
  readonly span: Span;
  readonly reason: QuarantineReason;
  readonly detail: string;
}

/** What one returned file contains. */
export interface ReturnedContent {
  readonly cells: readonly GivenCell[];
  readonly unusable: readonly UnusableRecord[];
  /** Cells of a sheet that could have held a grade and are not filled in. */
  readonly blank: number;
  /** What the reader of the summary should know. */
  readonly notes: readonly string[];
}

/** How messages name a cell. */
export function cellName(criterion: string, code: string): string {
  const plain = (text: string): string => (/^[\w.-]{1,40}$/.test(text) ? text : quoted(text));
  return `${plain(criterion)} of ${plain(code)}`;
}

/** Text from a returned file for a message: in quotation marks, short, on one line. */
export function quoted(text: string): string {
  const plain = JSON.stringify(text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " "));
  return plain.length > 42 ? `${plain.slice(0, 40)}…"` : plain;
}
