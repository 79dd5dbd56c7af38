/** The records of one file, as far as they were looked at. */
export interface FileSample {
  /** Path inside the source folder; the file's name if it is the source. */
  readonly file: string;
  readonly format: "csv" | "jsonl" | "json";
  /** Where the records are: each row or entry (`[]`), a list inside the document (its keys), or the values of the document. */
  readonly place: readonly string[] | "values";
  readonly records: readonly Readonly<Record<string, unknown>>[];
  /** Fields of the document around the records; empty where there are none. */
  readonly document: Readonly<Record<string, unknown>>;
  /** False if only the beginning was read. */
  readonly isWhole: boolean;
  readonly notes: readonly string[];
}
