import { isUtf8 } from "node:buffer";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { InputError } from "../../src/lib/errors.js";
import type { QuarantineReason } from "../../src/lib/records/tables.js";
import { defaultLimits, limited, type UnpackLimits } from "./unpack.js";

export interface RefusedEntry {
  readonly file: string;
  readonly reason: QuarantineReason;
  readonly detail: string;
}

export interface ZipContent {
  /** Maps the path inside the archive to the path on disk, in the archive's order. */
  readonly files: ReadonlyMap<string, string>;
  readonly refused: readonly RefusedEntry[];
  /** Dot files and macOS metadata, which contain no answers. */
  readonly ignored: readonly string[];
}

/**
 * Extracts an untrusted archive into a folder. Entries are written under numbers, so no name from the archive is ever
 * used on disk; an entry that could do harm is refused by name, and the others are still extracted.
 *
 * @throws InputError when the archive as a whole cannot be read
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
  const names = new Set<string>();
  let total = 0;
  await mkdir(folder, { recursive: true });
  try {
    let index = 0;
    for await (const entry of zip.eachEntry()) {
      index += 1;
      const stated = entryName(entry);
      const isRepeated = names.has(stated);
      const name = isRepeated ? `${stated} (entry ${index})` : stated;
      names.add(name);
      if (name.endsWith("/") && refusal(entry, name, limits) === null) continue;
      if (isMetadata(name)) {
        ignored.push(name);
        continue;
      }
      const problem =
        refusal(entry, name, limits) ??
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
        total += entry.uncompressedSize;
      } else refused.push({ file: name, ...failure });
    }
  } catch (cause) {
    throw new InputError(`${path}: damaged zip archive: ${(cause as Error).message}`, {
      hint: "Create it again, or extract it and ingest the folder.",
      cause,
    });
  } finally {
    zip.close();
  }
  return { files, refused, ignored };
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false });
  } catch (cause) {
    throw new InputError(`${path}: not a zip archive: ${(cause as Error).message}`, {
      hint: "Create the archive again with zip.",
      cause,
    });
  }
}

function entryName(entry: Entry): string {
  const raw = entry.fileNameRaw;
  return isUtf8(raw) ? raw.toString("utf8") : raw.toString("latin1");
}

function isMetadata(name: string): boolean {
  const parts = name.split(/[\\/]/);
  return !parts.includes("..") && parts.some((part) => part === "__MACOSX" || part.startsWith("."));
}

function refusal(
  entry: Entry,
  name: string,
  limits: UnpackLimits,
): { reason: QuarantineReason; detail: string } | null {
  const unixMode = entry.externalFileAttributes >>> 16;
  if (!isUtf8(entry.fileNameRaw))
    return { reason: "zip_name_not_utf8", detail: "the name is not UTF-8; it is shown as Latin-1" };
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
    await pipeline(stream, limited(entry.compressedSize, limits, name), createWriteStream(target));
    return null;
  } catch (error) {
    await rm(target, { force: true });
    return {
      reason: error instanceof InputError ? "zip_bomb" : "zip_damaged",
      detail: (error as Error).message.slice(0, 200),
    };
  }
}
