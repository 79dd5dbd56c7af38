import { at } from "./phrases.js";
import type { Place } from "./place.js";
import type { Scene } from "./scene.js";

/** Letters that a rule found, and where. */
export interface Found {
  readonly letters: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly readBy: string;
}

/** One way in which a response gives its answer, tried on the scene; null if the response does not give it in this way. */
export interface VerdictRule {
  readonly name: string;
  readonly read: (scene: Scene) => Found | null;
}

/** A verdict within this many characters of an end of the response is not one of a discussion in its middle. */
export const NEAR = 100;

export const OPENERS = /^[\s"'([{<>#✅✓✔☑👉➡→✖-]{0,12}$/u;
export const DELIMITED =
  /["')\]}>]{0,2} ?[).:;\]}>、,。"(|/✅✓✔☑👉➡→!吧]| [\u3400-\u9fff]|["')\]}>]{0,2}(?:\n|$)| ?[–—−-] /uy;
export const STRICT_DELIMITER = /["')\]}>]{0,2} ?[.:)、]/uy;

/** Whether the item asks for the option that is wrong, or does not belong to the others. */
export const asksForWrong = ({ question }: Scene) => (question?.asks ?? "right") !== "right";

/** An announced answer of the response's own. */
export const isOwn = (place: Place) => place.announced && !place.tentative && !place.foreign;

export const found = (place: Place, readBy: string): Found => ({
  letters: place.letters,
  start: place.start,
  end: place.end,
  readBy: place.markup ?? readBy,
});

export const together = (places: readonly Place[], readBy: string): Found | null => {
  const last = places.at(-1);
  if (last === undefined) return null;
  const letters = [...new Set(places.flatMap((place) => place.letters))];
  return { letters, start: last.start, end: last.end, readBy };
};

export const isCapital = (place: Place) => !place.small;

/** Letters as the subject or object of a sentence of their own, not inside a word such as 维生素C. */
export function standsAlone({ text }: Scene, { start, end, named }: Place): boolean {
  if (named || start === 0 || at(STRICT_DELIMITER, text, end)) return true;
  const previous = text.charAt(start - 1);
  // Not the next letter of a list, but the next clause behind one: "of A and B, B is best".
  if (/[a-zß-ɏ,]/u.test(text.charAt(start - 2)) && previous === " ")
    return /(?:^|[^A-Za-z])[A-Z], $/u.test(text.slice(Math.max(0, start - 4), start));
  return (
    !/[\u3400-\u9fff]/u.test(previous) ||
    /(?:有|仅|故|此|以|即|而|为|则|是|项|认|虑|中)$/u.test(text.slice(Math.max(0, start - 2), start))
  );
}

/** Not turned down, not under a condition, not another's answer. */
export const isOpen = (place: Place) =>
  isCapital(place) && !place.denied && !place.rejected && !place.foreign && !place.tentative;

/** The first option at the beginning of a later line: the first step of a discussion, unless more is said. */
export const isFirstStep = ({ allowed }: Scene, place: Place) =>
  place.beginsLine &&
  place.start > 0 &&
  place.letters.length === 1 &&
  place.letters[0] === allowed[0] &&
  !place.announced &&
  !place.completed;

/** A letter with its delimiter or its own text, or at the end of its sentence. */
export const namesOption = ({ text, options }: Scene, { letters, end, sentence }: Place) =>
  at(STRICT_DELIMITER, text, end) ||
  options?.beginsAt(letters[0] ?? "", text, end) ||
  sentence.end - end <= 2;
