import { refusedGold, unwrapped } from "./gold.js";

/** A key point or criterion as it is stored. */
type KeyPoint = string | Readonly<Record<string, unknown>>;

/**
 * Key points or criteria of an item: a list of texts, or of `{text, points, tags}` with a number of points. A list without
 * entries means that the item has none.
 *
 * @param value parsed JSON, or text that contains JSON
 * @returns the list as it came, numbers that were written as text turned into numbers
 * @throws InputError naming the entry that is wrong
 */
export function checkKeyPoints(value: unknown): readonly KeyPoint[] {
  const list = unwrapped(value, "[");
  if (!Array.isArray(list))
    throw refusedGold(
      "key_points",
      value,
      "expected a JSON list of texts or of {text, points, tags}",
      "map a list, for example to_json(string_split(points, ';'))",
    );
  return list.map((entry: unknown, at): KeyPoint => {
    const refuse = (problem: string): never => {
      throw refusedGold("key_points", entry, `${problem} (entry ${at + 1} of ${list.length})`);
    };
    if (typeof entry === "string") return entry.trim() === "" ? refuse("an empty text") : entry;
    if (typeof entry !== "object" || entry === null || Array.isArray(entry))
      return refuse("expected a text or {text, points, tags}");
    const { text, points, tags } = entry as Readonly<Record<string, unknown>>;
    if (typeof text !== "string" || text.trim() === "") return refuse('whose "text" is missing or empty');
    const isTagged =
      tags === undefined ||
      tags === null ||
      (Array.isArray(tags) && tags.every((tag) => typeof tag === "string"));
    if (!isTagged) return refuse('whose "tags" are not a list of texts');
    if (points === undefined || typeof points === "number") return entry as KeyPoint;
    const number = typeof points === "string" && points.trim() !== "" ? Number(points) : Number.NaN;
    return Number.isFinite(number) ? { ...entry, points: number } : refuse('whose "points" are no number');
  });
}
