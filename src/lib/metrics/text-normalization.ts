/** Unicode White_Space, plus the separators U+001C to U+001F and the byte-order mark that files leave behind. */
const space = /[\p{White_Space}\u001c-\u001f\ufeff]+/gu;
const finalMarks = new Set(".。．｡,，、;；:：!！?？ ");

/**
 * Removes the given characters from the ends of a text (by default final punctuation, from its end). A loop instead of
 * a pattern, because `[...]+$` takes quadratic time on a long run of marks that is not at the end.
 */
export function trimMarks(
  text: string,
  atEnd: ReadonlySet<string> = finalMarks,
  atStart?: ReadonlySet<string>,
): string {
  let [start, end] = [0, text.length];
  while (end > 0 && atEnd.has(text[end - 1] as string)) end -= 1;
  while (atStart && start < end && atStart.has(text[start] as string)) start += 1;
  return text.slice(start, end);
}

/**
 * NFKC (full-width letters and digits become ordinary), all white space and final punctuation dropped; case kept.
 * Normalized again at the end, because an accent can combine with a new letter once the space between them is gone.
 */
export function normalizeText(text: string): string {
  return trimMarks(text.normalize("NFKC").replace(space, "").normalize("NFKC"));
}

/** Options of `normalizeLabel`. */
export interface LabelNormalization {
  /** Other names of a label: normalized alias to normalized label. Default none. */
  readonly synonyms?: ReadonlyMap<string, string>;
}

/**
 * One spelling per label: NFKC, lower case, inner white space collapsed to one space, final punctuation dropped, then
 * the synonym table. Spaces are kept, unlike in `normalizeText`, because they separate the words of English labels.
 */
export function normalizeLabel(text: string, { synonyms }: LabelNormalization = {}): string {
  const label = trimMarks(
    text.normalize("NFKC").toLowerCase().normalize("NFKC").replace(space, " ").trimStart(),
  );
  return synonyms?.get(label) ?? label;
}

/** A name without white space and full stops, for comparing department names ("心 内科。" equals "心内科"). */
export function normalizeName(text: string): string {
  return text
    .normalize("NFKC")
    .replace(space, "")
    .replace(/[.。．｡]/gu, "");
}
