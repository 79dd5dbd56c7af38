import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { InputError } from "../../src/lib/errors.js";
import type { QuarantineReason } from "../../src/lib/records/tables.js";
import { isSystemError, withPath } from "../warehouse/system-error.js";
import { defaultLimits, limited, type UnpackLimits } from "./unpack.js";
import { type EntryName, entryName } from "./zip-names.js";

export interface RefusedEntry {
  readonly file: string;
  readonly reason: QuarantineReason;
  readonly detail: string;
}

export interface ZipContent {
  /** Maps the path inside the archive to the path on disk, in the archive's order. */
  readonly files: ReadonlyMap<string, string>;
  readonly refused: readonly RefusedEntry[];
  /** Folders, dot files and macOS metadata, which contain no answers. */
  readonly ignored: readonly string[];
  /** What was unusual about entries that were extracted. */
  readonly notes: readonly { readonly file: string; readonly text: string }[];
}

/**
 * Extracts an untrusted archive into a folder. Entries are written under numbers, so no name from the archive is ever
 * used on disk. An entry that could do harm, is damaged or does not match its checksum is refused by name, and the others
 * are still extracted. Every entry is in one of the three lists.
 *
 * @throws InputError when the archive as a whole cannot be read: nothing of it is to be used then
 */
export async function unpackZip(
  path: string,
  folder: string,
  limits: UnpackLimits = defaultLimits,
): Promise<ZipContent> {
  const zip = await openZip(path);
  const files = new Map<string, string>();
  const refused: RefusedEntry[] = [];
  const ignored: string[] = [];
  const notes: { file: string; text: string }[] = [];
  const names = new Set<string>();
  let total = 0;
  await mkdir(folder, { recursive: true });
  try {
    let index = 0;
    for await (const entry of zip.eachEntry()) {
      index += 1;
      const stated = entryName(entry);
      const isRepeated = names.has(stated.name);
      const name = isRepeated ? `${stated.name} (entry ${index})` : stated.name;
      names.add(name);
      const harm = refusal(entry, stated, limits);
      if ((stated.name.endsWith("/") && harm === null) || isMetadata(stated.name)) {
        ignored.push(name);
        continue;
      }
      const problem =
        harm ??
        (isRepeated
          ? { reason: "zip_duplicate_name", detail: "the name occurs twice in the archive" }
          : index > limits.maxEntries
            ? { reason: "zip_bomb", detail: `more than ${limits.maxEntries} entries` }
            : total + entry.uncompressedSize > limits.maxTotalBytes
              ? {
                  reason: "zip_bomb",
                  detail: `the archive extracts to more than ${limits.maxTotalBytes} bytes`,
                }
              : null);
      if (problem !== null) {
        refused.push({ file: name, ...problem });
        continue;
      }
      const target = join(
        folder,
        `${String(index).padStart(5, "0")}${/\.\w+(\.gz)?$/.exec(name)?.[0] ?? ""}`,
      );
      const failure = await extract(zip, entry, target, name, limits);
      if (failure === null) {
        files.set(name, target);
        if (stated.note !== null) notes.push({ file: name, text: stated.note });
        total += entry.uncompressedSize;
      } else refused.push({ file: name, ...failure });
    }
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    zip.close();
  }
  return { files, refused, ignored, notes };
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    // Sizes are checked on extraction, so that a wrong one costs its entry and not the archive.
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false };
    return await openPromise(path, options);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** Errors of the disk stay what they are. */
function unreadable(path: string, cause: unknown): unknown {
  if (isSystemError(cause)) return cause;
  const { message } = cause as Error;
  const said = message.startsWith("End of central directory record signature not found")
    ? "not a zip archive, or cut off"
    : message.startsWith("Invalid comment length")
      ? "there is data after its end, or it is cut off"
      : message;
  return new InputError(`${path}: damaged zip archive: ${said}`, {
    hint: "Copy it again, create it again with zip, or extract it and ingest the folder.",
    cause,
  });
}

function isMetadata(name: string): boolean {
  const parts = name.split(/[\\/]/);
  return !parts.includes("..") && parts.some((part) => part === "__MACOSX" || part.startsWith("."));
}

function refusal(
  entry: Entry,
  { name, isText }: EntryName,
  limits: UnpackLimits,
): { reason: QuarantineReason; detail: string } | null {
  const unixMode = entry.externalFileAttributes >>> 16;
  if (!isText)
    return {
      reason: "zip_name_not_utf8",
      detail: "the name is neither UTF-8 nor GB18030; it is shown as Latin-1",
    };
  if (/[\u0000-\u001f\u007f]/.test(name))
    return { reason: "zip_bad_name", detail: "the name contains control characters" };
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name) || name.startsWith("\\"))
    return { reason: "zip_absolute_path", detail: "the name is an absolute path" };
  if (name.split(/[\\/]/).includes(".."))
    return { reason: "zip_path_traversal", detail: "the name leads outside the archive" };
  if (name.includes("\\")) return { reason: "zip_bad_name", detail: "the name contains a backslash" };
  if ((unixMode & 0o170000) === 0o120000)
    return { reason: "zip_symlink", detail: "the entry is a symbolic link" };
  if (entry.isEncrypted()) return { reason: "zip_encrypted", detail: "the entry is encrypted" };
  if (/\.(zip|7z|rar|tar|tgz|bz2|xz|zst)$/i.test(name) || /\.tar\.gz$/i.test(name))
    return { reason: "zip_nested_archive", detail: "an archive inside the archive" };
  if (entry.uncompressedSize > limits.maxFileBytes)
    return { reason: "zip_bomb", detail: `extracts to more than ${limits.maxFileBytes} bytes` };
  if (
    entry.uncompressedSize > limits.ratioFromBytes &&
    entry.uncompressedSize > entry.compressedSize * limits.maxRatio
  )
    return {
      reason: "zip_bomb",
      detail: `extracts to more than ${limits.maxRatio} times its compressed size`,
    };
  return null;
}

async function extract(
  zip: ZipFile,
  entry: Entry,
  target: string,
  name: string,
  limits: UnpackLimits,
): Promise<{ reason: QuarantineReason; detail: string } | null> {
  try {
    const stream = await zip.openReadStreamPromise(entry);
    await pipeline(
      stream,
      limited(entry.compressedSize, limits, name),
      verified(entry),
      createWriteStream(target),
    );
    return null;
  } catch (error) {
    await rm(target, { force: true });
    // A full disk is no fault of the entry.
    if (isSystemError(error)) throw withPath(error, target);
    return {
      reason: error instanceof InputError ? "zip_bomb" : "zip_damaged",
      detail: (error as Error).message.slice(0, 200),
    };
  }
}

/** Lets an entry's bytes pass, and fails at their end if they are not as many as stated or do not match the checksum. */
function verified({ uncompressedSize, crc32: stated }: Entry): Transform {
  let bytes = 0;
  let checksum = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      checksum = crc32(chunk, checksum);
      done(null, chunk);
    },
    flush(done) {
      if (bytes !== uncompressedSize)
        done(new Error(`the entry extracts to ${bytes} bytes; the archive says ${uncompressedSize}`));
      else if (checksum !== stated)
        done(new Error("the checksum differs: the entry was damaged or changed after it was packed"));
      else done();
    },
  });
}
