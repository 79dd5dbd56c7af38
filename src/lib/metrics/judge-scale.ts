import { InputError } from "../errors.js";
import { sum } from "../util/sum.js";

/** `ratio` is v / max (MedBench's board); `linear` is (v − min) / (max − min). Stored with every score. */
export type ScaleMap = "ratio" | "linear";

/** Ends of a rating scale. */
export interface RatingScale {
  readonly min: number;
  readonly max: number;
}

/**
 * Maps a rating to [0, 1]. The two maps differ (4 on 1..5 is 0.8 as a ratio, 0.75 linearly), and only figures from the
 * same map can be compared, so the map has no default.
 *
 * @throws InputError for a rating outside its scale or an empty scale
 * @example rescaleRating(4, {min: 1, max: 5}, "ratio") // 0.8
 */
export function rescaleRating(value: number, { min, max }: RatingScale, map: ScaleMap): number {
  if (!(max > min && max > 0))
    throw new InputError(`rescaleRating: scale ${min}..${max} is empty or not positive`);
  if (!(value >= min && value <= max)) {
    throw new InputError(`rescaleRating: rating must be within ${min}..${max}; got ${value}`, {
      hint: 'Leave "cannot rate" out before rescaling; check the scale of the rubric.',
    });
  }
  return map === "ratio" ? value / max : (value - min) / (max - min);
}

/**
 * Relative score of judged pairs: Σ judge(answer) / Σ judge(reference answer); a ratio of sums, not a mean of ratios.
 *
 * @returns null when the references sum to 0 or there are no pairs
 * @example relativeJudgeScore([{answer: 6, reference: 8}, {answer: 7, reference: 10}]) // 0.7222222222
 */
export function relativeJudgeScore(
  pairs: readonly { readonly answer: number; readonly reference: number }[],
): number | null {
  const reference = sum(pairs.map((pair) => pair.reference));
  return reference === 0 ? null : sum(pairs.map((pair) => pair.answer)) / reference;
}
