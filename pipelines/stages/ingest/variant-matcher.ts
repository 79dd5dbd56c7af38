import { hash } from "node:crypto";

/** First 16 hex digits of the SHA-256 of a question text: enough to distinguish prompts without revealing them. */
export function promptHash(question: string): string {
  return hash("sha256", question, "hex").slice(0, 16);
}

export interface VariantMatch {
  readonly variant: number;
  readonly by: "id" | "text" | "order";
}

/**
 * Which variant each line of one item answers.
 *
 * An item with one variant is matched by its id alone. Otherwise lines are matched by question text, and identical prompts
 * by order. Lines with unknown text get the remaining variants, in order, but only if the group is complete: if a line is
 * missing, matching by order would be a guess.
 *
 * @param known prompt hashes of the item's variants, in their order
 * @param given prompt hashes of the lines, in file order; null where the line has no question text
 * @returns one match per line; null where there is none
 */
export function matchVariants(
  known: readonly string[],
  given: readonly (string | null)[],
): (VariantMatch | null)[] {
  if (known.length === 1) return given.map((_, index) => (index === 0 ? { variant: 1, by: "id" } : null));
  const free = new Map<string, number[]>();
  known.forEach((hash, index) => {
    free.set(hash, [...(free.get(hash) ?? []), index + 1]);
  });
  const matches = given.map((hash): VariantMatch | null => {
    const variant = hash === null ? undefined : free.get(hash)?.shift();
    return variant === undefined ? null : { variant, by: "text" };
  });
  if (given.length !== known.length) return matches;
  const left = [...free.values()].flat().sort((a, b) => a - b);
  return matches.map((match) => match ?? { variant: left.shift() as number, by: "order" });
}
