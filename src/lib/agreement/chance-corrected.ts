import { type ConfidenceOptions, checkConfidence, type IntervalEstimate } from "../stats/estimate.js";
import { at, cell } from "../util/indexing.js";
import { tCritical } from "../util/special.js";
import { dot, sum } from "../util/sum.js";
import { categoryPositions, type Label, type RatingsByItem } from "./crosstab.js";
import { designWeightsOf } from "./design-weights.js";
import { noRoomForChance } from "./table-agreement.js";
import { type AgreementWeighting, agreementWeights, weightingName } from "./weights.js";

/** Options of `gwetAgreement`, `brennanPrediger` and `fleissKappaGeneral`. */
export interface RaterAgreementOptions extends ConfidenceOptions {
  /** All declared categories in their order, used or not. */
  readonly categories: readonly Label[];
  /** Credit for partial agreement. Default "unweighted". */
  readonly weights?: AgreementWeighting;
  /**
   * Subjects of the population that each row represents: the inverse of its probability of being rated. Only the ratios
   * matter. Default: all equal.
   */
  readonly designWeights?: readonly number[];
}

/** Result of `gwetAgreement`, `brennanPrediger` and `fleissKappaGeneral`. */
export interface RaterAgreement extends IntervalEstimate {
  /** Linearized error over subjects with the raters fixed. */
  readonly standardError: number | null;
  readonly observed: number | null;
  readonly expected: number | null;
  /** Subjects with at least two ratings; `n` also counts those with one. */
  readonly nPaired: number;
  /** Subjects without any rating. */
  readonly nMissing: number;
}

type Chance = "gwet" | "brennan-prediger" | "fleiss";

/**
 * Gwet's AC1 (unweighted) or AC2 (weighted): chance-corrected agreement that stays high when raters agree on a skewed
 * label, where kappa collapses. Any number of raters, ratings may be missing.
 *
 * Subjects with one rating affect only the prevalences. The interval is t on n - 1 and is not clipped at 1.
 *
 * @param ratings one row per subject, one column per rater, null where missing
 * @returns undefined with a reason without a subject with two ratings or with only one declared category; the error
 *   needs two subjects
 * @throws InputError if a rating is not a declared category (NaN and undefined never are) or the weights do not fit
 * @see Gwet (2008), doi:10.1348/000711006X126600
 * @see oracle: irrCAC gwet.ac1.raw, 02-multirater-agreement.json
 * @example gwetAgreement([[1, 1], [1, 1], [1, 2]], { categories: [1, 2] }).observed // 0.6666666667
 */
export function gwetAgreement(ratings: RatingsByItem, options: RaterAgreementOptions): RaterAgreement {
  return chanceCorrected("gwetAgreement", "gwet", ratings, options);
}

/**
 * Brennan-Prediger coefficient for any number of raters with missing ratings: chance agreement is that of guessing all
 * declared categories equally. Arguments, result and errors as for `gwetAgreement`.
 *
 * @see Brennan & Prediger (1981), doi:10.1177/001316448104100307
 * @see oracle: irrCAC bp.coeff.raw, 02-multirater-agreement.json
 * @example brennanPrediger([[1, 1], [2, 2], [1, 2]], { categories: [1, 2] }).estimate // 0.3333333333
 */
export function brennanPrediger(ratings: RatingsByItem, options: RaterAgreementOptions): RaterAgreement {
  return chanceCorrected("brennanPrediger", "brennan-prediger", ratings, options);
}

/**
 * Fleiss' kappa for weights and missing ratings, with an interval; for two raters without missing ratings this is
 * Scott's pi. Undefined when a single category is used. Arguments, result and errors as for `gwetAgreement`.
 *
 * @see Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., chapter 2
 * @see oracle: irrCAC fleiss.kappa.raw, 02-multirater-agreement.json
 * @example fleissKappaGeneral([[1, 1], [2, 2], [1, 2]], { categories: [1, 2] }).estimate // 0.3333333333
 */
export function fleissKappaGeneral(ratings: RatingsByItem, options: RaterAgreementOptions): RaterAgreement {
  return chanceCorrected("fleissKappaGeneral", "fleiss", ratings, options);
}

