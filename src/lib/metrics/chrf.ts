import { InputError } from "../errors.js";
import { clippedOverlap, nGramCounts } from "./tokenization.js";

/** Options of `chrf`. */
export interface ChrfOptions {
  /** Longest character n-gram. Default 6. */
  readonly order?: number;
  /** Weight of recall over precision. Default 2. */
  readonly beta?: number;
}

/** Python's `str.split` white space, which sacrebleu removes. */
const pythonSpace = /[\p{White_Space}\u001c-\u001f]+/gu;

/**
 * chrF of one hypothesis against its best reference, in [0, 100]: precision and recall of character n-grams, averaged
 * over the orders where both sides have n-grams, then combined to F-beta. White space is removed, case kept. (NLTK
 * averages F per order instead, which gives a different number.)
 *
 * @throws InputError without references
 * @see Popović (2015), doi:10.18653/v1/W15-3049
 * @see oracle: sacrebleu `CHRF(char_order=6, word_order=0, beta=2)`, oracles: 06-text.json
 * @example chrf("患者血压升高", ["患者血压正常"]) // 35
 */
export function chrf(hypothesis: string, references: readonly string[], options: ChrfOptions = {}): number {
  if (references.length === 0) throw new InputError("chrf: needs at least one reference; got none");
  return Math.max(...references.map((reference) => sentenceChrf(hypothesis, reference, options)));
}

function sentenceChrf(hypothesis: string, reference: string, { order = 6, beta = 2 }: ChrfOptions): number {
  const [given, wanted] = [hypothesis, reference].map((text) => [...text.replace(pythonSpace, "")]) as [
    string[],
    string[],
  ];
  let [precision, recall, orders] = [0, 0, 0];
  for (let n = 1; n <= order; n += 1) {
    const [inGiven, inWanted] = [given.length - n + 1, wanted.length - n + 1];
    if (inGiven <= 0 || inWanted <= 0) break;
    const matches = clippedOverlap(nGramCounts(given, n), nGramCounts(wanted, n));
    precision += matches / inGiven;
    recall += matches / inWanted;
    orders += 1;
  }
  if (precision === 0 || recall === 0) return 0;
  precision /= orders;
  recall /= orders;
  return (100 * (1 + beta ** 2) * precision * recall) / (beta ** 2 * precision + recall);
}
