import { type Rate, rate } from "./item-score.js";

/** Two look-alike images with the same question and the same two options; null marks an invalid answer. */
export interface ConfusingPair {
  readonly gold: readonly [first: string, second: string];
  readonly answers: readonly [first: string | null, second: string | null];
}

/** Result of `confusingPairs`. */
export interface ConfusingPairMetrics {
  /** Pairs with both answers correct / pairs; chance is 0.25. */
  readonly set: Rate;
  /** Correct answers / answers. */
  readonly individual: Rate;
  /** The same option given twice / pairs with two valid answers; chance is 0.5. */
  readonly confusion: Rate;
  /** Invalid answers / answers. */
  readonly invalid: Rate;
  /** Pairs with both answers correct / valid pairs that are not confused. */
  readonly precision: Rate;
}

/** Metrics of confusing image pairs (MediConfusion; protocols P03). */
export function confusingPairs(pairs: readonly ConfusingPair[]): ConfusingPairMetrics {
  const valid = pairs.filter(({ answers }) => answers[0] !== null && answers[1] !== null);
  const confused = valid.filter(({ answers }) => answers[0] === answers[1]).length;
  const right = pairs.map(({ gold, answers }) => gold.filter((letter, i) => letter === answers[i]).length);
  const both = right.filter((count) => count === 2).length;
  const answers = 2 * pairs.length;
  return {
    set: rate(both, pairs.length, "no pairs"),
    individual: rate(
      right.reduce((a, b) => a + b, 0),
      answers,
      "no pairs",
    ),
    confusion: rate(confused, valid.length, "no pair with two valid answers"),
    invalid: rate(
      pairs.flatMap((pair) => pair.answers).filter((answer) => answer === null).length,
      answers,
      "no pairs",
    ),
    precision: rate(both, valid.length - confused, "every valid pair is confused"),
  };
}
