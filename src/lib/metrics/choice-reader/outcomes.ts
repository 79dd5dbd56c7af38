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

/**
 * Whether the letter found comes with the whole text of another option: "the answer is B: cold pack", where cold pack is
 * C. Only a text right behind the letter counts, because what follows in the next clause may be about another option.
 */
export function isContradicted({ letters, end }: Found, { text, options }: Scene): boolean {
  if (options === null || letters.length !== 1) return false;
  const place = end + (BELONGS.exec(text.slice(end, end + 8))?.[0].length ?? 0);
  const given = options.optionAt(text, place);
  if (given === null || given.letter === letters[0]) return false;
  return (
    options.keys.get(given.letter) !== options.keys.get(letters[0] as string) &&
    TEXT_OVER.test(text.slice(given.end, given.end + 4))
  );
}
