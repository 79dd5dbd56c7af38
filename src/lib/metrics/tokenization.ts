/**
 * `en`: lower case, runs outside [a-z0-9] separate (rouge_score's default). `zh`: characters. `none`: white space
 * separates.
 */
export type Tokenizer = "en" | "zh" | "none";

/**
 * Tokens of a text for overlap metrics. `zh` takes every code point except white space, keeping punctuation and case;
 * `en` on Chinese text gives no tokens at all, so choose by the language of the dataset.
 *
 * @example tokenize("The cat!", "en") // ["the", "cat"]
 */
export function tokenize(text: string, tokenizer: Tokenizer): string[] {
  switch (tokenizer) {
    case "en":
      return text
        .toLowerCase()
        .split(/[^a-z0-9]+/u)
        .filter((token) => token !== "");
    case "zh":
      return [...text].filter((character) => !/\p{White_Space}/u.test(character));
    case "none":
      return text.split(" ").filter((token) => token !== "");
  }
}

/** How often each run of `n` tokens occurs. */
export function nGramCounts(tokens: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= tokens.length; i += 1) {
    // NUL cannot be inside a token that came from text, so ["a b"] and ["a", "b"] stay apart.
    const gram = n === 1 ? (tokens[i] as string) : tokens.slice(i, i + n).join("\0");
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/** Σ over n-grams of the smaller of two counts. */
export function clippedOverlap(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let overlap = 0;
  for (const [gram, count] of a) overlap += Math.min(count, b.get(gram) ?? 0);
  return overlap;
}
