import { type PrecisionRecallF1, precisionRecallF1 } from "./classification.js";
import { clippedOverlap, nGramCounts } from "./tokenization.js";

/**
 * ROUGE-N: clipped n-gram overlap / candidate n-grams (precision) and / reference n-grams (recall), F with beta 1. Any
 * zero denominator gives 0. No stemming; for several references use `bestReference`.
 *
 * @see Lin (2004), "ROUGE: a package for automatic evaluation of summaries"
 * @see oracle: rouge_score definition, oracles: 06-text.json
 * @example rougeN(["a", "b", "c"], ["a", "b", "d"], 2).f1 // 0.5
 */
export function rougeN(
  candidate: readonly string[],
  reference: readonly string[],
  n: number,
): PrecisionRecallF1 {
  const overlap = clippedOverlap(nGramCounts(candidate, n), nGramCounts(reference, n));
  const grams = (tokens: readonly string[]) => Math.max(0, tokens.length - n + 1);
  return precisionRecallF1(overlap, grams(candidate), grams(reference));
}

/** Sentence-level ROUGE-L: longest common subsequence / each length, F with beta 1 (not Lin's 1.2). */
export function rougeL(candidate: readonly string[], reference: readonly string[]): PrecisionRecallF1 {
  return precisionRecallF1(
    longestCommonSubsequence(candidate, reference),
    candidate.length,
    reference.length,
  );
}

/** The reference with the highest F1; null without references. */
export function bestReference(
  references: readonly (readonly string[])[],
  score: (reference: readonly string[]) => PrecisionRecallF1,
): PrecisionRecallF1 | null {
  let best: PrecisionRecallF1 | null = null;
  for (const reference of references) {
    const next = score(reference);
    if (best === null || next.f1 > best.f1) best = next;
  }
  return best;
}

function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  const row = new Uint32Array(b.length + 1);
  for (const token of a) {
    let diagonal = 0;
    for (let j = 1; j <= b.length; j += 1) {
      const above = row[j]!;
      row[j] = token === b[j - 1] ? diagonal + 1 : Math.max(above, row[j - 1]!);
      diagonal = above;
    }
  }
  return row[b.length]!;
}
