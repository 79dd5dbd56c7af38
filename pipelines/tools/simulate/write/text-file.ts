import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

/** Writes pieces of text to a file as they are generated; `.gz` names are compressed. Memory does not grow with the file. */
export async function writeText(path: string, pieces: Iterable<string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const source = Readable.from(buffers(pieces));
  const target = createWriteStream(path);
  if (path.endsWith(".gz")) await pipeline(source, createGzip({ level: 9 }), target);
  else await pipeline(source, target);
}

const bufferSize = 256 * 1024;

/** UTF-8 in buffers of about 256 kB: one write per thousand lines instead of one per line. */
export function* buffers(pieces: Iterable<string>): Generator<Buffer> {
  let pending: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    pending.push(piece);
    length += piece.length;
    if (length >= bufferSize) {
      yield Buffer.from(pending.join(""));
      pending = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.from(pending.join(""));
}

/** A row of CSV; null is an empty field. */
export function csvRow(values: readonly (string | number | boolean | null)[]): string {
  const fields = values.map((value) => {
    const text = value === null ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${fields.join(",")}\n`;
}
