import { type Mention, mentionsOf } from "./mentions.js";
import { at } from "./phrases.js";
import { type Place, PlaceInText } from "./place.js";
import type { ReadingContext } from "./reading-context.js";
import { Surroundings } from "./surroundings.js";

/** A response prepared for the rules: its text and every place that names options. */
export interface Scene extends ReadingContext {
  readonly mentions: readonly Place[];
  /** Whether the item may have several correct letters. */
  readonly multiple: boolean;
}

export function sceneOf(context: ReadingContext, multiple: boolean): Scene {
  const { text, allowed, question } = context;
  const mentions = mentionsOf(context).filter((mention) => !question?.restated.covers(text, mention));
  const around = new Surroundings(context);
  const places: PlaceInText[] = [];
  for (const [i, mention] of mentions.entries()) {
    // Part of a list that an earlier letter begins.
    if (mention.start < (places.at(-1)?.end ?? 0)) continue;
    const place = new PlaceInText(mention, mentions[i + 1]?.start ?? text.length, around);
    if (!isChosenFrom(place, around)) places.push(place);
  }
  return { ...context, mentions: withoutWalk(places, text, allowed), multiple };
}

/** Whether letters are only what one is chosen from: "ABCD中B最佳", "of A, B and C, B is best". */
const isChosenFrom = ({ letters, start, end, announced }: Place, { text, phrases }: ReadingContext) =>
  letters.length > 1 &&
  !announced &&
  (at(phrases.amidBefore, text, start) || at(phrases.amidBehind, text, end));

/** Behind the letter of a step: "A. ", "A:". */
const STEP = /["')\]}>]{0,2} ?[.:)、]/uy;

/** Whether a letter begins a line and its option's discussion. */
const isStep = ({ letters, start, end }: Mention, text: string) =>
  letters.length === 1 &&
  at(STEP, text, end) &&
  /(?:^|\n)["'([#>• -]{0,4}$/u.test(text.slice(Math.max(0, start - 6), start));

/** "Let us look at the options:" before lines A, B, C announces no answer, and "… are:" before a bare list of them completes none. */
function withoutWalk(places: readonly PlaceInText[], text: string, allowed: string): readonly Place[] {
  const lines = places.filter((place) => isStep(place, text));
  const index = lines.findIndex(
    (line, i) => line.letters[0] === allowed[0] && lines[i + 1]?.letters[0] === allowed[1],
  );
  const [first, second] = [lines[index], lines[index + 1]];
  if (first === undefined || second === undefined || first.markup !== null) return places;
  first.announced = false;
  const between = text.slice(first.end, second.start);
  if (between.length < LONGEST_LISTED && between.split("\n").length === 2) first.opensList();
  return places;
}

/** The longest line of a bare list of options. */
const LONGEST_LISTED = 100;
