import { labelsOption, type Mention } from "./mentions.js";
import { at } from "./phrases.js";
import type { ReadingContext } from "./reading-context.js";

/** Follows a letter that its option's text follows. */
const DELIMITER = /["')\]}>]{0,2} ?[.:)、,(]/uy;
/** From one option of a list to the next letter. */
const TO_NEXT = /["')\]}>.]{0,3}(?: ?[,、;/&+] ?| ?\n| )?(?:- ?)?/uy;
const OPENERS = /["'([{<]{0,3}(?:\\boxed ?\{)?/uy;
/** An option's text where the options are not known: no sentence. */
const SOME_TEXT =
  /[^。;!?\n]{1,40}?(?=["')\]}>]{0,2}(?: ?[、,\n]|和|与|及| ) ?(?:- ?)?["'([{<]{0,2}[A-Z]["')\]}>]{0,2} ?[.:)、])/uy;
/** Words of its own for an option (a translation), before the next one: the two are joined by "and". */
const OTHER_TEXT =
  /[^。;,，!?\n]{1,40}?(?=["')\]}>]{0,2} ?(?:、|和|与|及) ?["'([{<]{0,2}[A-Z]["')\]}>]{0,2} ?[.:)])/uy;
const LONGEST_LIST = 12;

/**
 * The list that a mention begins: "A. text、C. text", "D：text" on one line and "E：text" on the next, "A：text 和 B：text". Without
 * the options' texts only announced letters can begin one.
 */
export function extendList<M extends Mention>(mention: M, announced: boolean, around: ReadingContext): M {
  const letters = [...mention.letters];
  let end = mention.end;
  for (let i = 0; i < LONGEST_LIST; i += 1) {
    const next = nextOption(end, letters.at(-1) as string, announced, around);
    if (next === null) break;
    if (!letters.includes(next.letter)) letters.push(next.letter);
    end = next.end;
  }
  return end === mention.end ? mention : { ...mention, letters, end };
}

/** The next option of the list: letters without "and" or a comma ascend, because otherwise something new begins. */
function nextOption(
  end: number,
  last: string,
  announced: boolean,
  { text, options, phrases, allowed }: ReadingContext,
): { letter: string; end: number } | null {
  const behind = behindText(end, last, announced, text, options);
  if (behind === null) return null;
  const joined = after(phrases.joinTight, text, behind);
  const from = after(TO_NEXT, text, joined);
  const place = after(OPENERS, text, after(phrases.nounAhead, text, from));
  const letter = labelAt(text, place, options);
  if (letter === "" || !allowed.includes(letter) || letter === last) return null;
  const isJoined = /[、,;/&+]|\p{L}/u.test(text.slice(behind, from));
  if (/[A-Za-z0-9]/u.test(text.charAt(place - 1))) return null;
  const isNewLine = text.slice(joined, from).includes("\n");
  const own = options?.beginsAt(letter, text, place + 1) ?? false;
  if (letter < last && !(own && isJoined)) return null;
  // On a line of its own an option without its own text may begin a discussion.
  if (!own && (!at(DELIMITER, text, place + 1) || (options !== null && isNewLine))) return null;
  return { letter, end: place + 1 };
}

/** The letter at this place, as a capital where a small one labels its option: "b) bed rest". */
function labelAt(text: string, place: number, options: ReadingContext["options"]): string {
  const letter = text.charAt(place);
  const capital = letter.toUpperCase();
  return letter !== capital && labelsOption(text, capital, place + 1, options) ? capital : letter;
}

/** Where the text of an option ends that follows its letter; null if another text follows. */
function behindText(
  end: number,
  letter: string,
  announced: boolean,
  text: string,
  options: ReadingContext["options"],
): number | null {
  const own = options?.optionAt(text, end) ?? null;
  if (own !== null) return own.letter === letter ? own.end : null;
  if (!announced || !at(DELIMITER, text, end)) return null;
  const pattern = options === null ? SOME_TEXT : OTHER_TEXT;
  pattern.lastIndex = DELIMITER.lastIndex;
  return pattern.test(text) ? pattern.lastIndex : null;
}

/** Where a match that begins at this place ends; the place itself if there is none. */
function after(pattern: RegExp, text: string, place: number): number {
  return at(pattern, text, place) ? pattern.lastIndex : place;
}
