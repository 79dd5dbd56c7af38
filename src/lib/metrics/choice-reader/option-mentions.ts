import { foldText } from "./fold-text.js";
import type { OptionTexts } from "./option-text.js";
import { sentenceEnd, sentenceStart } from "./reading-text.js";

/** A place where an option's whole text stands. */
export interface OptionMention {
  readonly letter: string;
  readonly start: number;
  readonly end: number;
  readonly sentence: { readonly start: number; readonly end: number };
}

/** More places of one option say nothing new: the first and the last of a text that repeats itself. */
const MOST = 60;

/** The text in which options are looked for by their words: one case and one width. */
export const comparable = (text: string) => foldText(text).normalize("NFKC").toLowerCase();

const isWordCharacter = (character: string) => /[\p{Script=Latin}\p{N}]/u.test(character);

/**
 * Every place where an option's whole text stands in a text made by `comparable`, in the order of the text; not inside a
 * longer word or inside the text of a longer option.
 */
export function optionsMentioned(text: string, options: OptionTexts): OptionMention[] {
  const found = Object.entries(options).flatMap(([letter, words]) =>
    placesOf(text, letter, comparable(words).trim()),
  );
  const inside = (a: OptionMention, b: OptionMention) =>
    b.start <= a.start && a.end <= b.end && b.end - b.start > a.end - a.start;
  return found
    .filter((mention) => !found.some((other) => inside(mention, other)))
    .sort((a, b) => a.start - b.start);
}

function placesOf(text: string, letter: string, words: string): OptionMention[] {
  const places: OptionMention[] = [];
  if (words === "") return places;
  for (
    let start = text.indexOf(words);
    start >= 0 && places.length < MOST;
    start = text.indexOf(words, start + words.length)
  ) {
    const end = start + words.length;
    if (isWordCharacter(words.charAt(0)) && isWordCharacter(text.charAt(start - 1))) continue;
    if (isWordCharacter(words.charAt(words.length - 1)) && isWordCharacter(text.charAt(end))) continue;
    places.push({
      letter,
      start,
      end,
      sentence: { start: sentenceStart(text, start), end: sentenceEnd(text, end) },
    });
  }
  return places;
}
