/** The records of one file, as far as they were looked at. */
export interface FileSample {
  /** Path inside the source folder; the file's name if it is the source. */
  readonly file: string;
  readonly format: "csv" | "jsonl" | "json";
  /** Where the records are: each row or entry (`[]`), a list inside the document (its keys), or the values of the document. */
  readonly place: readonly string[] | "values";
  readonly records: readonly Readonly<Record<string, unknown>>[];
  /** Where each record is: its line, or its number in a JSON document. */
  readonly lines: readonly number[];
  /** Fields of the document around the records; empty where there are none. */
  readonly document: Readonly<Record<string, unknown>>;
  /** False if only the beginning was read. */
  readonly isWhole: boolean;
  readonly notes: readonly string[];
}

/** Where a record is, for people: `scores.csv:4`, or `log.json, entry 4`. */
export function placeIn(
  { file, format, lines }: Pick<FileSample, "file" | "format" | "lines">,
  at: number,
): string {
  return format === "json" ? `${file}, entry ${lines[at]}` : `${file}:${lines[at]}`;
}

/** Where the record with a number among those of several files is. */
export function placeAmong(files: readonly FileSample[], at: number): string {
  let before = 0;
  for (const file of files) {
    if (at < before + file.records.length) return placeIn(file, at - before);
    before += file.records.length;
  }
  return files[0]?.file ?? "";
}
