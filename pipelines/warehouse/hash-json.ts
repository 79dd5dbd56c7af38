import { createHash } from "node:crypto";

/** SHA-256 of a value's JSON with sorted keys. */
export function hashJson(value: unknown): string {
  return createHash("sha256").update(sortedJson(value)).digest("hex");
}

/** JSON whose object keys are sorted, so that equal values have equal text. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}
