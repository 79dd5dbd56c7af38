import { InputError } from "../../../src/lib/errors.js";
import type { FileSample } from "./file-sample.js";

type Found = Pick<FileSample, "format" | "place" | "records" | "lines" | "document">;
type Fields = Readonly<Record<string, unknown>>;

/** A JSON document that has no records. */
export class NoRecords extends InputError {}

/**
 * The records of a JSON or JSON Lines text: the lines, the entries of a list, the longest list of objects inside the document, or
 * the document's values if they are objects of one kind.
 *
 * @throws InputError if there are none
 */
export function recordsIn(text: string, isDocument: boolean, path: string): Found {
  const document = isDocument ? parsed(text) : undefined;
  if (document === undefined) return { ...lines(text, path), format: isDocument ? "json" : "jsonl" };
  const objects = objectsOf(document);
  if (objects !== null)
    return {
      format: "json",
      place: [],
      records: objects,
      lines: entriesOf(document as unknown[]),
      document: {},
    };
  if (!isObject(document))
    throw new NoRecords(`${path}: neither a list of records nor an object`, {
      hint: "Records are JSON objects, one for each question or answer.",
    });
  const values = Object.values(document);
  if (values.length > 1 && values.every(isObject) && areAlike(values))
    return {
      format: "json",
      place: "values",
      records: values.map((value, at) => ({ ...value, key: Object.keys(document)[at] })),
      lines: entriesOf(values),
      document: {},
    };
  const list = longestList(document, []);
  if (list === null) return { format: "json", place: [], records: [document], lines: [1], document: {} };
  return { format: "json", ...list, document };
}

/** NaN and Infinity, as Python writes them, cost their own value only. */
export function withoutNan(text: string): string {
  return text.replace(/([:[,]\s*)(?:NaN|-?Infinity)(?=\s*[,}\]])/g, "$1null");
}

function parsed(text: string): unknown {
  for (const attempt of [text, withoutNan(text)]) {
    try {
      return JSON.parse(attempt);
    } catch {
      // The next attempt, or lines.
    }
  }
  return undefined;
}

function lines(text: string, path: string): Omit<Found, "format"> {
  const records: Fields[] = [];
  const numbers: number[] = [];
  let first: { line: number; text: string } | null = null;
  for (const [at, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === "") continue;
    const value = parsed(line);
    if (isObject(value)) {
      records.push(value);
      numbers.push(at + 1);
    } else first ??= { line: at + 1, text: line.trim().slice(0, 60) };
  }
  if (records.length > 0) return { place: [], records, lines: numbers, document: {} };
  throw new InputError(
    first === null
      ? `${path} is empty`
      : `${path} line ${first.line}: not a JSON object: ${JSON.stringify(first.text)}`,
    { hint: "Records are JSON objects: one on each line, or a list of them in a .json file." },
  );
}

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The objects of a list; null for anything else. */
function objectsOf(value: unknown): readonly Fields[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const objects = value.filter(isObject);
  return objects.length >= value.length * 0.9 ? objects : null;
}

/** The numbers of the objects of a list among its entries. */
function entriesOf(list: readonly unknown[]): number[] {
  return list.flatMap((entry, at) => (isObject(entry) ? [at + 1] : []));
}

/** Whether objects share most of their keys. */
function areAlike(values: readonly Fields[]): boolean {
  const counts = new Map<string, number>();
  for (const value of values)
    for (const key of Object.keys(value)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const shared = [...counts.values()].filter((n) => n >= values.length * 0.9).length;
  return shared >= 1 && shared >= counts.size / 3;
}

function longestList(
  value: Fields,
  place: readonly string[],
): (Pick<Found, "records" | "lines"> & { readonly place: readonly string[] }) | null {
  let best: ReturnType<typeof longestList> = null;
  for (const [key, inner] of Object.entries(value)) {
    const objects = objectsOf(inner);
    const found =
      objects !== null
        ? { place: [...place, key], records: objects, lines: entriesOf(inner as unknown[]) }
        : isObject(inner) && place.length < 3
          ? longestList(inner, [...place, key])
          : null;
    // Of lists with one length, the one further up.
    if (found !== null && found.records.length > (best?.records.length ?? 0)) best = found;
  }
  return best;
}
