import { type Random, randomInteger } from "../util/random.js";
import { type Edit, replaceSpan } from "./edit.js";
import type { MutationLanguage } from "./operator.js";

/** A pattern and the replacement of a match; null leaves that match unchanged. */
export interface Rewrite {
  /** Must have the flag `g`. */
  readonly pattern: RegExp;
  readonly replace: (match: RegExpExecArray) => string | null;
}

/**
 * Rewrites one match, drawn at random from the matches of all rules. Of overlapping matches the one that starts first
 * counts; of those that start together, the one of the earlier rule.
 */
export function rewriteOne(text: string, rules: readonly Rewrite[], random: Random): Edit | null {
  const places = rules
    .flatMap(({ pattern, replace }) =>
      [...text.matchAll(pattern)].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
        after: replace(match),
      })),
    )
    .sort((a, b) => a.start - b.start);
  const free: { start: number; end: number; after: string }[] = [];
  for (const { start, end, after } of places) {
    const isTaken = start < (free.at(-1)?.end ?? 0);
    if (after !== null && after !== text.slice(start, end) && !isTaken) free.push({ start, end, after });
  }
  if (free.length === 0) return null;
  const { after, ...span } = pickOne(free, random);
  return replaceSpan(text, span, after);
}

export function pickOne<T>(values: readonly T[], random: Random): T {
  return values[randomInteger(random, values.length)] as T;
}

/**
 * Adds a sentence at the end of an answer's prose: inside the last string of a JSON answer, before a closing fence.
 * Null for an empty answer, and for JSON that does not end in a string.
 */
export function addSentence(answer: string, sentence: string, language: MutationLanguage): Edit | null {
  const at = endOfProse(answer);
  if (at === 0 || (isJsonShaped(answer) && answer[at] !== '"')) return null;
  const [lead, mark] = language === "zh" ? ["", "。"] : [" ", "."];
  const isEnded = /[。.!?！？；;\n]$/u.test(answer.slice(0, at));
  return replaceSpan(answer, { start: at, end: at }, `${isEnded ? "" : mark}${lead}${sentence}`);
}

/** Position at which the closing quotes, brackets, fences and white space of an answer begin. */
function endOfProse(answer: string): number {
  let end = answer.length;
  while (end > 0 && /["'\]}`\s]/u.test(answer[end - 1] as string)) end -= 1;
  return end;
}

/** Whether an answer is one JSON value, which text before or after it would break. */
export function isJsonShaped(answer: string): boolean {
  return /^\s*(?:```(?:json)?\s*)?[[{]/iu.test(answer);
}

/** Capitalizes `word` like `model`. */
export function inCaseOf(model: string, word: string): string {
  if (model.length > 1 && model === model.toUpperCase()) return word.toUpperCase();
  return model[0] === model[0]?.toUpperCase() ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
}
