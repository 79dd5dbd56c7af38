import { add, at } from "../../../src/lib/util/indexing.js";
import {
  baseLogit,
  gridMean,
  itemSd,
  logitGrid,
  normalWeights,
  responseSd,
  specialtyEffect,
} from "./ability.js";
import type { SimulatedFile } from "./datasets.js";
import { type Criterion, criteria, criterionSd, type Grader, gradeCurves, judge } from "./grades.js";
import type { Population } from "./population.js";
import { judgeBlindSpots, specialtyDistribution } from "./specialties.js";
import type { SimulatedRun } from "./systems.js";

/** Quadratic-weighted kappas in the limit of infinitely many ratings. */
export interface PlantedAgreement {
  /** Primary specialty code; "" for items without one. */
  readonly specialty: string;
  /** Judge compared with one physician, mean over the physicians. */
  readonly judgeKappa: Readonly<Record<Criterion, number>>;
  /** One physician compared with another, mean over the pairs: the ceiling. */
  readonly physicianKappa: Readonly<Record<Criterion, number>>;
}

/** Per specialty, over answered responses of all runs and judged files in equal parts, as the rating sample draws them. */
export function plantedAgreement(
  { key, world: { raters } }: Pick<Population, "key" | "world">,
  runs: readonly SimulatedRun[],
  files: readonly SimulatedFile[],
): PlantedAgreement[] {
  const bases = runs.flatMap(({ system }) => {
    const own = files.filter(
      ({ kind, track, dataset }) =>
        kind.judged && track === system.track && !system.withheld.includes(dataset),
    );
    return own.map((file) => ({
      logit: baseLogit(key, system, file) + file.hard.gradeShift,
      weight: 1 / own.length,
      judgeBias: file.hard.judgeBias,
    }));
  });
  const made = new Map<string, Omit<PlantedAgreement, "specialty">>();
  return specialtyDistribution.map(({ code }) => {
    const effect = specialtyEffect(code);
    const blind = code !== null && judgeBlindSpots.includes(code);
    const name = `${effect}/${blind}`;
    const known = made.get(name) ?? agreementAt(bases, effect, blind, raters);
    made.set(name, known);
    return { specialty: code ?? "", ...known };
  });
}

type Bases = readonly { readonly logit: number; readonly weight: number; readonly judgeBias: number }[];

/** Answers on which the judge has the same additional bias: weights of the grid, which sum to their share of all. */
interface BiasClass {
  readonly judgeBias: number;
  readonly weights: readonly number[];
}

function agreementAt(
  bases: Bases,
  effect: number,
  blind: boolean,
  raters: readonly Grader[],
): Omit<PlantedAgreement, "specialty"> {
  const total = bases.reduce((sum, { weight }) => sum + weight, 0);
  const classes = [...new Set(bases.map(({ judgeBias }) => judgeBias))].map((judgeBias) => ({
    judgeBias,
    weights: mixtureWeights(
      bases.filter((base) => base.judgeBias === judgeBias),
      effect,
      total,
    ),
  }));
  const byCriterion = (kappa: (criterion: Criterion) => number) =>
    Object.fromEntries(criteria.map((criterion) => [criterion, kappa(criterion)])) as Record<
      Criterion,
      number
    >;
  return {
    // A blind judge's grades are independent of the physicians': kappa is exactly 0.
    judgeKappa: byCriterion((criterion) =>
      blind ? 0 : mean(raters.map((rater) => kappaOf(classes, criterion, judge, rater))),
    ),
    physicianKappa: byCriterion((criterion) =>
      mean(
        raters.flatMap((one, i) =>
          raters.slice(i + 1).map((other) => kappaOf(unbiased(classes), criterion, one, other)),
        ),
      ),
    ),
  };
}

/** Physicians do not share the judge's bias. */
const unbiased = (classes: readonly BiasClass[]) => classes.map((own) => ({ ...own, judgeBias: 0 }));

function mixtureWeights(bases: Bases, effect: number, total: number): number[] {
  const mixed = logitGrid.map(() => 0);
  for (const { logit, weight } of bases) {
    const own = normalWeights(logit + effect, Math.hypot(itemSd, responseSd, criterionSd));
    for (let i = 0; i < mixed.length; i += 1) add(mixed, i, (at(own, i) * weight) / total);
  }
  return mixed;
}

/**
 * Quadratic-weighted kappa is 1 - E(X - Y)^2 / E(X - Y')^2 with Y' independent of X; given the latent quality the two
 * grades are independent, so both follow from the graders' first two moments.
 */
function kappaOf(
  classes: readonly BiasClass[],
  criterion: Criterion,
  one: Pick<Grader, "bias" | "sd">,
  other: Pick<Grader, "bias" | "sd">,
): number {
  let [squares, product, meanX, meanY] = [0, 0, 0, 0];
  for (const { judgeBias, weights } of classes) {
    const x = gradeCurves(criterion, { ...one, bias: one.bias + judgeBias });
    const y = gradeCurves(criterion, other);
    squares += gridMean(x.square, weights) + gridMean(y.square, weights);
    product += gridMean(
      x.mean.map((value, i) => value * at(y.mean, i)),
      weights,
    );
    meanX += gridMean(x.mean, weights);
    meanY += gridMean(y.mean, weights);
  }
  return 1 - (squares - 2 * product) / (squares - 2 * meanX * meanY);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
