import {
  type ClusteredKappa,
  clusteredKappa,
  kappaDifference,
  type ValuePair,
} from "../../../src/lib/agreement/clustered-kappa.js";
import { blandAltman, gwetAgreement, icc, krippendorffAlpha } from "../../../src/lib/agreement/index.js";
import { lowGradeDetection, lowGradeLimit } from "../../../src/lib/calibration/low-grades.js";
import { messageColumns } from "../../../src/lib/messages/message.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { dot, mean, sum } from "../../../src/lib/util/sum.js";
import { writeRows } from "../../warehouse/write-rows.js";
import type { StageTools } from "../stage.js";
import type { CriterionUnits } from "./criteria.js";
import { pairsWithJudge, type RatedUnit, residualMean } from "./rated-units.js";
import { categoriesOf, slicesOf } from "./slices.js";

export interface AgreementOptions {
  readonly confidence: number;
  /** Grades up to this share of the scale's range count as low (unsafe, on the safety criterion). */
  readonly lowCut: number;
}

/** Writes `agreement`: one row for each criterion, judge version and slice. */
export async function writeAgreement(
  { engine, draft }: StageTools,
  criteria: readonly CriterionUnits[],
  options: AgreementOptions,
) {
  const rows = criteria.flatMap(({ identity, units }) => {
    const categories = categoriesOf(units);
    const { scale_min, scale_max } = units[0] as RatedUnit;
    return slicesOf(units).map(({ kind, name, units: own }) => ({
      ...{ ...identity, slice_kind: kind, slice: name, scale_min, scale_max },
      ...agreementOf(own, { categories, ...options }),
    }));
  });
  await writeRows(engine, "agreement", rows, draft.path("agreement", "0000.parquet"));
}

/**
 * Agreement of a judge with single physicians on a set of answers, and of physicians with one another on the same
 * answers. Each rating is one pair, so judge and ceiling are measured in the same way: one opinion compared with another.
 * Kappas, bias, sensitivity and specificity have intervals over items; AC, alpha, ICC and limits are reported without. If the
 * probability of being rated is known, all statistics are weighted by its inverse and refer to all answers of the draw.
 */
export function agreementOf(
  units: readonly RatedUnit[],
  { categories, confidence, lowCut }: AgreementOptions & { readonly categories: readonly number[] },
) {
  const pairs = pairsWithJudge(units);
  const between = units.flatMap(({ cluster, ratings, weight }) =>
    ratings.flatMap((one, i) =>
      ratings
        .slice(i + 1)
        .map((other): ValuePair => ({ left: one.value, right: other.value, cluster, weight })),
    ),
  );
  const [first] = units;
  const weighting: Row<"agreement">["weighting"] = categories.length > 2 ? "quadratic" : "unweighted";
  const kappa = clusteredKappa(pairs, { categories, confidence });
  const ceiling = clusteredKappa(between, { categories, confidence, symmetric: true });
  const graded = units.map(({ verdict, ratings, cluster, weight }) => ({
    ...{ verdict, cluster, weight },
    people: mean(ratings.map(({ value }) => value)),
  }));
  const people = graded.map((answer) => answer.people);
  const verdicts = graded.map(({ verdict }) => verdict);
  const designWeights = units.map(({ weight }) => weight);
  const limits = blandAltman(verdicts, people, { confidence, designWeights });
  const bias = residualMean(units, confidence);
  const low = first === undefined ? 0 : lowGradeLimit({ min: first.scale_min, max: first.scale_max }, lowCut);
  return {
    n_ratings: pairs.length,
    n_responses: new Set(units.map(({ response }) => response)).size,
    n_groups: kappa.nClusters,
    n_effective: pairs.length === 0 ? null : kappa.nEffective,
    is_weighted: designWeights.some((weight) => weight !== designWeights[0]),
    n_raters: new Set(units.flatMap(({ ratings }) => ratings.map(({ rater }) => rater))).size,
    // Items are the units of every interval; what other raters would say is not in them.
    raters: "these raters" as const,
    n_blinded: units.flatMap(({ ratings }) => ratings.filter(({ blinded }) => blinded === true)).length,
    judge_mean: orNull(weightedMean(verdicts, designWeights)),
    people_mean: orNull(weightedMean(people, designWeights)),
    weighting,
    raw_agreement: kappa.percentAgreement,
    kappa: kappa.estimate,
    kappa_lower: kappa.lower,
    kappa_upper: kappa.upper,
    kappa_se: kappa.standardError,
    ac:
      pairs.length === 0
        ? null
        : gwetAgreement(asRows(pairs), { categories, weights: weighting, designWeights: weightsOf(pairs) })
            .estimate,
    alpha:
      pairs.length === 0
        ? null
        : krippendorffAlpha(asColumns(pairs), {
            level: alphaLevel(categories),
            designWeights: weightsOf(pairs),
          }).estimate,
    icc: icc(
      graded.map((answer) => [answer.verdict, answer.people]),
      { designWeights },
    ).icc2.estimate,
    bias: bias.estimate,
    bias_lower: bias.lower,
    bias_upper: bias.upper,
    limit_lower: limits.lowerLimit.estimate,
    limit_upper: limits.upperLimit.estimate,
    ...lowGrades(pairs, low, confidence),
    ...ceilingOf(kappa, ceiling, between.length, confidence),
    ...messageColumns("reason", kappa.reason),
  };
}

function ceilingOf(kappa: ClusteredKappa, ceiling: ClusteredKappa, n: number, confidence: number) {
  const { estimate, lower, upper } = kappaDifference(kappa, ceiling, { confidence });
  return {
    n_rater_pairs: n,
    ceiling: ceiling.estimate,
    ceiling_lower: ceiling.lower,
    ceiling_upper: ceiling.upper,
    over_ceiling: estimate,
    over_ceiling_lower: lower,
    over_ceiling_upper: upper,
  };
}

function lowGrades(pairs: readonly ValuePair[], low: number, confidence: number) {
  const { nLow, judgeShare, peopleShare, sensitivity, specificity } = lowGradeDetection(pairs, low, {
    confidence,
  });
  return {
    low_at_most: low,
    n_low: nLow,
    judge_low_share: judgeShare,
    people_low_share: peopleShare,
    sensitivity: sensitivity.estimate,
    sensitivity_lower: sensitivity.lower,
    sensitivity_upper: sensitivity.upper,
    specificity: specificity.estimate,
    specificity_lower: specificity.lower,
    specificity_upper: specificity.upper,
  };
}

const weightsOf = (pairs: readonly ValuePair[]) => pairs.map(({ weight = 1 }) => weight);
const weightedMean = (values: readonly number[], weights: readonly number[]) =>
  dot(values, weights) / sum(weights);
const asRows = (pairs: readonly ValuePair[]) => pairs.map(({ left, right }) => [left, right]);
const asColumns = (pairs: readonly ValuePair[]) => [
  pairs.map(({ left }) => left),
  pairs.map(({ right }) => right),
];
const alphaLevel = (categories: readonly number[]) => (categories.length > 2 ? "ordinal" : "nominal");
const orNull = (value: number) => (Number.isNaN(value) ? null : value);
