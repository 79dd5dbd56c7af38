import { InputError } from "../errors.js";
import { add, at } from "../util/indexing.js";
import { clippedOverlap, nGramCounts } from "./tokenization.js";

/** Options of `bleu`. */
export interface BleuOptions {
  /** Longest n-gram. Default 4. */
  readonly maxOrder?: number;
  /** Averages only over n-gram orders that fit in the hypothesis. Default false; use true for single sentences. */
  readonly effectiveOrder?: boolean;
  /**
   * Precision of an n-gram order without a match: `exp` gives the k-th such order 1 / (2^k · total), `none` gives 0.
   * Default `exp`, as in sacrebleu.
   */
  readonly smoothing?: "exp" | "none";
}

/** Result of `bleu`. */
export interface BleuScore {
  /** In [0, 100], as sacrebleu prints it. */
  readonly score: number;
  readonly brevityPenalty: number;
  readonly systemLength: number;
  /** Sum of the closest reference lengths (the shorter on ties). */
  readonly referenceLength: number;
  /** Clipped precisions after smoothing, one per order, in [0, 1]. */
  readonly precisions: readonly number[];
}

/**
 * BLEU over a corpus of tokenized hypotheses, each with one or more references; one hypothesis gives sentence BLEU.
 * Counts are clipped by the maximum over references and pooled over the corpus before dividing, so corpus BLEU is not
 * the mean of sentence BLEUs. 0 when no n-gram of any order matches.
 *
 * @throws InputError for unequal lengths or a hypothesis without a reference
 * @see Post (2018), doi:10.18653/v1/W18-6319
 * @see oracle: sacrebleu `BLEU(smooth_method="exp", tokenize="none")`, oracles: 06-text.json
 */
export function bleu(
  hypotheses: readonly (readonly string[])[],
  references: readonly (readonly (readonly string[])[])[],
  { maxOrder = 4, effectiveOrder = false, smoothing = "exp" }: BleuOptions = {},
): BleuScore {
  if (hypotheses.length !== references.length || references.some((list) => list.length === 0)) {
    throw new InputError(`bleu: ${hypotheses.length} hypotheses need one non-empty list of references each`);
  }
  const matches = new Array<number>(maxOrder).fill(0);
  const totals = new Array<number>(maxOrder).fill(0);
  let systemLength = 0;
  let referenceLength = 0;
  hypotheses.forEach((hypothesis, i) => {
    const own = references[i] as readonly (readonly string[])[];
    systemLength += hypothesis.length;
    referenceLength += closestLength(hypothesis.length, own);
    for (let n = 1; n <= maxOrder; n += 1) {
      const allowed = maximumCounts(own.map((reference) => nGramCounts(reference, n)));
      add(matches, n - 1, clippedOverlap(nGramCounts(hypothesis, n), allowed));
      add(totals, n - 1, Math.max(0, hypothesis.length - n + 1));
    }
  });

  const brevityPenalty = penalty(systemLength, referenceLength);
  const precisions = smoothed(matches, totals, smoothing);
  const reached = totals.filter((total) => total > 0).length;
  const orders = effectiveOrder ? reached : maxOrder;
  const used = precisions.slice(0, orders);
  const isZero = matches.every((count) => count === 0) || used.some((precision) => precision === 0);
  const logMean = used.reduce((total, precision) => total + Math.log(precision), 0) / orders;
  const score = isZero ? 0 : 100 * brevityPenalty * Math.exp(logMean);
  return { score, brevityPenalty, systemLength, referenceLength, precisions };
}

function smoothed(
  matches: readonly number[],
  totals: readonly number[],
  smoothing: "exp" | "none",
): number[] {
  let halving = 1;
  return matches.map((count, i) => {
    const total = at(totals, i);
    if (total === 0) return 0;
    if (count > 0 || smoothing === "none") return count / total;
    halving *= 2;
    return 1 / (halving * total);
  });
}

function penalty(systemLength: number, referenceLength: number): number {
  if (systemLength >= referenceLength) return 1;
  return systemLength === 0 ? 0 : Math.exp(1 - referenceLength / systemLength);
}

function closestLength(length: number, references: readonly (readonly string[])[]): number {
  const lengths = references.map((reference) => reference.length).sort((a, b) => a - b);
  return lengths.reduce((best, next) => (Math.abs(next - length) < Math.abs(best - length) ? next : best));
}

function maximumCounts(counts: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const maximum = new Map<string, number>();
  for (const table of counts) {
    for (const [gram, count] of table) maximum.set(gram, Math.max(count, maximum.get(gram) ?? 0));
  }
  return maximum;
}
