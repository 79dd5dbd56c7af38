import { type JsonValue, readTolerantJson, type UnclosedQuotes } from "./tolerant-json.js";

export type { JsonValue };
/** A JSON object. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** A JSON value found in a text. */
export interface FoundJson<T> {
  readonly value: T;
  /** Number of deviations from strict JSON that were repaired; 0 for a strict document. */
  readonly repairs: number;
}

/** Limits the work on prose with thousands of braces: each attempt may read the whole rest of the text. */
const maximumStarts = 200;

/** True for a JSON object, as opposed to an array, a scalar or null. */
export function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for a JSON array; unlike `Array.isArray` it narrows to a readonly array. */
export function isJsonArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/**
 * The first JSON object in a response, bare, inside prose or inside a ```json fence; null if there is none.
 *
 * Tolerates common mistakes in models' JSON (trailing commas, single or typographic quotes, full-width punctuation,
 * comments, Python's None/True/False, unquoted scalars such as `3300元`) and counts each as a repair. A truncated object
 * is not completed. Nothing is ever evaluated.
 */
export function findJsonObject(text: string): FoundJson<JsonObject> | null {
  return find(text, "{｛", isJsonObject);
}

/**
 * All JSON objects in a response that are not inside one another, in their order, read by the rules of `findJsonObject`.
 */
export function findJsonObjects(text: string): readonly FoundJson<JsonObject>[] {
  const found: FoundJson<JsonObject>[] = [];
  const unclosed: UnclosedQuotes = new Map();
  let tries = 0;
  for (let at = 0; at < text.length && tries < maximumStarts; at += 1) {
    if (!"{｛".includes(text[at] as string)) continue;
    tries += 1;
    const read = readTolerantJson(text, at, unclosed);
    if (read === null || !isJsonObject(read.value)) continue;
    found.push({ value: read.value, repairs: read.repairs });
    at = read.end - 1;
  }
  return found;
}

/** The first JSON array in a response for which `accepts` is true, read by the rules of `findJsonObject`. */
export function findJsonArray(
  text: string,
  accepts: (value: readonly JsonValue[]) => boolean = () => true,
): FoundJson<readonly JsonValue[]> | null {
  return find(text, "[［", (value): value is readonly JsonValue[] => isJsonArray(value) && accepts(value));
}

function find<T extends JsonValue>(
  text: string,
  starts: string,
  wanted: (value: JsonValue) => value is T,
): FoundJson<T> | null {
  const unclosed: UnclosedQuotes = new Map();
  let tries = 0;
  for (let at = 0; at < text.length && tries < maximumStarts; at += 1) {
    if (!starts.includes(text[at] as string)) continue;
    tries += 1;
    const read = readTolerantJson(text, at, unclosed);
    if (read !== null && wanted(read.value)) return { value: read.value, repairs: read.repairs };
  }
  return null;
}
