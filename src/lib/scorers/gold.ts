import { InputError } from "../errors.js";
import type { JsonObject } from "../metrics/json-answer.js";

/** @throws InputError if the gold answer is neither a list of strings nor text that can be split into one */
export function goldList(gold: unknown, scorer: string): string[] {
  if (typeof gold === "string") return gold.split(/[,，、|;；\s]+/u).filter((member) => member !== "");
  if (Array.isArray(gold) && gold.every((member) => typeof member === "string")) return gold;
  throw new InputError(`${scorer}: gold is ${JSON.stringify(gold)}, expected a JSON list of strings`);
}

/** @throws InputError if the gold answer is not a JSON object */
export function goldObject(gold: unknown, scorer: string): JsonObject {
  if (gold !== null && typeof gold === "object" && !Array.isArray(gold)) return gold as JsonObject;
  throw new InputError(`${scorer}: gold is ${JSON.stringify(gold)}, expected a JSON object`);
}
