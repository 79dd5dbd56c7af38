import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { InputError } from "../../src/lib/errors.js";
import type { QuarantineReason } from "../../src/lib/records/tables.js";
import { withPath } from "../warehouse/system-error.js";
import { defaultLimits, limited, type UnpackLimits } from "./unpack.js";

const damage: Readonly<Record<string, string>> = {
  "incorrect header check": "the file is not gzip, or its end is followed by bytes that are not gzip",
  "unexpected end of file": "the compressed data is cut off",
  "incorrect data check": "the checksum differs: the file was damaged or changed after it was packed",
  "incorrect length check": "the stated length differs: the file was damaged or changed after it was packed",
};

/**
 * Extracts a `.gz` file of one or several members. Zero bytes after the last one (padding) are allowed; anything else
 * there could be lost data.
 *
 * @returns why the file is refused; null if it was extracted whole and matches its checksums
 */
export async function gunzipTo(
  file: string,
  target: string,
  packedBytes: number,
  limits: UnpackLimits = defaultLimits,
): Promise<{ reason: QuarantineReason; detail: string } | null> {
  await mkdir(dirname(target), { recursive: true });
  const gunzip = createGunzip();
  const refuse = (detail: string) => ({ reason: "gzip_damaged" as const, detail });
  try {
    await pipeline(
      createReadStream(file),
      gunzip,
      limited(packedBytes, limits, file),
      createWriteStream(target),
    );
  } catch (error) {
    if (error instanceof InputError) return { reason: "gzip_bomb", detail: error.message };
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!code.startsWith("Z_")) throw withPath(error, target);
    return refuse(damage[message] ?? `the compressed data is damaged: ${message}`);
  }
  if (await hasDataAfter(file, gunzip.bytesWritten))
    return refuse("its end is followed by bytes that are not gzip");
  return null;
}

async function hasDataAfter(file: string, start: number): Promise<boolean> {
  for await (const chunk of createReadStream(file, { start }) as AsyncIterable<Buffer>)
    if (chunk.some((byte) => byte !== 0)) return true;
  return false;
}
