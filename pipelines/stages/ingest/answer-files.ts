import { readLines } from "../../formats/line-reader.js";
import { parseMedbenchLine } from "../../formats/medbench-line.js";
import type { DatasetFile } from "./catalogue-index.js";
import type { IngestContext } from "./context.js";
import type { Source } from "./source.js";
import type { SourceFile } from "./source-files.js";

/** A file of answers. */
export interface AnswerFile {
  readonly source: Source;
  readonly file: SourceFile;
}

/** A file that is expected to answer one dataset only. */
export interface ExpectedFile extends AnswerFile {
  readonly of: DatasetFile;
}

/** What one of the two paths made of answer files. */
export interface TakenAnswers {
  /** Parts of `responses` that were written, each with rows of one run. */
  readonly parts: readonly { readonly run: string; readonly path: string }[];
  /** Which files gave answers to which track. */
  readonly files: readonly (AnswerFile & { readonly track: string })[];
}

/** The dataset that a file is expected to answer: from its name, otherwise from its first line. */
export function expectedDataset({ source: { index }, file }: AnswerFile): DatasetFile | null {
  const named = index.byFileName(file.file);
  if (named !== null) return named;
  for (const { bytes, atEnd } of readLines(file.onDisk)) {
    const parsed = bytes === null ? null : parseMedbenchLine(bytes, atEnd);
    return parsed?.ok && parsed.line.tag !== null ? index.byTag(parsed.line.tag) : null;
  }
  return null;
}

/** Whether the items of the expected dataset are known. */
export function isKnown({ source, of }: ExpectedFile, { book }: IngestContext): boolean {
  return book.hasDataset({ benchmark: source.index.benchmark, pool: source.pool, dataset: of.dataset });
}
