import { isAscii, isUtf8 } from "node:buffer";
import { once } from "node:events";
import { closeSync, createReadStream, createWriteStream, openSync, readSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { readLines } from "./line-reader.js";

/** What became of a file of lines that may not be UTF-8. */
export type Decoding =
  | { readonly is: "utf-8" }
  /** A UTF-8 copy was written. */
  | { readonly is: "decoded"; readonly from: string }
  /** The file says that it has an encoding, and does not have it. */
  | { readonly is: "damaged"; readonly detail: string };

/**
 * Writes a UTF-8 copy of a file of lines in UTF-16 (with a byte-order mark, or recognized by its zero bytes) or GB18030.
 * GB18030 has no mark and allows almost any bytes, so a file is taken for it only if it decodes without error, reads as
 * Chinese, and has no line that is UTF-8: a wrongly encoded line in a UTF-8 file costs itself.
 *
 * @param isUtf8File whether all bytes of the file are UTF-8
 */
export async function decodeLines(path: string, isUtf8File: boolean, target: string): Promise<Decoding> {
  const utf16 = utf16Of(path);
  if (utf16 === null && (isUtf8File || !readsAsChinese(path))) return { is: "utf-8" };
  const encoding = utf16 ?? "gb18030";
  await mkdir(dirname(target), { recursive: true });
  if (await decodeTo(path, encoding, target)) return { is: "decoded", from: encoding.toUpperCase() };
  await rm(target, { force: true });
  if (utf16 === null) return { is: "utf-8" };
  return {
    is: "damaged",
    detail: `the file begins as ${encoding.toUpperCase()} and has bytes that are not; save it as UTF-8`,
  };
}

function utf16Of(path: string): "utf-16le" | "utf-16be" | null {
  const head = Buffer.alloc(2);
  const descriptor = openSync(path, "r");
  try {
    if (readSync(descriptor, head) < 2) return null;
  } finally {
    closeSync(descriptor);
  }
  const [first, second] = head;
  // A line begins with a bracket or a blank.
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return "utf-16be";
  return null;
}

async function decodeTo(path: string, encoding: string, target: string): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const stream = createWriteStream(target);
  const write = async (text: string) => {
    if (!stream.write(text)) await once(stream, "drain");
  };
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>)
      await write(decoder.decode(chunk, { stream: true }));
    await write(decoder.decode());
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    stream.end();
    await once(stream, "close");
  }
}

/** Lines beyond this size are not looked at to tell Chinese from other languages. */
const sampleBytes = 2 ** 20;
/** Some of the most frequent characters and marks of Chinese text. */
const frequent = /[的是在不了有和为一，。、；：？（）]/u;

/**
 * Whether the bytes, which are not UTF-8, are those of Chinese text: nearly all pairs are in the old core of GB18030
 * (GB 2312), most of its characters are the frequent ones of level 1, and there is common Chinese punctuation or a
 * common word. Text in Latin-1, Windows-1251, Shift JIS or Big5 fails one of these.
 */
export function readsAsChinese(path: string): boolean {
  const counts = { pairs: 0, core: 0, characters: 0, level1: 0 };
  let hasFrequent = false;
  let seen = 0;
  for (const { bytes } of readLines(path)) {
    if (bytes === null) return false;
    if (isAscii(bytes)) continue;
    if (isUtf8(bytes)) return false;
    if (seen > sampleBytes) continue;
    seen += bytes.length;
    count(bytes, counts);
    hasFrequent ||= frequent.test(new TextDecoder("gb18030").decode(bytes));
  }
  const { pairs, core, characters, level1 } = counts;
  return hasFrequent && core >= 0.9 * pairs && level1 >= 0.7 * characters;
}

function count(
  bytes: Buffer,
  counts: { pairs: number; core: number; characters: number; level1: number },
): void {
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] as number;
    if (lead < 0x80) continue;
    const trail = bytes[at + 1] ?? 0;
    at += trail >= 0x30 && trail <= 0x39 ? 3 : 1;
    counts.pairs += 1;
    if (lead < 0xa1 || lead > 0xf7 || trail < 0xa1) continue;
    counts.core += 1;
    if (lead < 0xb0) continue;
    counts.characters += 1;
    if (lead <= 0xd7) counts.level1 += 1;
  }
}
