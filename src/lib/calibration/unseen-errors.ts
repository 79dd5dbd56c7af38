/** Largest change of a score by errors that no rating showed, above which the score is not corrected. */
export const unseenLimit = 0.05;

/** How much the errors that no rating showed could change a score. */
export interface UnseenErrors {
  /** Share of the answers that could be wrong without one among the rated, at the given confidence. */
  readonly share: number;
  /** Largest change of the score, if each of them is off by the whole scale. */
  readonly change: number;
  /** Ratings without a difference that would bring the change below `unseenLimit`. */
  readonly wanted: number;
}

/**
 * What n ratings that all differ from the judge by the same amount leave open. Their spread is 0, but errors on a share p
 * of the answers stay unseen with probability (1 - p)^n: the exact upper limit for p is 1 - ((1 - confidence) / 2)^(1/n),
 * about 3.7 / n at 95 % (a two-sided rule of three).
 *
 * @param n rated independent items, at least 1
 * @param part share of the score that depends on the judge's grades, in [0, 1]
 * @see Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404; Hanley & Lippman-Hand (1983), doi:10.1001/jama.1983.03330370053031
 * @example unseenErrors(10, 0.4).share // 0.3084971078
 */
export function unseenErrors(
  n: number,
  part: number,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): UnseenErrors {
  const tail = (1 - confidence) / 2;
  const share = 1 - tail ** (1 / n);
  const wanted = part <= unseenLimit ? 1 : Math.ceil(Math.log(tail) / Math.log(1 - unseenLimit / part));
  return { share, change: part * share, wanted };
}

/** Whether all differences are the same but for rounding. */
export function areAllEqual(differences: readonly number[]): boolean {
  return differences.every((difference) => Math.abs(difference - (differences[0] as number)) < 1e-9);
}
