import { InputError } from "../errors.js";
import type { JsonObject } from "../metrics/json-answer.js";

/** A gold answer as messages show it: JSON, cut after 80 characters. */
export function shownGold(gold: unknown): string {
  const text = JSON.stringify(gold) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** The error for a gold answer that cannot be used. */
export function refusedGold(scorer: string, gold: unknown, problem: string, hint?: string): InputError {
  return new InputError(
    `${scorer}: gold is ${shownGold(gold)}, ${problem}`,
    hint === undefined ? {} : { hint },
  );
}

/** Text that contains JSON stands for it: mappings often write `to_json` of a column that is JSON text already. */
export function unwrapped(gold: unknown, opening: "[" | "{"): unknown {
  if (typeof gold !== "string" || !gold.trimStart().startsWith(opening)) return gold;
  try {
    return JSON.parse(gold);
  } catch {
    return gold;
  }
}

/**
 * The members of a gold answer that is a list of texts, or one text that is split as answers are.
 *
 * @param separators where the text of an answer is split
 * @throws InputError for anything else, and for an empty member
 */
export function goldList(gold: unknown, scorer: string, separators: RegExp): string[] {
  const value = unwrapped(gold, "[");
  const members = typeof value === "string" ? [value] : value;
  if (!Array.isArray(members) || !members.every((member) => typeof member === "string"))
    throw refusedGold(
      scorer,
      gold,
      "expected a JSON list of texts",
      "map a list, for example to_json(string_split(answer, ';'))",
    );
  const isSplit = members.flatMap((member) => member.split(separators).map((part) => part.trim()));
  if (typeof value !== "string" && members.some((member) => member.trim() === ""))
    throw refusedGold(scorer, gold, "a list with an empty text");
  return [...new Set(isSplit.filter((member) => member !== ""))];
}

/** Names of a set, split as `parseSet` splits answers. @throws InputError as `goldList` */
export function goldNames(gold: unknown, scorer: string): string[] {
  return goldList(gold, scorer, /[,，、|｜;；\r\n]+/u);
}

/** @throws InputError if the gold answer is not a JSON object, or text that contains one */
export function goldObject(gold: unknown, scorer: string): JsonObject {
  const value = unwrapped(gold, "{");
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return value as JsonObject;
  throw refusedGold(
    scorer,
    gold,
    "expected a JSON object",
    "map an object from field to value, for example json_object('age', age, 'sex', sex)",
  );
}
