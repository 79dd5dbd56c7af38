import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { compareTexts } from "../../src/lib/util/compare-texts.js";
import { withPath } from "./system-error.js";

/** SHA-256 of a value's JSON with sorted keys. */
export function hashJson(value: unknown): string {
  return createHash("sha256").update(sortedJson(value)).digest("hex");
}

/** JSON whose object keys are sorted, so that equal values have equal text. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compareTexts(a, b)))
      : inner,
  );
}

/** SHA-256 and size of a file, read in chunks. */
export function hashFile(path: string): { sha256: string; bytes: number } {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(1 << 20);
  const descriptor = openSync(path, "r");
  let bytes = 0;
  try {
    for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) {
      hash.update(buffer.subarray(0, read));
      bytes += read;
    }
  } catch (error) {
    throw withPath(error, path);
  } finally {
    closeSync(descriptor);
  }
  return { sha256: hash.digest("hex"), bytes };
}
