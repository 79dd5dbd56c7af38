import { everyMatch } from "./every-match.js";
import type { Found } from "./found.js";
import { at } from "./phrases.js";
import type { Place } from "./place.js";
import type { Scene } from "./scene.js";

/** How far behind its opening words a correction may name its letter. */
const REACH = 100;
/** Longest rest of a response in which the words of a correction are the whole statement: "No, scratch that." */
const BARE = 12;
/** Between the words of a correction and a letter that they give: ", it should have been option ". */
const NEXT = 16;
/** "B，C也可以", "B 项或 C 项均可": a second answer behind the first. */
const ALSO =
  /^["')\]]{0,2} ?(?:选项|项)? ?(?:[,、;] ?|或者?|和|与|及)(?:选项)? ?([A-Z]) ?(?:选项|项)? ?(?:均|都|也|亦|同样)(?:可|行|对|正确|是|适|算)/u;
/** "A，也可能是D", "A, but it could also be D": an answer that stays open. */
const ALTERNATIVE =
  /^["')\]]{0,2} ?(?:选项|项)?[,;。]? ?(?:但|不过|然而)?(?:也|亦)(?:有)?(?:可能|许)(?:是|为|选|选择)?(?:选项)? ?([A-Z])(?![A-Za-z])|^["')\]]{0,2}[,;]? (?:but |or )?(?:(?:it )?(?:might|may|could) also be|possibly|perhaps|maybe)(?: option)? ([A-Z])(?![A-Za-z])/u;
/** "C和D中更倾向于前者", "Both A and B are reasonable, but the guideline prefers the latter". */
const ONE_OF_TWO = /前者|后者|(?:the|The) (?:former|latter)/u;

/**
 * The letters of a rule after what the response says of them later on: the letter of a correction ("Correction: C"), two
 * where a second is put next to the first. Null where the answer is taken back without another, or where it stays
 * open which letter a correction or "the latter" means.
 */
export function asCorrected(found: Found, scene: Scene): Found | null {
  const { text, allowed } = scene;
  const behind = text.slice(found.end, found.end + 40);
  const also = found.letters.length === 1 ? alsoNamed(behind) : undefined;
  if (also !== undefined && allowed.includes(also) && !found.letters.includes(also))
    return { ...found, letters: [...found.letters, also] };
  if (found.letters.length > 1 && !scene.multiple && ONE_OF_TWO.test(behind)) return null;
  return corrected(found, scene);
}

function alsoNamed(behind: string): string | undefined {
  const alternative = ALTERNATIVE.exec(behind);
  return ALSO.exec(behind)?.[1] ?? alternative?.[1] ?? alternative?.[2];
}

function corrected(found: Found, { text, mentions, phrases }: Scene): Found | null {
  let current: Found | null = found;
  for (const from of correctionsBehind(found.end, text, mentions, phrases.correction)) {
    const named = mentions.filter(({ start }) => start >= from && start <= from + REACH);
    const open = named.filter((place) => isMeant(place, text, phrases.disowned));
    const letters = [...new Set(open.flatMap((place) => place.letters))];
    const [first] = open;
    if (first !== undefined) {
      if (letters.join() === found.letters.join()) continue;
      // Letters of two statements, or one in passing: which of them the correction means stays open.
      current =
        first.letters.length === letters.length &&
        isGiven(first, text.slice(from, first.start), phrases.denies)
          ? { letters, start: first.start, end: first.end, readBy: "correction" }
          : null;
    } else if (named.length === 0 ? isBare(text, from) : named.some((place) => isSame(place, found)))
      current = null;
  }
  return current;
}

/** The longest words of a correction, with what is before them. */
const LONGEST = 100;

/** Where the words of corrections end that can say something: with a letter soon behind them, or at the end of the text. */
function correctionsBehind(
  end: number,
  text: string,
  mentions: readonly Place[],
  correction: RegExp,
): number[] {
  const pieces: { start: number; end: number }[] = [];
  const add = (start: number, to: number) => {
    const last = pieces.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, to);
    else pieces.push({ start, end: to });
  };
  for (const { start } of mentions) if (start >= end) add(Math.max(end, start - REACH - LONGEST), start);
  add(Math.max(end, text.length - BARE - LONGEST), text.length);
  return pieces.flatMap((piece) =>
    Array.from(everyMatch(text.slice(piece.start, piece.end), correction))
      // A piece begins in the middle of a sentence, so that its first word opens nothing.
      .filter(({ index }) => index > 0 || piece.start === end)
      .map(({ 0: words, index }) => piece.start + index + words.length),
  );
}

const isMeant = (place: Place, text: string, disowned: RegExp) =>
  !place.denied && !place.rejected && !place.foreign && !place.tentative && !at(disowned, text, place.end);

/** Whether a letter is given as the answer, by its words or by standing right behind those of the correction. */
const isGiven = (place: Place, between: string, denies: RegExp) =>
  place.announced ||
  place.praised ||
  (!denies.test(between.split(/[.。!;]/u).at(-1) ?? "") && (place.completed || between.length <= NEXT));

const isSame = ({ letters }: Place, found: Found) => letters.some((letter) => found.letters.includes(letter));

/** Whether a correction says nothing but that: the answer before it is taken back. */
const isBare = (text: string, from: number) => text.length - from <= BARE;
