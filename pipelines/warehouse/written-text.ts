import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { InputError } from "../../src/lib/errors.js";

/**
 * The text of a small file that a person wrote, such as a catalogue or cycle.yaml: UTF-8 or UTF-16, without its
 * byte-order mark. Other encodings are refused, because a wrongly read name would match nothing, or something else.
 *
 * @param file a path, or 0 for standard input
 * @throws InputError naming the line that is not text in the file's encoding; errors of the disk as they are
 */
export function readWrittenText(file: string | 0): string {
  return decodeWrittenText(readFileSync(file), file === 0 ? "standard input" : file);
}

/** The text of bytes that a person wrote; see `readWrittenText`. `name` says in errors where they are from. */
export function decodeWrittenText(bytes: Buffer, name: string): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const place = encoding === "utf-8" ? ` line ${badLine(bytes)}` : "";
    throw new InputError(`${name}${place}: not ${encoding.toUpperCase()}`, {
      hint: "Save the file as UTF-8.",
    });
  }
}

function encodingOf([first, second]: Buffer): "utf-8" | "utf-16le" | "utf-16be" {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/** The first line that is not UTF-8, from 1; the line after the last if all are. */
function badLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}
