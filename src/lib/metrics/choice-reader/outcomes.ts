import { foldText } from "./fold-text.js";
import type { FoldedOptions } from "./folded-options.js";
import type { Found } from "./found.js";
import type { Scene } from "./scene.js";

/** A refusal is looked for at the beginning, with its reasons. */
const REFUSAL_REACH = 300;

/** Whether the response declines to answer. */
export function isRefusal({ text, phrases }: Scene): boolean {
  return phrases.refusal.test(text.slice(0, REFUSAL_REACH));
}

/** "None of these is right" is looked for at both ends. */
const NONE_REACH = 100;

/** Whether the response says that no option is what the question asks for; not where an option says it. */
export function saysNoneFits({ text, phrases, options }: Scene): boolean {
  const says =
    phrases.noneFits.test(text.slice(0, NONE_REACH)) || phrases.noneFits.test(text.slice(-NONE_REACH));
  return says && !Object.values(options?.texts ?? {}).some((option) => phrases.noneFits.test(option));
}

/** Between a letter and a text that belongs to it. */
const BELONGS = /^["')\]}>]{0,2} ?[.:)、(]? ?["'([]?/u;
const TEXT_OVER = /^["')\]}>]{0,3}(?:[。.,;!?、)\n]|$)/u;

/** Between a text and the letter in brackets that belongs to it: "cold pack (C)". */
const OPENS = /["')\]]{0,2} ?\($/u;

/**
 * Whether the letter found comes with the whole text of another option: "the answer is B: cold pack", "cold pack (B)",
 * where cold pack is C. Only a text right behind the letter or before its brackets counts, because what follows in the
 * next clause may be about another option.
 */
export function isContradicted(found: Found, { text, options }: Scene): boolean {
  if (options === null || found.letters.length !== 1) return false;
  const letter = found.letters[0] as string;
  const given = textBehind(found, text, options) ?? textBefore(found, text, options);
  return given !== null && given !== letter && options.keys.get(given) !== options.keys.get(letter);
}

function textBehind({ end }: Found, text: string, options: FoldedOptions): string | null {
  const place = end + (BELONGS.exec(text.slice(end, end + 8))?.[0].length ?? 0);
  const given = options.optionAt(text, place);
  return given !== null && TEXT_OVER.test(text.slice(given.end, given.end + 4)) ? given.letter : null;
}

function textBefore({ start, end }: Found, text: string, options: FoldedOptions): string | null {
  const opening = OPENS.exec(text.slice(Math.max(0, start - 4), start))?.[0];
  if (opening === undefined || text.charAt(end) !== ")") return null;
  const before = text.slice(0, start - opening.length);
  const whole = Object.entries(options.texts)
    .map(([letter, words]) => ({ letter, words: foldText(words).trim() }))
    .filter(({ words }) => words.length > 1 && before.endsWith(words))
    .sort((a, b) => b.words.length - a.words.length);
  return whole[0]?.letter ?? null;
}
