import { readLines } from "../../formats/line-reader.js";
import { type MedbenchLine, parseMedbenchLine } from "../../formats/medbench-line.js";
import type { DatasetFile } from "./catalogue-index.js";
import type { IngestContext } from "./context.js";
import type { Ledger, Span } from "./ledger.js";
import type { Source } from "./source.js";
import type { SourceFile } from "./source-files.js";

/** Calls `take` with each readable line whose dataset is known; the others go to quarantine. */
export function eachLine(
  source: Source,
  file: SourceFile,
  { ledger }: { readonly ledger: Pick<Ledger, "line"> },
  counts: { rowsIn: number },
  take: (line: MedbenchLine, of: DatasetFile, span: Span) => void,
): void {
  const ofFile = source.index.byFileName(file.file);
  for (const raw of readLines(file.onDisk)) {
    counts.rowsIn += 1;
    if (raw.bytes === null) {
      ledger.line(file, raw, "line_too_long", `${raw.length} bytes; the limit is 16 MiB`, raw.sha256);
      continue;
    }
    const parsed = parseMedbenchLine(raw.bytes, raw.atEnd);
    if (!parsed.ok) {
      ledger.line(file, raw, parsed.reason, parsed.detail);
      continue;
    }
    const of = source.index.ofLine(parsed.line.tag, ofFile);
    if ("reason" in of) ledger.line(file, raw, of.reason, of.detail);
    else take(parsed.line, of, raw);
  }
}

/** Enters a file that was read to its end. */
export function closeFile(
  file: SourceFile,
  role: "questions" | "gold" | "answers",
  { rowsIn, rowsOut }: { rowsIn: number; rowsOut: number },
  { ledger }: IngestContext,
  path: "fast" | "line by line" = "line by line",
): void {
  const { source, file: name, sha256, bytes } = file;
  ledger.file({ source, file: name, role, sha256, bytes, rows_in: rowsIn, rows_out: rowsOut, path });
  if (file.scan.hasByteOrderMark)
    ledger.note(source, name, "begins with a byte-order mark, which was dropped");
  if (rowsIn === 0) ledger.note(source, name, "has no lines");
}
