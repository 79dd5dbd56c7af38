import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import { InputError } from "../../../src/lib/errors.js";
import { type FileScan, scanFile } from "../../formats/file-scan.js";
import { gunzipTo } from "../../formats/gunzip.js";
import { decodeFile, encodingInWords, notInEncoding } from "../../formats/text-encoding/decode.js";
import { detectEncoding } from "../../formats/text-encoding/detect.js";
import { unpackZip, type ZipContent } from "../../formats/zip.js";
import { isSystemError } from "../../warehouse/system-error.js";
import type { Ledger } from "./ledger.js";
import type { Source } from "./source.js";

/** A data file of a source, extracted if it was in an archive. */
export interface SourceFile {
  readonly source: string;
  /** Path inside the source. */
  readonly file: string;
  /** Where its lines can be read. */
  readonly onDisk: string;
  /** Hash and size of the original file, compressed or not. */
  readonly sha256: string;
  readonly bytes: number;
  /** Scan of the extracted lines. */
  readonly scan: FileScan;
}

/** Scans each file once, however often it is asked for. */
export class FileScans {
  readonly #known = new Map<string, FileScan>();

  of(path: string): FileScan {
    const known = this.#known.get(path) ?? scanFile(path);
    this.#known.set(path, known);
    return known;
  }
}

/** What reading the files of sources shares with the rest of an ingest. */
export interface FileWork {
  /** For extracted files and the like; inside the draft, and gone before the draft is published. */
  readonly scratch: string;
  readonly scans: FileScans;
  readonly ledger: Ledger;
  /** Called with the path of each file of a source that has been looked at, archives as a whole. */
  readonly fileDone: (path: string) => void;
}

/** Paths of all files at or below `path`, relative to it and sorted; '' for a file itself. */
export function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [""];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join(posix.sep))
    .sort();
}

/**
 * The data files of a source; every other file there is entered in the ledger as ignored or refused.
 *
 * @param wanted which names are data
 */
export async function* sourceFiles(
  source: Pick<Source, "name" | "path">,
  wanted: RegExp,
  context: FileWork,
): AsyncGenerator<SourceFile> {
  const { ledger, fileDone } = context;
  for (const inner of filesBelow(source.path)) {
    const path = resolve(source.path, inner);
    const file = inner === "" ? basename(path) : inner;
    try {
      if (leavesRoot(source.path, path)) {
        ledger.refuse(source.name, file, "symlink_outside", "a link to a place outside the source folder");
      } else if (!statSync(path).isFile()) {
        // A link to a folder, whose files have their own paths, or a pipe, which may never end.
        ledger.ignore(source.name, file);
      } else if (/\.zip$/i.test(file)) {
        yield* filesOfZip(source.name, { path, file, inner }, wanted, context);
      } else yield* dataFile(source.name, file, path, wanted, context);
    } catch (error) {
      const detail = unreadable(error, path);
      if (detail === null) throw error;
      ledger.refuse(source.name, file, "unreadable", detail);
    }
    fileDone(path);
  }
}

/** Errors that are about one file; a full disk or too many open files, for example, are about all of them. */
const errorsOfOneFile = new Set([
  "EACCES",
  "EPERM",
  "EIO",
  "ELOOP",
  "ENAMETOOLONG",
  "ENOENT",
  "ESTALE",
  "EISDIR",
  "ENXIO",
]);

/** Why a file of a source cannot be read, or null if the error is about something else. */
export function unreadable(error: unknown, path: string): string | null {
  if (!isSystemError(error) || error.path !== path || !errorsOfOneFile.has(error.code)) return null;
  // Node's message goes on with the path.
  return error.message.split(", ")[0] as string;
}

