import { type Random, randomInteger } from "../../util/random.js";
import { type Edit, replaceSpan } from "./edit.js";
import type { MutationLanguage } from "./operator.js";

/** A pattern of text and what is written in the place of a match; null leaves that match alone. */
export interface Rewrite {
  /** With flag `g`. */
  readonly pattern: RegExp;
  readonly replace: (match: RegExpExecArray) => string | null;
}

/** Rewrites one place, drawn among all places where a rule applies. At one place the first rule of the list wins. */
export function rewriteOne(text: string, rules: readonly Rewrite[], random: Random): Edit | null {
  const places: { start: number; end: number; after: string }[] = [];
  for (const { pattern, replace } of rules) {
    for (const match of text.matchAll(pattern)) {
      const [before] = match;
      const start = match.index;
      const end = start + before.length;
      const after = replace(match as RegExpExecArray);
      const isTaken = places.some((place) => start < place.end && place.start < end);
      if (after !== null && after !== before && !isTaken) places.push({ start, end, after });
    }
  }
  if (places.length === 0) return null;
  const { start, end, after } = pickOne(
    places.sort((a, b) => a.start - b.start),
    random,
  );
  return replaceSpan(text, { start, end }, after);
}

export function pickOne<T>(values: readonly T[], random: Random): T {
  return values[randomInteger(random, values.length)] as T;
}

/**
 * Adds a sentence where the prose of an answer ends: inside the last string of a JSON answer, before a closing fence.
 * Null for an empty answer, and for JSON that does not end in a string.
 */
export function addSentence(answer: string, sentence: string, language: MutationLanguage): Edit | null {
  const at = endOfProse(answer);
  if (at === 0 || (isJsonShaped(answer) && answer[at] !== '"')) return null;
  const [lead, mark] = language === "zh" ? ["", "。"] : [" ", "."];
  const isEnded = /[。.!?！？；;\n]$/u.test(answer.slice(0, at));
  return replaceSpan(answer, { start: at, end: at }, `${isEnded ? "" : mark}${lead}${sentence}`);
}

function endOfProse(answer: string): number {
  const [closing] = /(?:["'\]}\s]|```)*$/u.exec(answer) as RegExpExecArray;
  return answer.length - closing.length;
}

/** Whether an answer is one JSON value, which text before or after it would break. */
export function isJsonShaped(answer: string): boolean {
  return /^\s*(?:```(?:json)?\s*)?[[{]/iu.test(answer);
}

/** Capitalises as the text before it was capitalised. */
export function inCaseOf(model: string, word: string): string {
  if (model.length > 1 && model === model.toUpperCase()) return word.toUpperCase();
  return model[0] === model[0]?.toUpperCase() ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
}
