import { mean } from "../util/sum.js";
import { type Rate, rate } from "./item-score.js";
import { majority } from "./self-consistency.js";

/** One option order of one question, answered. */
export interface VariantAnswer {
  readonly group: string;
  readonly variant: string;
  /** Letter of the correct option in this order. */
  readonly gold: string;
  /** The letter read from the answer, or null. */
  readonly answer: string | null;
  /** Option texts by letter in this order; needed for votes and consistency. */
  readonly options?: Readonly<Record<string, string>>;
}

/** The variants of one question, scored together. */
export interface VariantGroup {
  readonly group: string;
  readonly rows: number;
  readonly answered: number;
  readonly right: number;
  /** Every expected variant is present, answered and correct. */
  readonly isRight: boolean;
  /** False with more or fewer rows than expected: such a group is never correct, and is listed. */
  readonly isComplete: boolean;
  /** Whether the majority over option texts is correct; null if texts are not known. */
  readonly voteRight: boolean | null;
  /** Whether all variants gave the same option text, correct or not; null if texts are not known. */
  readonly isConsistent: boolean | null;
}

/** Result of `variantGroups`. */
export interface VariantGroupMetrics {
  readonly groups: readonly VariantGroup[];
  /** Groups with all variants correct / groups: the task's score. */
  readonly allRight: Rate;
  /** Correct rows / expected rows; missing rows count as wrong. */
  readonly rowAccuracy: Rate;
  /** Mean over groups of the share of correct rows; null without groups. */
  readonly meanGroupFraction: number | null;
  /** Share of groups with at least k correct rows, k = 1..size. */
  readonly moreK: readonly Rate[];
  /** Groups with a correct majority / groups with option texts. */
  readonly voteAccuracy: Rate;
  /** Groups in which every variant chose the same text / groups with option texts. */
  readonly consistency: Rate;
  /** Share of each letter among answers, sorted by letter; compare with `goldShare` to see position bias. */
  readonly letterShare: ReadonlyMap<string, number>;
  readonly goldShare: ReadonlyMap<string, number>;
  /** Rows dropped as duplicates of a (group, variant). */
  readonly nDuplicate: number;
}

/**
 * All-variants-correct scoring of questions asked in several option orders (CircularEval; protocols P01.4-1 and P03). A
 * group counts only if all its variants are correct; a group with a missing, unanswered or surplus row is wrong.
 *
 * @param rows duplicates of (group, variant) after the first are dropped and counted
 * @param size variants expected per group. Default 5
 * @example variantGroups([{group: "q", variant: "0", gold: "A", answer: "A"}], 2).rowAccuracy.estimate // 0.5
 */
export function variantGroups(rows: readonly VariantAnswer[], size = 5): VariantGroupMetrics {
  const byGroup = new Map<string, Map<string, VariantAnswer>>();
  let nDuplicate = 0;
  for (const row of rows) {
    const variants = byGroup.get(row.group) ?? new Map<string, VariantAnswer>();
    byGroup.set(row.group, variants);
    if (variants.has(row.variant)) nDuplicate += 1;
    else variants.set(row.variant, row);
  }
  const kept = [...byGroup].map(([group, variants]) => [group, [...variants.values()]] as const);
  const groups = kept.map(([group, variants]) => summarize(group, variants, size));
  const used = kept.flatMap(([, variants]) => variants);
  const total = groups.length;
  const count = (holds: (group: VariantGroup) => boolean) => groups.filter(holds).length;
  const right = groups.reduce((sum, group) => sum + group.right, 0);
  const expected = groups.reduce((sum, group) => sum + Math.max(size, group.rows), 0);
  const voted = count(({ voteRight }) => voteRight !== null);
  return {
    groups,
    allRight: rate(
      count(({ isRight }) => isRight),
      total,
      "no groups",
    ),
    rowAccuracy: rate(right, expected, "no groups"),
    meanGroupFraction: total === 0 ? null : mean(groups.map((one) => one.right / Math.max(size, one.rows))),
    moreK: Array.from({ length: size }, (_, k) =>
      rate(
        count((one) => reached(one, size) > k),
        total,
        "no groups",
      ),
    ),
    voteAccuracy: rate(
      count(({ voteRight }) => voteRight === true),
      voted,
      "no option texts",
    ),
    consistency: rate(
      count(({ isConsistent }) => isConsistent === true),
      voted,
      "no option texts",
    ),
    letterShare: shares(used.flatMap(({ answer }) => (answer === null ? [] : [answer]))),
    goldShare: shares(used.map(({ gold }) => gold)),
    nDuplicate,
  };
}

/** Correct rows of a group, kept below `size` if rows are missing or surplus: such a group is never fully correct. */
function reached({ right, isComplete }: VariantGroup, size: number): number {
  return isComplete ? right : Math.min(right, size - 1);
}

function summarize(group: string, variants: readonly VariantAnswer[], size: number): VariantGroup {
  const right = variants.filter(({ gold, answer }) => answer === gold).length;
  const isComplete = variants.length === size;
  const answered = variants.filter(({ answer }) => answer !== null).length;
  const isKnown = variants.every(
    ({ options, gold }) => options !== undefined && Object.hasOwn(options, gold),
  );
  const texts = variants.flatMap(({ options, answer }) => {
    const text = answer === null || options === undefined ? undefined : options[answer];
    return text === undefined ? [] : [optionText(text)];
  });
  const goldText = optionText(variants[0]?.options?.[variants[0].gold] ?? "");
  return {
    group,
    rows: variants.length,
    answered,
    right,
    isRight: isComplete && right === size,
    isComplete,
    voteRight: isKnown ? majority(texts)?.winner === goldText : null,
    isConsistent: isKnown ? isComplete && texts.length === size && new Set(texts).size === 1 : null,
  };
}

function optionText(text: string): string {
  return text.normalize("NFKC").replace(/\s+/gu, " ").trim();
}

function shares(letters: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const letter of [...letters].sort()) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return new Map([...counts].map(([letter, count]) => [letter, count / letters.length]));
}