function chanceCorrected(
  caller: string,
  chance: Chance,
  ratings: RatingsByItem,
  { categories, weights: weighting = "unweighted", confidence = 0.95, designWeights }: RaterAgreementOptions,
): RaterAgreement {
  checkConfidence(caller, confidence);
  const q = categories.length;
  const weights = agreementWeights(weighting, q);
  const position = categoryPositions(caller, categories);
  const tallies = ratings.map((row, i) => tally(row, q, (label) => position(label, i)));
  const present = tallies.map(({ total }) => total > 0);
  const subjects = tallies.filter((_, i) => present[i]);
  const n = subjects.length;
  const own = designWeightsOf(caller, designWeights, ratings.length).filter((_, i) => present[i]);
  const share = designWeightsOf(caller, [...own], n);
  const nPaired = subjects.filter((subject) => subject.total >= 2).length;
  const shared = {
    n,
    nPaired,
    nMissing: ratings.length - n,
    confidence,
    method: `${chance}, ${weightingName(weighting)}`,
  };
  const unknown = { estimate: null, lower: null, upper: null, standardError: null };
  if (nPaired === 0) {
    return { ...shared, ...unknown, observed: null, expected: null, reason: "no subject has two ratings" };
  }
  const agreements = subjects.map((subject) => subjectAgreement(subject, weights));
  const weightPaired = sum(subjects.map(({ total }, i) => (total >= 2 ? at(share, i) : 0)));
  const observed = sum(agreements.map((agreement, i) => at(share, i) * agreement)) / weightPaired;
  const shares = categories.map(
    (_, k) => sum(subjects.map(({ counts, total }, i) => (at(share, i) * counts[k]!) / total)) / n,
  );
  const { expected, subjectTerm } = chanceTerms(chance, shares, weights);
  if (q < 2 || 1 - expected <= noRoomForChance) {
    const reason = q < 2 ? "one declared category: nothing to disagree on" : "expected agreement is 1: 0/0";
    return { ...shared, ...unknown, observed, expected: q < 2 ? null : expected, reason };
  }
  const estimate = (observed - expected) / (1 - expected);
  if (n < 2) {
    const reason = "one subject: no variance between subjects";
    return { ...shared, ...unknown, estimate, observed, expected, reason };
  }
  // Gwet's linearization. Subjects with one rating are sampled units too: their agreement term is 0, not missing.
  const linearized = subjects.map((subject, i) => {
    const paired =
      subject.total >= 2 ? ((n / weightPaired) * (at(agreements, i) - expected)) / (1 - expected) : 0;
    return paired - (2 * (1 - estimate) * (subjectTerm(subject) - expected)) / (1 - expected);
  });
  const standardError = Math.sqrt(
    sum(linearized.map((value, i) => (at(share, i) * (value - estimate)) ** 2)) / (n * (n - 1)),
  );
  const half = tCritical(confidence, n - 1) * standardError;
  return {
    ...shared,
    estimate,
    lower: estimate - half,
    upper: estimate + half,
    standardError,
    observed,
    expected,
    reason: null,
  };
}

interface Subject {
  readonly counts: readonly number[];
  readonly total: number;
}

function tally(row: readonly (Label | null)[], q: number, position: (label: Label) => number): Subject {
  const counts = new Array<number>(q).fill(0);
  let total = 0;
  for (const label of row) {
    if (label === null) continue;
    const k = position(label);
    counts[k] = counts[k]! + 1;
    total += 1;
  }
  return { counts, total };
}

/** Weighted share of agreeing pairs of one subject; 0 if there is no pair. */
function subjectAgreement({ counts, total }: Subject, weights: readonly (readonly number[])[]): number {
  if (total < 2) return 0;
  const agreeing = counts.map((count, k) => {
    const near = sum(counts.map((other, l) => weights[k]![l]! * other));
    return count * (near - 1);
  });
  return sum(agreeing) / (total * (total - 1));
}

/** Expected agreement, and the contribution of one subject to its linearization. */
function chanceTerms(
  chance: Chance,
  shares: readonly number[],
  weights: readonly (readonly number[])[],
): { readonly expected: number; readonly subjectTerm: (subject: Subject) => number } {
  const q = shares.length;
  const credit = sum(weights.flat());
  if (chance === "brennan-prediger") {
    const expected = credit / q ** 2;
    return { expected, subjectTerm: () => expected };
  }
  if (chance === "gwet") {
    const scale = credit / (q * (q - 1));
    return {
      expected: scale * sum(shares.map((p) => p * (1 - p))),
      subjectTerm: ({ counts, total }) =>
        (scale * sum(counts.map((count, k) => count * (1 - shares[k]!)))) / total,
    };
  }
  const pull = shares.map((_, k) =>
    sum(shares.map((p, l) => (p * (cell(weights, k, l) + cell(weights, l, k))) / 2)),
  );
  return {
    expected: dot(shares, pull),
    subjectTerm: ({ counts, total }) => sum(counts.map((count, k) => count * pull[k]!)) / total,
  };
}
