import { groupBy } from "../util/group-by.js";
import { add, at, cell, lookUp } from "../util/indexing.js";
import { choleskyFactor, choleskyInverse } from "../util/linear-algebra.js";
import { tCritical } from "../util/special.js";
import { sum } from "../util/sum.js";

/** Raters needed for a statement about raters like them. */
export const leastRaters = 3;

/** One person's grade of one answer. */
export interface RaterGrade {
  readonly answer: string;
  readonly rater: string;
  /** The rater's grade minus the judge's, which removes most of what answers differ by. */
  readonly difference: number;
}

/** How much raters differ in severity. */
export interface RaterSeverity {
  readonly nRaters: number;
  /** Variance between raters of their mean grades of the same answers. */
  readonly variance: number;
}

/**
 * Variance of raters' severity in a two-way layout of answers and raters, in which not everyone rates everything: raters'
 * effects by generalized least squares with a random effect of the answer (so that two grades of one answer are compared
 * with each other, and grades of different answers as far as answers are alike), and their variance by moments, minus what
 * the effects' own errors add. At least 0.
 *
 * @returns null with fewer than two raters
 * @see Searle, Casella & McCulloch (1992), Variance Components, chapter 5 (moments); Brennan (2001), Generalizability Theory, for raters as a facet
 * @example raterSeverity([{ answer: "a", rater: "x", difference: 0 }, { answer: "a", rater: "y", difference: 0.2 }, { answer: "b", rater: "x", difference: 0.1 }, { answer: "b", rater: "y", difference: 0.3 }])?.variance // 0.02
 */
export function raterSeverity(grades: readonly RaterGrade[]): RaterSeverity | null {
  const places = new Map(
    [...new Set(grades.map(({ rater }) => rater))].map((rater, place) => [rater, place]),
  );
  const nRaters = places.size;
  if (nRaters < 2) return null;
  const answers = [...groupBy(grades, ({ answer }) => answer).values()].map((own) =>
    own.map(({ rater, difference }) => ({ rater: lookUp(places, rater), difference })),
  );
  let effects = meansOf(answers, nRaters);
  let errors: readonly ArrayLike<number>[] | null = null;
  // The variances need the raters' effects, and these the variances: two rounds are enough, the second changes little.
  for (let round = 0; round < 2; round += 1) {
    const variances = variancesOf(answers, effects);
    if (variances.within <= 1e-12) break;
    const fitted = fitEffects(answers, nRaters, variances);
    if (fitted === null) break;
    [effects, errors] = [fitted.effects, fitted.errors];
  }
  const center = sum(effects) / nRaters;
  const spread = sum(effects.map((effect) => (effect - center) ** 2));
  const all = effects.map((_, r) => r);
  const noise =
    errors === null
      ? 0
      : sum(all.map((r) => cell(errors, r, r))) -
        sum(all.flatMap((r) => all.map((c) => cell(errors, r, c)))) / nRaters;
  return { nRaters, variance: Math.max(0, (spread - noise) / (nRaters - 1)) };
}

type Answers = readonly (readonly { readonly rater: number; readonly difference: number }[])[];

function meansOf(answers: Answers, nRaters: number): number[] {
  const totals = Array.from({ length: nRaters }, () => 0);
  const counts = Array.from({ length: nRaters }, () => 0);
  for (const { rater, difference } of answers.flat()) {
    add(totals, rater, difference);
    add(counts, rater, 1);
  }
  return totals.map((total, r) => total / at(counts, r));
}

/** Variance within answers and between them, after raters' effects; all within where too few answers have two grades to tell. */
function variancesOf(answers: Answers, effects: readonly number[]) {
  const residuals = answers.map((own) => own.map(({ rater, difference }) => difference - at(effects, rater)));
  const all = residuals.flat();
  const total = sum(all.map((value) => value ** 2)) / Math.max(1, all.length - effects.length);
  const spare = all.length - answers.length - (effects.length - 1);
  if (spare <= 0) return { within: total, between: 0 };
  const within =
    sum(
      residuals.map((own) => {
        const center = sum(own) / own.length;
        return sum(own.map((value) => (value - center) ** 2));
      }),
    ) / spare;
  return { within, between: Math.max(0, total - within) };
}

/** Raters' effects and their covariance; null where the grades do not determine them. */
function fitEffects(
  answers: Answers,
  nRaters: number,
  { within, between }: { readonly within: number; readonly between: number },
) {
  const information = Array.from({ length: nRaters }, () => new Float64Array(nRaters));
  const right = new Float64Array(nRaters);
  for (const own of answers) {
    const shared = between / (within + own.length * between);
    const total = sum(own.map(({ difference }) => difference));
    for (const { rater, difference } of own) {
      const row = information[rater] as Float64Array;
      add(row, rater, 1 / within);
      add(right, rater, (difference - shared * total) / within);
      for (const other of own) add(row, other.rater, -shared / within);
    }
  }
  const factor = choleskyFactor(information.map((row) => [...row]));
  if (factor === null) return null;
  const errors = choleskyInverse(factor);
  return { errors, effects: errors.map((row) => sum([...row].map((value, r) => value * at(right, r)))) };
}

/**
 * Half-width that the choice of raters adds to the interval of a mean, for raters like these: t on raters - 1 times the
 * error of the mean severity. Added in quadrature to the half-width over items.
 *
 * @param shares what each rater's grades contribute to the mean; they sum to the mean's dependence on ratings
 * @returns null if there are fewer than three raters, so that only a statement about these raters is possible
 * @example raterHalfWidth({ nRaters: 3, variance: 0.0012 }, [1 / 3, 1 / 3, 1 / 3]) // 0.0860530546
 */
export function raterHalfWidth(
  severity: RaterSeverity | null,
  shares: Iterable<number>,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): number | null {
  if (severity === null || severity.nRaters < leastRaters) return null;
  const concentration = sum([...shares].map((share) => share ** 2));
  return tCritical(confidence, severity.nRaters - 1) * Math.sqrt(severity.variance * concentration);
}
