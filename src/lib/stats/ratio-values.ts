import { InputError } from "../errors.js";
import { zip } from "../util/indexing.js";
import { sum } from "../util/sum.js";
import { checkFinite, checkSameLength } from "./estimate.js";

/**
 * One value per group for a statistic that pools counts over groups, Σ numerators / Σ denominators (micro-F1, right fields over
 * all fields): the mean of the values is the ratio, and their spread is what the groups contribute to its error (delta
 * method). With equal denominators they are the groups' own ratios.
 *
 * @param numerators sum of each group, such as 2 tp
 * @param denominators what each group adds to the denominator, >= 0, such as 2 tp + fp + fn
 * @returns null without groups, or where all denominators are 0: the ratio is 0/0
 * @throws InputError if lengths differ, a value is not finite or a denominator is negative
 * @see Cochran (1977), Sampling Techniques, 3rd ed., section 6.4
 * @example ratioValues([2, 0], [2, 6]) // [0.625, -0.125]
 */
export function ratioValues(
  numerators: readonly number[],
  denominators: readonly number[],
): readonly number[] | null {
  checkSameLength("ratioValues", numerators, denominators);
  checkFinite("ratioValues", "numerators", numerators);
  checkFinite("ratioValues", "denominators", denominators);
  const negative = denominators.findIndex((denominator) => denominator < 0);
  if (negative >= 0)
    throw new InputError(
      `ratioValues: denominators[${negative}] must be >= 0; got ${denominators[negative]}`,
    );
  const total = sum(denominators);
  if (total === 0) return null;
  const pairs = zip(numerators, denominators);
  // Exactly 0 and 1 for groups that are wrong or right.
  if (denominators.every((denominator) => denominator === denominators[0]))
    return pairs.map(([numerator, denominator]) => numerator / denominator);
  const ratio = sum(numerators) / total;
  const scale = denominators.length / total;
  return pairs.map(([numerator, denominator]) => ratio + (numerator - ratio * denominator) * scale);
}
