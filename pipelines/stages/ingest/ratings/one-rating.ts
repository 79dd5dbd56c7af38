import type { RatingScale } from "../../../../src/lib/calibration/read-rating.js";
import type { QuarantineReason } from "../../../../src/lib/records/tables.js";
import { latest, type RatedAt } from "./rated-at.js";

/** One of the ratings that a rater gave for the same criterion of the same answer. */
export interface RepeatedRating {
  /** Null = the rater could not rate. */
  readonly value: number | null;
  readonly time: RatedAt | null;
  /** Why it is no rating; null if it is. */
  readonly problem: Problem | null;
  /** File and line. */
  readonly place: string;
}

export type Problem = readonly [reason: QuarantineReason, detail: string];

/**
 * Decides which of a rater's ratings of one cell counts: the last one by time; without times, or with two that are the last,
 * one of several equal ones. None counts where the last one cannot be read.
 *
 * @returns null for the one that counts, and for each other one why it does not
 */
export function decideRatings(ratings: readonly RepeatedRating[], scale: RatingScale): (Problem | null)[] {
  const [only] = ratings;
  const last = ratings.length === 1 ? 0 : latest(ratings.map(({ time }) => time));
  const areEqual = ratings.every(({ value, problem }) => problem === null && value === only?.value);
  const index = last ?? (areEqual ? 0 : null);
  return ratings.map((rating, at): Problem | null => {
    if (rating.problem !== null) return rating.problem;
    if (at === index) return null;
    const others = ratings.filter((other) => other !== rating).map(({ place }) => place);
    const kept = index === null ? null : (ratings[index] as RepeatedRating);
    return ["duplicate_item", whyNotKept(rating, kept, others, scale)];
  });
}

function whyNotKept(
  { value }: RepeatedRating,
  kept: RepeatedRating | null,
  others: readonly string[],
  scale: RatingScale,
): string {
  if (kept === null) {
    const where = others.slice(0, 3).join(", ");
    return `the same rater rated this more than once (also ${where}), and which rating is the last is not known; return one of them`;
  }
  if (kept.problem !== null)
    return `a later entry of the rater replaces it and cannot be read (${kept.place}); ${expectedGrade(scale)}`;
  const which = value === kept.value && kept.time === null ? "an equal rating" : "the rater's last rating";
  return `the same rater rated this more than once; ${which} counts (${kept.place})`;
}

/** What would be right in a cell. */
export function expectedGrade({ min, max, step }: RatingScale): string {
  return `expected ${step === 1 ? "a whole number" : "a number"} from ${min} to ${max}, or "cannot rate"`;
}
