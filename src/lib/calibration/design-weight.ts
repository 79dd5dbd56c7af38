import { InputError } from "../errors.js";

/** How an answer came to be rated. */
export interface SampledAnswer {
  readonly isRated: boolean;
  /** Probability of being drawn for rating, in (0, 1], as the rating sheet gives it; null where it does not. */
  readonly inclusion: number | null;
}

/** Judged answers of a stratum, and how many of them were rated. */
export interface SampledStratum {
  readonly judged: number;
  readonly rated: number;
}

/**
 * Design weight of an answer in a mean corrected by ratings: the inverse of the probability of being rated. Where the
 * rating sheet does not give that probability, it is the rated share of the answer's stratum, which is what a stratified draw
 * amounts to.
 *
 * @returns 1 for an answer without a rating: it enters through the judge's score alone
 * @throws InputError if a rated answer has a probability outside (0, 1], or none and a stratum without ratings
 * @see Horvitz & Thompson (1952), doi:10.1080/01621459.1952.10483446
 * @example designWeight({ isRated: true, inclusion: null }, { judged: 40, rated: 10 }) // 4
 */
export function designWeight({ isRated, inclusion }: SampledAnswer, stratum: SampledStratum): number {
  if (!isRated) return 1;
  const probability = inclusion ?? stratum.rated / stratum.judged;
  if (!(probability > 0 && probability <= 1)) {
    throw new InputError(
      `designWeight: the probability of being rated must be in (0, 1]; got ${probability}`,
      {
        hint: "Check inclusion_probability in the rating sheet.",
      },
    );
  }
  return inclusion === null ? stratum.judged / stratum.rated : 1 / inclusion;
}
