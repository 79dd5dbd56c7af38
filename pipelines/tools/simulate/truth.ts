import { type ScorerName, verdictKindOf } from "../../../src/lib/scorers/index.js";
import { at } from "../../../src/lib/util/indexing.js";
import {
  baseLogit,
  gridMean,
  itemSd,
  logistic,
  logitGrid,
  normalWeights,
  responseSd,
  specialtyEffect,
} from "./ability.js";
import { raterLikeThem, type World } from "./conditions.js";
import type { SimulatedFile } from "./datasets.js";
import { criteria, criterionSd, type Grader, gradeCurves, judge, meanBlindGrade, scale } from "./grades.js";
import type { KeyedRandom } from "./keyed-random.js";
import { type Population, usableShare } from "./population.js";
import { judgeBlindSpots, specialtyDistribution } from "./specialties.js";
import type { SimulatedSystem } from "./systems.js";

/**
 * Expected scores in closed form (one-dimensional integrals), over items as well as over answers: the mean of infinitely
 * many groups, which an interval should cover.
 */
export interface ExpectedScore {
  /** As the benchmark scores it: with this judge's verdicts, unusable answers counted as wrong. */
  readonly expected: number;
  /** The same if physicians graded instead of the judge and key points were matched without error. */
  readonly expectedByPhysicians: number;
  /** The same if these physicians graded instead of the judge, and the judge still matched the key points. */
  readonly corrected: number;
  /** The same, graded by physicians like them. */
  readonly correctedForRatersLikeThem: number;
  /** By metric, as measured. */
  readonly components: Readonly<Record<string, number>>;
}

/** Kinds of specialty that behave alike, with the share of items in each. */
const strata = mergeStrata();

function mergeStrata() {
  const merged = new Map<string, { effect: number; blind: boolean; share: number }>();
  for (const { code, share } of specialtyDistribution) {
    const effect = specialtyEffect(code);
    const blind = code !== null && judgeBlindSpots.includes(code);
    const known = merged.get(`${effect}/${blind}`);
    merged.set(`${effect}/${blind}`, { effect, blind, share: share + (known?.share ?? 0) });
  }
  return [...merged.values()];
}

/** The expected score of a system on a dataset, from the components of all its files. */
export function expectedScore(
  { key, world }: Pick<Population, "key" | "world">,
  system: SimulatedSystem,
  files: readonly SimulatedFile[],
): ExpectedScore {
  let weights = 0;
  const sum = { measured: 0, physicians: 0, corrected: 0, likeThem: 0 };
  const components: Record<string, number> = {};
  for (const file of files) {
    for (const { metric, scorer, weight } of file.components) {
      const means = componentMean(key, system, file, scorer, world);
      components[metric] = means.measured;
      for (const part of ["measured", "physicians", "corrected", "likeThem"] as const) {
        sum[part] += weight * means[part];
      }
      weights += weight;
    }
  }
  return {
    expected: sum.measured / weights,
    expectedByPhysicians: sum.physicians / weights,
    corrected: sum.corrected / weights,
    correctedForRatersLikeThem: sum.likeThem / weights,
    components,
  };
}

interface Means {
  readonly measured: number;
  readonly physicians: number;
  readonly corrected: number;
  readonly likeThem: number;
}

function componentMean(
  key: KeyedRandom,
  system: SimulatedSystem,
  file: SimulatedFile,
  scorer: ScorerName,
  world: World,
): Means {
  const usable = usableShare(system, file);
  const over = meanOver(baseLogit(key, system, file), file.kind.judged ? responseSd : 0);
  const right = over(rightCurve, rightCurve);
  const kind = verdictKindOf(scorer);
  if (kind === "scale") {
    const { gradeShift, judgeBias, reliable } = file.hard;
    const grades = meanOver(baseLogit(key, system, file) + gradeShift, Math.hypot(responseSd, criterionSd));
    // A judge reads refusals too, and anyone gives them the lowest grade.
    const refusals = reliable ? 0 : (system.failures.refused * scale.min) / scale.max;
    const by = (graders: readonly Pick<Grader, "bias" | "sd">[]) => {
      const curve = meanGrades(graders);
      return usable * grades(curve, curve) + refusals;
    };
    const physicians = by(world.raters);
    return {
      measured:
        usable * grades(meanGrades([{ ...judge, bias: judge.bias + judgeBias }]), blindGradeCurve) + refusals,
      physicians,
      corrected: physicians,
      likeThem: world.raterSd === null ? physicians : by([raterLikeThem(world)]),
    };
  }
  if (kind === "key_point") {
    const measured = usable * over(matchCurve, blindMatchCurve);
    return { measured, physicians: usable * right, corrected: measured, likeThem: measured };
  }
  const value = file.kind.expectedCounts ? pooledF1(file, usable, over) : exactMean(file, usable, over);
  return { measured: value, physicians: value, corrected: value, likeThem: value };
}

type MeanOver = (curve: readonly number[], blindCurve: readonly number[]) => number;

/** Expected value over items (and answers, by `extraSd`); the second curve applies where the judge is blind. */
function meanOver(base: number, extraSd: number): MeanOver {
  const weighted = strata.map((stratum) => ({
    ...stratum,
    weights: normalWeights(base + stratum.effect, Math.hypot(itemSd, extraSd)),
  }));
  return (curve, blindCurve) =>
    weighted.reduce(
      (total, { blind, share, weights }) => total + share * gridMean(blind ? blindCurve : curve, weights),
      0,
    );
}

function exactMean({ kind, variants }: SimulatedFile, usable: number, over: MeanOver): number {
  const curve = rightCurve.map((right) => kind.expected?.(right, usable, variants) ?? 0);
  return over(curve, curve);
}

/** F1 of expected counts: the limit of the pooled F1 as items are added. */
function pooledF1({ kind }: SimulatedFile, usable: number, over: MeanOver): number {
  const of = (part: "tp" | "fp" | "fn") => {
    const curve = rightCurve.map((right) => kind.expectedCounts?.(right, usable)[part] ?? 0);
    return over(curve, curve);
  };
  return (2 * of("tp")) / (2 * of("tp") + of("fp") + of("fn"));
}

const rightCurve = logitGrid.map(logistic);
const matchCurve = rightCurve.map(
  (right) => judge.falsePositive + (judge.sensitivity - judge.falsePositive) * right,
);
const blindMatchCurve = logitGrid.map(() => judge.blindMatch);
const blindGradeCurve = logitGrid.map(() => meanBlindGrade / scale.max);
const gradeMeans = new Map<string, readonly number[]>();

/** Mean grade over criteria and graders, as a share of the scale's maximum; computed once for the same graders. */
function meanGrades(graders: readonly Pick<Grader, "bias" | "sd">[]): readonly number[] {
  const name = graders.map(({ bias, sd }) => `${bias}/${sd}`).join(" ");
  const known = gradeMeans.get(name) ?? computedMeanGrades(graders);
  gradeMeans.set(name, known);
  return known;
}

function computedMeanGrades(graders: readonly Pick<Grader, "bias" | "sd">[]): number[] {
  const curves = graders.flatMap((grader) =>
    criteria.map((criterion) => gradeCurves(criterion, grader).mean),
  );
  return logitGrid.map(
    (_, i) => curves.reduce((total, curve) => total + at(curve, i), 0) / curves.length / scale.max,
  );
}