/** An archive that cannot be read costs itself: none of its entries is taken. */
async function* filesOfZip(
  source: string,
  { path, file, inner }: { readonly path: string; readonly file: string; readonly inner: string },
  wanted: RegExp,
  context: FileWork,
): AsyncGenerator<SourceFile> {
  const { scratch, scans, ledger } = context;
  const { sha256, bytes } = scans.of(path);
  const inArchive = inner === "" ? "" : `${inner}/`;
  let content: ZipContent;
  try {
    content = await unpackZip(path, join(scratch, `zip-${nameOf(source, path)}`));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const detail = error.message.replace(`${path}: `, "");
    ledger.refuse(source, file, "zip_damaged", detail, sha256, bytes);
    return;
  }
  const { files, refused, ignored, notes } = content;
  if (files.size + refused.length + ignored.length === 0) {
    ledger.ignore(source, file, sha256, bytes);
    ledger.note(source, file, "an archive without entries");
  }
  for (const { file: name, reason, detail } of refused)
    ledger.refuse(source, `${inArchive}${name}`, reason, detail);
  for (const name of ignored) ledger.ignore(source, `${inArchive}${name}`);
  for (const { file: name, text } of notes) ledger.note(source, `${inArchive}${name}`, text);
  for (const [name, onDisk] of files) yield* dataFile(source, `${inArchive}${name}`, onDisk, wanted, context);
}

async function* dataFile(
  source: string,
  file: string,
  path: string,
  wanted: RegExp,
  context: FileWork,
): AsyncGenerator<SourceFile> {
  const { scratch, scans, ledger } = context;
  const packed = scans.of(path);
  const plainName = file.replace(/\.gz$/i, "");
  if (basename(file).startsWith(".") || !wanted.test(plainName)) {
    ledger.ignore(source, file, packed.sha256, packed.bytes);
    return;
  }
  const { sha256, bytes } = packed;
  if (plainName === file) {
    yield* asUtf8({ source, file, onDisk: path, sha256, bytes, scan: packed }, context);
    return;
  }
  const onDisk = join(scratch, `gz-${nameOf(source, path)}`, basename(plainName));
  const refusal = await gunzipTo(path, onDisk, packed.bytes);
  if (refusal !== null) {
    ledger.refuse(source, file, refusal.reason, refusal.detail, packed.sha256, packed.bytes);
    return;
  }
  yield* asUtf8({ source, file, onDisk, sha256, bytes, scan: scans.of(onDisk) }, context);
}

/** A file of lines, decoded where it is in another encoding. */
async function* asUtf8(file: SourceFile, { scratch, scans, ledger }: FileWork): AsyncGenerator<SourceFile> {
  if (!/\.(jsonl|ndjson)(\.gz)?$/i.test(file.file)) {
    yield file;
    return;
  }
  const { encoding } = detectEncoding(file.onDisk, file.scan);
  const target = join(scratch, `utf8-${nameOf(file.source, file.onDisk)}.jsonl`);
  const faultyLine = encoding === "utf-8" ? null : decodeFile(file.onDisk, target, encoding);
  // Other encodings than UTF-16 can be mistaken for GB18030: the line reader lists what is not UTF-8.
  if (encoding === "utf-8" || (encoding === "gb18030" && faultyLine !== null)) {
    yield file;
    return;
  }
  if (faultyLine !== null) {
    const detail = notInEncoding(faultyLine, encoding);
    ledger.refuse(file.source, file.file, "invalid_utf8", detail, file.sha256, file.bytes);
    return;
  }
  const words = encodingInWords(encoding);
  const text = `is in ${words} and was decoded; byte positions are those of its text in UTF-8`;
  ledger.note(file.source, file.file, text);
  yield { ...file, onDisk: target, scan: scans.of(target) };
}

/** A plain, short, unique name for something whose own name may contain any characters. */
export function nameOf(...parts: readonly string[]): string {
  const text = parts.join("\0");
  let hash = 0n;
  for (const byte of Buffer.from(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  const plain = (parts.at(-1) as string)
    .replace(/[^A-Za-z0-9._-]+/g, "_")
    .replace(/^\.+/, "")
    .slice(0, 80);
  return `${plain}-${hash.toString(16).padStart(16, "0").slice(0, 12)}`;
}

function leavesRoot(root: string, path: string): boolean {
  const inside = relative(realpathSync(root), realpathOf(path));
  return inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside);
}

/** Errors name the path that was asked for, not a part of it. */
function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (isSystemError(error)) error.path = path;
    throw error;
  }
}
