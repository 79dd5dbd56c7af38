import { type ItemScore, type Rate, rate, scored, unscored } from "./item-score.js";
import {
  type FoundJson,
  findJsonObjects,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "./json-answer.js";
import { parsePlainNumber } from "./number-text.js";
import { withoutReasoning } from "./reasoning-marks.js";
import { normalizeText } from "./text-normalization.js";

/** Options of `scoreFields`. */
export interface FieldAccuracyOptions {
  /** Largest difference at which two numbers still count as equal. Default 0.01 (one fen). */
  readonly tolerance?: number;
  /** Values that mean "not stated"; they equal only each other. Default `未知`. */
  readonly unknown?: readonly string[];
}

/** Fields read from an answer. */
export interface ParsedFields {
  /** Of the response's JSON objects with the most expected fields, the last: a draft, an example or a remark may come before or after it. */
  readonly answer: JsonObject;
  /** One entry per gold key, in the gold's order. */
  readonly perField: Readonly<Record<string, boolean>>;
  /** Gold keys missing from the answer: counted as wrong. */
  readonly missing: readonly string[];
  /** Keys of the answer that are not in the gold: ignored. */
  readonly extra: readonly string[];
  readonly repairs: number;
}

/**
 * Field accuracy of a JSON answer (protocols P01.4-3): each gold key is one unit, correct if the values are equal after
 * normalizing. Numbers: `元`, `¥` and thousands commas dropped, equal within `tolerance`. Text: NFKC, white space and
 * final punctuation dropped. `未知` equals only `未知`. A missing key is wrong, an extra key is ignored; keys are compared
 * after text normalization, so `体温（℃）` matches `体温(℃)`. Lists are compared element by element in order. Of several complete JSON
 * objects, the last one with the most expected fields counts.
 *
 * @returns score = correct / total, `parts` for pooling; status `invalid` when the response contains no JSON object
 *   (parts then count 0 of all fields), `excluded` when the gold answer has no fields
 * @example scoreFields('{"总费用": "3,300元"}', { 总费用: 3300 }).score // 1
 */
export function scoreFields(
  text: string | null,
  gold: JsonObject,
  { tolerance = 0.01, unknown = ["未知"] }: FieldAccuracyOptions = {},
): ItemScore<ParsedFields, "correct" | "total"> {
  const keys = Object.keys(gold);
  const parts = { correct: 0, total: keys.length };
  if (keys.length === 0) return unscored("excluded", "the gold answer has no fields", parts);
  const response = withoutReasoning(text ?? "").trim();
  if (response === "") return unscored("empty", "no answer", parts);
  const found = finalObject(findJsonObjects(response), keys);
  if (found === undefined) return unscored("invalid", "no JSON object in the answer", parts);

  const unknowns = new Set(unknown.map(normalizeText));
  const given = keyIndex(found.value);
  const perField = new Map<string, boolean>();
  const missing: string[] = [];
  for (const key of keys) {
    const value = Object.hasOwn(found.value, key) ? found.value[key] : given.get(normalizeText(key));
    if (value === undefined) missing.push(key);
    perField.set(key, value !== undefined && equalValues(value, gold[key] as JsonValue, tolerance, unknowns));
  }
  const correct = [...perField.values()].filter(Boolean).length;
  const expected = new Set(keys.map(normalizeText));
  const extra = Object.keys(found.value).filter((key) => !expected.has(normalizeText(key)));
  const parsed = {
    answer: found.value,
    perField: Object.fromEntries(perField),
    missing,
    extra,
    repairs: found.repairs,
  };
  return scored(correct / keys.length, parsed, { correct, total: keys.length });
}

/** The last of the objects that have the most of the expected keys; undefined if there is none. */
function finalObject(
  objects: readonly FoundJson<JsonObject>[],
  keys: readonly string[],
): FoundJson<JsonObject> | undefined {
  const expected = new Set(keys.map(normalizeText));
  const counted = objects.map((object) => ({
    object,
    n: new Set(
      Object.keys(object.value)
        .map(normalizeText)
        .filter((key) => expected.has(key)),
    ).size,
  }));
  const most = Math.max(0, ...counted.map(({ n }) => n));
  // An object without any expected field is the answer only if there is no other; then the first, as it may be a wrapper.
  return most === 0 ? objects[0] : counted.findLast(({ n }) => n === most)?.object;
}

/** Correct fields over all fields of all items (micro): the task's field accuracy. */
export function fieldAccuracy(items: Iterable<{ readonly correct: number; readonly total: number }>): Rate {
  let correct = 0;
  let total = 0;
  for (const item of items) {
    correct += item.correct;
    total += item.total;
  }
  return rate(correct, total, "no fields were expected");
}

function keyIndex(answer: JsonObject): ReadonlyMap<string, JsonValue> {
  const index = new Map<string, JsonValue>();
  for (const [key, value] of Object.entries(answer)) {
    const name = normalizeText(key);
    if (!index.has(name)) index.set(name, value);
  }
  return index;
}

function equalValues(a: JsonValue, b: JsonValue, tolerance: number, unknown: ReadonlySet<string>): boolean {
  if (isJsonArray(a) || isJsonArray(b)) {
    if (!isJsonArray(a) || !isJsonArray(b) || a.length !== b.length) return false;
    return a.every((value, i) => equalValues(value, b[i] as JsonValue, tolerance, unknown));
  }
  if (isJsonObject(a) || isJsonObject(b)) {
    if (!isJsonObject(a) || !isJsonObject(b)) return false;
    const keys = Object.keys(b);
    if (keys.length !== Object.keys(a).length) return false;
    return keys.every((key) => {
      const value = Object.hasOwn(a, key) ? a[key] : undefined;
      return value !== undefined && equalValues(value, b[key] as JsonValue, tolerance, unknown);
    });
  }
  if (a === null || b === null || typeof a === "boolean" || typeof b === "boolean") return a === b;
  const [textA, textB] = [normalizeText(String(a)), normalizeText(String(b))];
  if (unknown.has(textA) || unknown.has(textB)) return unknown.has(textA) && unknown.has(textB);
  const [x, y] = [parsePlainNumber(textA), parsePlainNumber(textB)];
  // 100.01 - 100 is 0.01000000000000512 in binary; the slack makes "within 0.01" mean what a reader expects.
  if (x !== null && y !== null) return Math.abs(x - y) <= tolerance + 1e-9 * Math.max(1, Math.abs(y));
  return textA === textB;
}
