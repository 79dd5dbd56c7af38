import { at } from "../util/indexing.js";
import { mean } from "../util/sum.js";
import { type Rate, rate } from "./item-score.js";

/**
 * Relative accuracy of one number: max(0, 1 − |x − gold| / |gold|); for a gold of 0 it is 1 if x is 0, else 0.
 *
 * @example relativeAccuracy(90, 100) // 0.9
 */
export function relativeAccuracy(value: number, gold: number): number {
  return gold === 0 ? (value === 0 ? 1 : 0) : Math.max(0, 1 - Math.abs(value - gold) / Math.abs(gold));
}

/** Result of `numericErrors`. */
export interface NumericErrors {
  /** Mean relative accuracy over all items; unparsed answers count as 0; null without items. */
  readonly meanRelativeAccuracy: number | null;
  /** Share of all items within each relative margin of the gold value; unparsed answers count as misses. */
  readonly hitRates: ReadonlyMap<number, Rate>;
  /** Mean absolute error, over parsed answers like the next two; null when no answer was parsed. */
  readonly meanAbsoluteError: number | null;
  readonly rootMeanSquaredError: number | null;
  readonly medianAbsoluteError: number | null;
  readonly parsed: Rate;
}

/**
 * Errors of numeric answers (protocols P15). Absolute errors are over parsed answers only, so read them together with
 * the parse rate; relative accuracy and hit rates are over all items.
 *
 * @param items `value` is null where no number could be read
 * @param margins relative margins of the hit rates. Default 5, 10, 20 and 50 %
 */
export function numericErrors(
  items: readonly { readonly value: number | null; readonly gold: number }[],
  margins: readonly number[] = [0.05, 0.1, 0.2, 0.5],
): NumericErrors {
  const errors = items
    .flatMap(({ value, gold }) => (value === null ? [] : [Math.abs(value - gold)]))
    .sort((a, b) => a - b);
  const accuracies = items.map(({ value, gold }) => (value === null ? 0 : relativeAccuracy(value, gold)));
  // 1 - 0.95 is 0.050000000000000044: the slack keeps an answer that is off by exactly 5 % within the margin.
  const within = (margin: number) => accuracies.filter((accuracy) => accuracy >= 1 - margin - 1e-12).length;
  const has = errors.length > 0;
  return {
    meanRelativeAccuracy: items.length === 0 ? null : mean(accuracies),
    hitRates: new Map(margins.map((margin) => [margin, rate(within(margin), items.length, "no items")])),
    meanAbsoluteError: has ? mean(errors) : null,
    rootMeanSquaredError: has ? Math.sqrt(mean(errors.map((error) => error ** 2))) : null,
    medianAbsoluteError: has ? median(errors) : null,
    parsed: rate(errors.length, items.length, "no items"),
  };
}

function median(sorted: readonly number[]): number {
  const upper = Math.floor(sorted.length / 2);
  const lower = Math.ceil(sorted.length / 2) - 1;
  return (at(sorted, lower) + at(sorted, upper)) / 2;
}
