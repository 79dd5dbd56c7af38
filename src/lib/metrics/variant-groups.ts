import { mean } from "../util/sum.js";
import { type Rate, rate } from "./item-score.js";
import { majority } from "./self-consistency.js";

/** One option order of one question, answered. */
export interface VariantAnswer {
  readonly group: string;
  readonly variant: string;
  /** Letter of the right option in this order. */
  readonly gold: string;
  /** Letter that was read, or null. */
  readonly answer: string | null;
  /** Texts by letter in this order; needed for votes and consistency. */
  readonly options?: Readonly<Record<string, string>>;
}

/** The variants of one question, scored together. */
export interface VariantGroup {
  readonly group: string;
  readonly rows: number;
  readonly answered: number;
  readonly right: number;
  /** Every expected variant is there, answered and right. */
  readonly isRight: boolean;
  /** More or fewer rows than expected: never right, and listed. */
  readonly isComplete: boolean;
  /** Whether the majority over option texts is right; null where texts are not known. */
  readonly voteRight: boolean | null;
  /** Whether all variants gave the same option text, right or not; null where texts are not known. */
  readonly isConsistent: boolean | null;
}

/** Result of `variantGroups`. */
export interface VariantGroupMetrics {
  readonly groups: readonly VariantGroup[];
  /** Groups with all variants right over groups: the task's score. */
  readonly allRight: Rate;
  /** Right rows over expected rows; rows that never came count as wrong. */
  readonly rowAccuracy: Rate;
  /** Mean over groups of the share of right rows; null without groups. */
  readonly meanGroupFraction: number | null;
  /** Share of groups with at least k rows right, k = 1..size. */
  readonly moreK: readonly Rate[];
  /** Right majorities over groups with option texts. */
  readonly voteAccuracy: Rate;
  /** Groups with the same text chosen throughout, over groups with option texts. */
  readonly consistency: Rate;
  /** Share of each letter among answers, sorted by letter: position bias shows beside `goldShare`. */
  readonly letterShare: ReadonlyMap<string, number>;
  readonly goldShare: ReadonlyMap<string, number>;
  /** Rows left out because their (group, variant) was there already. */
  readonly nDuplicate: number;
}

/**
 * All-variants-correct scoring of questions asked in several option orders (CircularEval; protocols P01.4-1 and P03).
 * A group counts only if all its variants are right; a group with a missing, unanswered or surplus row is wrong.
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

/** Right rows of a group, short of `size` where rows are missing or surplus: such a group is never all right. */
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
