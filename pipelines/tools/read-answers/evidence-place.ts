import { FOLDED } from "../../../src/lib/metrics/choice-reader/clean.js";

const PLAIN = new Map<string, string>(FOLDED);

/**
 * Where the words of a reading are in the response as received, as a range of UTF-16 units; null if they are not there word by
 * word. Blanks, line ends, markdown and punctuation may differ, full-width letters and traditional characters count as their
 * plain forms. Of several places the last: rules prefer later statements.
 *
 * @example placeOf("The **answer** is B.", "answer is B") // {start: 6, end: 19}
 */
export function placeOf(
  text: string,
  words: string,
): { readonly start: number; readonly end: number } | null {
  const wanted = signs(words);
  const given = signs(text);
  if (wanted.plain.length === 0) return null;
  const at = given.plain.lastIndexOf(wanted.plain);
  const first = given.places[at];
  const last = given.places[at + wanted.plain.length - 1];
  if (at < 0 || first === undefined || last === undefined) return null;
  return { start: first, end: last + ((text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1) };
}

/** Letters and digits in their plain form, and where each is. */
function signs(text: string): { readonly plain: string; readonly places: readonly number[] } {
  let plain = "";
  const places: number[] = [];
  for (const { 0: character, index } of text.matchAll(/[\p{L}\p{N}Ⓐ-ⓩ]/gu)) {
    const folded = PLAIN.get(character) ?? character;
    plain += folded;
    for (let i = 0; i < folded.length; i += 1) places.push(index);
  }
  return { plain, places };
}
