import {
  type RatingScale,
  type ReadRating,
  readRating,
} from "../../../../src/lib/calibration/read-rating.js";

/**
 * Reads the `raw` column of a mapped rating: a grade as people write it, or JSON around one, such as Label Studio's
 * `{"rating": 4}` and `{"choices": ["cannot rate"]}`.
 */
export function readRawRating(raw: string, scale: RatingScale): ReadRating {
  if (!/^\s*[{["]/.test(raw)) return readRating(raw, scale);
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return readRating(raw, scale);
  }
  for (let depth = 0; depth < 4; depth += 1) {
    if (typeof value === "string" || typeof value === "number") return readRating(String(value), scale);
    if (value === null) return { kind: "blank" };
    if (typeof value !== "object") break;
    // A key without a value says nothing: `{"rating": null, "choices": ["4"]}`.
    const inner: unknown[] = Object.values(value).filter((part) => part !== null);
    if (inner.length === 0) return { kind: "blank" };
    if (inner.length > 1) break;
    [value] = inner;
  }
  return { kind: "unreadable", problem: "not-a-grade" };
}
