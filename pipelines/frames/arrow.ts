import {
  Bool,
  type DataType,
  DateDay,
  Float64,
  Int32,
  Int64,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from "apache-arrow";
import type { ColumnKind, FrameColumn } from "./columns.js";

const arrowTypes: Readonly<Record<ColumnKind, () => DataType>> = {
  text: () => new Utf8(),
  integer: () => new Int32(),
  long: () => new Int64(),
  number: () => new Float64(),
  flag: () => new Bool(),
  date: () => new DateDay(),
  time: () => new TimestampMillisecond(),
};

/** Columns as an Arrow table; types come from the warehouse, not from the values, and NULL stays null. */
export function toArrow(columns: readonly FrameColumn[]): Table {
  const vectors: Record<string, Vector> = {};
  for (const { name, kind, values } of columns) vectors[name] = vectorFromArray(values, arrowTypes[kind]());
  return new Table(vectors);
}

/** Columns as an Arrow IPC stream: the format that `FileAttachment.arrow()`, pandas, polars and R's arrow read. */
export function toArrowStream(columns: readonly FrameColumn[]): Uint8Array {
  return tableToIPC(toArrow(columns), "stream");
}
