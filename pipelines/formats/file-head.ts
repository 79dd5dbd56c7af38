import { closeSync, openSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";

/** The first bytes of a file; all of them if it has no more. */
export function headOf(path: string, most: number): Buffer {
  const head = Buffer.alloc(most);
  const descriptor = openSync(path, "r");
  try {
    return head.subarray(0, readSync(descriptor, head));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * What the first bytes of a gzip file extract to.
 *
 * @throws Error if they are damaged, or extract to more than `most` bytes
 */
export function gunzippedHead(head: Buffer, most: number): Buffer {
  return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: most });
}
