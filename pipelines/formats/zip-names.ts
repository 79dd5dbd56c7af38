import { isUtf8 } from "node:buffer";
import { crc32 } from "node:zlib";
import type { Entry } from "yauzl";

/** The name of an entry of an archive, as its writer meant it. */
export interface EntryName {
  /** Without `./`, empty parts and `a/./b`; folders end in `/`. */
  readonly name: string;
  /** Whether the bytes could be read as text; otherwise `name` shows them as Latin-1. */
  readonly isText: boolean;
  /** What a reader of the ledger should know about the name. */
  readonly note: string | null;
}

/**
 * Reads the name of an entry: UTF-8, the Unicode name that some writers add, or GB18030, which Windows uses for names in
 * a Chinese locale.
 */
export function entryName(entry: Pick<Entry, "fileNameRaw" | "extraFields">): EntryName {
  const raw = entry.fileNameRaw;
  const added = unicodeName(entry);
  if (added !== null) return { name: plain(added), isText: true, note: null };
  if (isUtf8(raw)) return { name: plain(raw.toString("utf8")), isText: true, note: null };
  try {
    const name = plain(new TextDecoder("gb18030", { fatal: true }).decode(raw));
    return { name, isText: true, note: "the name is not UTF-8 and was read as GB18030" };
  } catch {
    return { name: plain(raw.toString("latin1")), isText: false, note: null };
  }
}

/** A name that begins with `/` or leads upwards keeps these parts, so that it can be refused for them. */
function plain(stated: string): string {
  const parts = stated.split("/").filter((part, index) => part !== "." && (part !== "" || index === 0));
  if (parts.length === 0) return "./";
  return parts.join("/") + (stated.endsWith("/") || /(^|\/)\.$/.test(stated) ? "/" : "");
}

/** The field 0x7075 (Info-ZIP): version, checksum of the raw name, and the name as UTF-8. */
function unicodeName({
  fileNameRaw,
  extraFields,
}: Pick<Entry, "fileNameRaw" | "extraFields">): string | null {
  const data = extraFields.find(({ id }) => id === 0x7075)?.data;
  if (data === undefined || data.length < 6 || data[0] !== 1) return null;
  const name = data.subarray(5);
  return data.readUInt32LE(1) === crc32(fileNameRaw) && isUtf8(name) ? name.toString("utf8") : null;
}
