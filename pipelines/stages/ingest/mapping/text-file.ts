import { join } from "node:path";
import {
  decodeFile,
  encodingInWords,
  notInEncoding,
  unknownEncoding,
} from "../../../formats/text-encoding/decode.js";
import { detectEncoding } from "../../../formats/text-encoding/detect.js";
import type { IngestContext } from "../context.js";
import { nameOf, type SourceFile } from "../source-files.js";

/** A file whose bytes are UTF-8, or were made so. */
export interface TextFile {
  readonly file: SourceFile;
  /** Where its text is. */
  readonly onDisk: string;
  /** In words, for the ledger. */
  readonly encoding: string;
  readonly hasMark: boolean;
  /** Some bytes are not UTF-8: each record has to be checked. */
  readonly isDamaged: boolean;
}

/**
 * Decodes a file once, before anything reads it.
 *
 * @param given encoding that the mapping names
 * @returns null if its bytes are not text in its encoding: the file is then refused with the line
 */
export function openText(
  file: SourceFile,
  given: string | undefined,
  context: IngestContext,
): TextFile | null {
  const found = detectEncoding(file.onDisk);
  const refuse = (detail: string): null => {
    context.ledger.refuse(file.source, file.file, "invalid_utf8", detail, file.sha256, file.bytes);
    return null;
  };
  if (found.isUnknown && given === undefined) {
    return refuse(
      `${unknownEncoding(found.faultyLine ?? 1)}; save the file as UTF-8, or name its encoding (\`options: {encoding: windows-1252}\`)`,
    );
  }
  const encoding = given?.toLowerCase() ?? found.encoding;
  if (encoding === "utf-8" || encoding === "utf8") {
    const isDamaged = found.encoding !== "utf-8" || found.faultyLine !== null;
    return { file, onDisk: file.onDisk, encoding: "UTF-8", hasMark: found.markLength > 0, isDamaged };
  }
  const target = join(context.scratch, `decoded-${nameOf(file.source, file.file)}`);
  const faultyLine = decodeFile(file.onDisk, target, encoding);
  if (faultyLine !== null) return refuse(notInEncoding(faultyLine, encoding));
  return { file, onDisk: target, encoding: encodingInWords(encoding), hasMark: false, isDamaged: false };
}
