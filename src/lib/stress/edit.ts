import { InputError } from "../errors.js";

/** Where an edit took place, in UTF-16 units of the text before it; `start` equals `end` for an insertion. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One edit of an answer: everything outside `span` is unchanged. */
export interface Edit {
  /** The whole text after the edit. */
  readonly text: string;
  readonly span: Span;
  /** Text of the span before the edit. */
  readonly before: string;
  /** Text that replaces it. */
  readonly after: string;
}

/**
 * Replaces one span of a text and nothing else.
 *
 * @throws InputError if the span is outside the text
 * @example replaceSpan("take 5 mg", { start: 5, end: 6 }, "50").text // "take 50 mg"
 */
export function replaceSpan(text: string, { start, end }: Span, after: string): Edit {
  if (!(start >= 0 && start <= end && end <= text.length)) {
    throw new InputError(`replaceSpan: span ${start} to ${end} is outside a text of ${text.length} units`);
  }
  return {
    text: text.slice(0, start) + after + text.slice(end),
    span: { start, end },
    before: text.slice(start, end),
    after,
  };
}

/**
 * The smallest edit that turns one text into another; null if they are equal.
 *
 * @example editBetween("take 5 mg", "take 50 mg")?.after // "0"
 */
export function editBetween(text: string, edited: string): Edit | null {
  if (text === edited) return null;
  const shorter = Math.min(text.length, edited.length);
  let start = 0;
  while (start < shorter && text[start] === edited[start]) start += 1;
  if (start > 0 && isHighSurrogate(text[start - 1])) start -= 1;
  let tail = 0;
  while (tail < shorter - start && text.at(-1 - tail) === edited.at(-1 - tail)) tail += 1;
  if (tail > 0 && isLowSurrogate(text.at(-tail))) tail -= 1;
  return replaceSpan(text, { start, end: text.length - tail }, edited.slice(start, edited.length - tail));
}

// A span must not begin or end inside a surrogate pair, because half a pair is not a character.
const isHighSurrogate = (unit: string | undefined) =>
  unit !== undefined && unit >= "\ud800" && unit < "\udc00";
const isLowSurrogate = (unit: string | undefined) =>
  unit !== undefined && unit >= "\udc00" && unit < "\ue000";
