import { InputError } from "../errors.js";

/** Where a name was given, and what kind of thing it names. */
export interface NameContext {
  /** Command or option, as the message begins: `judge --dataset`. */
  readonly where: string;
  /** What a name names, in the singular: `dataset`. */
  readonly what: string;
  /** The same in the plural. Default: `what` with an s. */
  readonly plural?: string;
  /** How to get or list such names, as a sentence; it ends the hint. */
  readonly remedy?: string;
}

/** How many known names a hint lists. */
const listed = 20;

/**
 * Checks that every name is known, in the same spelling.
 *
 * @throws InputError with the first unknown name, the known names closest to it, and a list of the known ones
 */
export function requireKnown(names: readonly string[], known: readonly string[], context: NameContext): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownName(unknown, known, context);
}

/** The error for a name that does not exist: what was given, what was probably meant, and which names there are. */
export function unknownName(
  name: string,
  known: readonly string[],
  { where, what, plural = `${what}s`, remedy }: NameContext,
): InputError {
  const distinct = [...new Set(known)];
  const shown = distinct.slice(0, listed).join(", ");
  const more = distinct.length > listed ? ` and ${distinct.length - listed} more` : "";
  const sentences = [
    didYouMean(closestNames(name, known)) ?? "",
    distinct.length > 0 ? `Known ${plural}: ${shown}${more}.` : `There are no ${plural}.`,
    remedy ?? "",
  ];
  return new InputError(`${where}: no ${what} ${JSON.stringify(name)}`, {
    hint: sentences.filter((sentence) => sentence !== "").join(" "),
  });
}

/** The question with which a hint begins; null if there is nothing to suggest. */
export function didYouMean(names: readonly string[]): string | null {
  return names.length === 0 ? null : `Did you mean ${names.map((one) => JSON.stringify(one)).join(" or ")}?`;
}

/**
 * The known names closest to `name` that somebody may have meant by it, at most three. Upper and lower case and the signs between
 * words do not count: `gold_version` is `goldVersion`. A name also matches one that begins with it or contains it; otherwise at
 * most a third of its letters may be missing, added, wrong or swapped with their neighbor.
 *
 * @example closestNames("MedHCC", ["MedHC", "MedExam"]) // ["MedHC"]
 */
export function closestNames(name: string, known: readonly string[]): string[] {
  const wanted = bare(name);
  if (wanted === "") return [];
  const ranked = [...new Set(known)].flatMap((one) => {
    const found = bare(one);
    if (found === "") return [];
    const distance = typingErrors(wanted, found);
    if (distance <= Math.max(1, Math.floor(wanted.length / 3)) && distance < found.length)
      return [{ one, rank: distance }];
    const isPart =
      wanted.length >= 3 && (found.includes(wanted) || (found.length >= 3 && wanted.includes(found)));
    return isPart ? [{ one, rank: wanted.length + (found.startsWith(wanted) ? 0 : 1) }] : [];
  });
  const best = Math.min(...ranked.map(({ rank }) => rank));
  return ranked
    .filter(({ rank }) => rank === best)
    .slice(0, 3)
    .map(({ one }) => one);
}

/** Letters and digits only, in lower case. */
const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Missing, added, wrong and swapped letters between two words (optimal string alignment). */
function typingErrors(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  let [before, last] = [[] as number[], Array.from({ length: right.length + 1 }, (_, j) => j)];
  for (const [i, letter] of left.entries()) {
    const row = [i + 1];
    for (const [j, other] of right.entries()) {
      const at = (values: readonly number[], index: number) => values[index] ?? Number.POSITIVE_INFINITY;
      const isSwapped = i > 0 && j > 0 && letter === right[j - 1] && left[i - 1] === other;
      row.push(
        Math.min(
          at(last, j) + (letter === other ? 0 : 1),
          at(last, j + 1) + 1,
          at(row, j) + 1,
          isSwapped ? at(before, j - 1) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, last] = [last, row];
  }
  return last.at(-1) ?? left.length;
}
