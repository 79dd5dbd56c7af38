import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { QuarantineReason } from "../../../../src/lib/records/tables.js";
import { decodeSmallText } from "../../../formats/text-encoding/small-text.js";
import type { IngestContext } from "../context.js";
import type { Source } from "../source.js";
import { type SourceFile, sourceFiles } from "../source-files.js";
import { quoted, type ReturnedContent } from "./given-cell.js";
import { readForm } from "./returned-form.js";
import { readSheet } from "./returned-sheet.js";
import type { PacketTask } from "./task.js";

export interface ReturnedFile {
  readonly file: SourceFile;
  readonly content: ReturnedContent;
}

/** Names of files that hold text; what is in them shows whether it is a sheet or a form's ratings. */
const textNames = /(\.(csv|tsv|tab|txt|jsonl|ndjson|json)|\/[^./]+)$/i;
/** Files that programs leave behind while a document is open, or to draw its icon. */
const byproducts = /^(~\$|\.~lock\.|\._|thumbs\.db$|desktop\.ini$|icon\r$)/i;
/** Larger files are not what a person filled in. */
const largestFile = 64 * 2 ** 20;
/** `key.csv` is read by `readKey`. */
const wanted = /^(returned\/|key\.csv$|sheet-[^/]*\.csv$)/i;
const ownSheet = /^sheet-[^/]*\.csv$/i;

/**
 * Reads what is in the folder `returned/` of a packet, in any sub-folder, zip or gzip. Every file there is in the ledger: as read,
 * or by name with the reason why it was not.
 *
 * @param criteria of the packet, or null if they are not known
 */
export async function readReturned(
  source: Source,
  { id, raters }: PacketTask["packet"],
  criteria: readonly string[] | null,
  context: IngestContext,
): Promise<ReturnedFile[]> {
  const found: ReturnedFile[] = [];
  const { ledger } = context;
  const refuse = (file: SourceFile, reason: QuarantineReason, detail: string): void =>
    ledger.refuse(source.name, file.file, reason, detail, file.sha256, file.bytes);
  for await (const file of sourceFiles(source, wanted, context)) {
    if (file.file === "key.csv") continue;
    const name = basename(file.file);
    if (byproducts.test(name)) {
      ledger.ignore(source.name, file.file, file.sha256, file.bytes);
      ledger.note(source.name, file.file, "was not read: a program left it behind");
      continue;
    }
    const read = readOne(file, id, criteria, raterIn(name, raters));
    const isOutside = ownSheet.test(file.file);
    if (isOutside && !("reason" in read) && read.cells.length === 0) {
      ledger.ignore(source.name, file.file, file.sha256, file.bytes);
    } else if (isOutside) {
      refuse(file, "not_read", "the sheet is filled in but not in the folder returned/; move it there");
    } else if ("reason" in read) refuse(file, read.reason, read.detail);
    else found.push({ file, content: read });
  }
  return found;
}

function raterIn(name: string, raters: readonly string[] | null): string | null {
  const named = raters ?? [...name.matchAll(/rater-\d{2,}/gi)].map(([rater]) => rater.toLowerCase());
  const inName = [...new Set(named)].filter((rater) => name.toLowerCase().includes(rater.toLowerCase()));
  // "lin" contains "li".
  const [longest = null, ...others] = inName.sort((a, b) => b.length - a.length);
  const isOne = others.every((other) => longest?.toLowerCase().includes(other.toLowerCase()));
  return isOne ? longest : null;
}

interface Refusal {
  readonly reason: QuarantineReason;
  readonly detail: string;
}

function readOne(
  { file, onDisk, bytes }: SourceFile,
  packet: string,
  criteria: readonly string[] | null,
  raterOfFile: string | null,
): ReturnedContent | Refusal {
  if (!textNames.test(`/${file.replace(/\.gz$/i, "")}`)) {
    return {
      reason: "not_read",
      detail: /\.(xlsx?|xlsm|ods|numbers|et)$/i.test(file)
        ? "a spreadsheet workbook; save its sheet as CSV UTF-8 and return that file"
        : /\.html?$/i.test(file)
          ? 'the form itself; press its button "Download ratings" and return that file'
          : "neither a CSV sheet nor the ratings of a form (.jsonl)",
    };
  }
  if (bytes > largestFile)
    return {
      reason: "not_read",
      detail: `${bytes} bytes; a returned sheet or form has at most ${largestFile}`,
    };
  if (bytes === 0) return { reason: "empty_file", detail: "the file is empty" };
  const content = readFileSync(onDisk);
  const isWorkbook = content.subarray(0, 2).toString("latin1") === "PK" || content.readUInt8(0) === 0xd0;
  const text = isWorkbook ? null : decodeSmallText(content);
  if (text === null) {
    return isWorkbook
      ? {
          reason: "not_read",
          detail: "a spreadsheet workbook whatever its name says; save its sheet as CSV UTF-8",
        }
      : { reason: "invalid_utf8", detail: "the bytes are no text; save the file as CSV UTF-8" };
  }
  const start = text.text.trimStart()[0];
  if (start === undefined) return { reason: "empty_file", detail: "the file has only blanks" };
  if (start === "{") {
    const form = readForm(text, packet);
    return text.encoding === "windows-1252" ? withNote(form, unknownEncoding) : form;
  }
  if (start === "[")
    return {
      reason: "not_json",
      detail: "a list; return the file that the form saves, with one JSON object per line",
    };
  const sheet = readSheet(text, criteria, raterOfFile);
  if (!("columns" in sheet))
    return text.encoding === "windows-1252" ? withNote(sheet, unknownEncoding) : sheet;
  return {
    reason: "wrong_type",
    detail: `no column "code" in the first line; found ${sheet.columns.slice(0, 6).map(quoted).join(", ")}`,
  };
}

/** Codes and grades are plain characters, and anything else in their cells is refused. */
const unknownEncoding =
  "is in an unknown encoding: what is not ASCII could not be read; save it as UTF-8 to be sure";

function withNote(content: ReturnedContent, note: string): ReturnedContent {
  return { ...content, notes: [...content.notes, note] };
}
