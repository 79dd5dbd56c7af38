import { mean } from "../util/sum.js";
import { average, type ClassScores, type PrecisionRecallF1, precisionRecallF1 } from "./classification.js";
import { type Rate, rate } from "./item-score.js";

/** An answered multiple-choice question. */
export interface ChoiceItem {
  readonly gold: string;
  /** The letter read from the answer; null when unanswered, unreadable or ambiguous. */
  readonly answer: string | null;
  /** Number of options, where known. */
  readonly nOptions?: number;
}

/** Result of `choiceMetrics`. */
export interface ChoiceMetrics {
  /** Correct answers / all items. */
  readonly accuracy: Rate;
  /** Mean of 1 / number of options; null unless every item gives its number of options. */
  readonly chanceLevel: number | null;
  readonly aboveChance: number | null;
  readonly nAnswered: number;
  /** Letters seen in gold, sorted. */
  readonly perLetter: ReadonlyMap<string, ClassScores>;
  /** Averages over the letters seen in gold; null without items. */
  readonly macro: PrecisionRecallF1 | null;
  readonly weighted: PrecisionRecallF1 | null;
  /** Precision is correct / answered, recall correct / all; F1 equals accuracy only when all items are answered. */
  readonly micro: PrecisionRecallF1 | null;
}

/**
 * Single-answer choice metrics over a pool (protocols P02): unanswered items count in every denominator except that of
 * precision.
 *
 * @example choiceMetrics([{gold: "A", answer: "A", nOptions: 4}, {gold: "B", answer: null, nOptions: 4}]).accuracy.estimate // 0.5
 */
export function choiceMetrics(items: readonly ChoiceItem[]): ChoiceMetrics {
  const letters = [...new Set(items.map(({ gold }) => gold))].sort();
  const right = items.filter(({ gold, answer }) => gold === answer).length;
  const nAnswered = items.filter(({ answer }) => answer !== null).length;
  const perLetter = letters.map((letter) => {
    const support = items.filter(({ gold }) => gold === letter).length;
    const called = items.filter(({ answer }) => answer === letter).length;
    const hits = items.filter(({ gold, answer }) => gold === letter && answer === letter).length;
    return { ...precisionRecallF1(hits, called, support), support };
  });
  const options = items.flatMap(({ nOptions }) => (nOptions === undefined ? [] : [1 / nOptions]));
  const isKnown = items.length > 0 && options.length === items.length;
  const accuracy = rate(right, items.length, "no items");
  const chanceLevel = isKnown ? mean(options) : null;
  const some = items.length > 0;
  return {
    accuracy,
    chanceLevel,
    aboveChance: chanceLevel === null || accuracy.estimate === null ? null : accuracy.estimate - chanceLevel,
    nAnswered,
    perLetter: new Map(letters.map((letter, i) => [letter, perLetter[i] as ClassScores])),
    macro: some ? average(perLetter, () => 1) : null,
    weighted: some ? average(perLetter, ({ support }) => support) : null,
    micro: some ? precisionRecallF1(right, nAnswered, items.length) : null,
  };
}

/** Result of `likelihoodChoice`. */
export interface LikelihoodChoice {
  readonly letter: string;
  readonly isTied: boolean;
}

/**
 * The option with the highest log-probability (SEED-Bench style); the first one on ties; null without options.
 *
 * @param lengths tokens per option; if given, log-probabilities are divided by them
 */
export function likelihoodChoice(
  logProbabilities: Readonly<Record<string, number>>,
  lengths?: Readonly<Record<string, number>>,
): LikelihoodChoice | null {
  const values = Object.entries(logProbabilities).map(
    ([letter, value]) => [letter, value / (lengths?.[letter] ?? 1)] as const,
  );
  const best = Math.max(...values.map(([, value]) => value));
  const leaders = values.filter(([, value]) => value === best);
  const first = leaders[0];
  return first === undefined ? null : { letter: first[0], isTied: leaders.length > 1 };
}
