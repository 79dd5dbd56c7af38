import { scorerOf, verdictKindOf } from "../../../src/lib/scorers/index.js";
import { randomNormal } from "../../../src/lib/util/random.js";
import type { FileConditions, SimulatedFile } from "./datasets.js";
import { type Grader, raters } from "./grades.js";
import type { HardCondition } from "./hard-conditions.js";
import { keyedRandom } from "./keyed-random.js";

/** What is different under the chosen conditions. */
export interface World {
  readonly conditions: readonly HardCondition[];
  readonly raters: readonly Grader[];
  /** Standard deviation of strictness among physicians, in points of the scale; null: the raters are all there are. */
  readonly raterSd: number | null;
  /** Answers that are rated in all. */
  readonly ratedResponses: number;
  /** The highest mean grade by the judge at which an answer may be rated. */
  readonly highestRatedGrade: number;
}

const ordinary: World = {
  conditions: [],
  raters,
  raterSd: null,
  ratedResponses: 400,
  highestRatedGrade: Number.POSITIVE_INFINITY,
};

export function worldOf(conditions: readonly HardCondition[], seed: number): World {
  const has = (name: HardCondition) => conditions.includes(name);
  return {
    ...ordinary,
    conditions,
    ...(has("random-raters") ? drawnRaters(seed) : {}),
    ...(has("few-ratings") ? { ratedResponses: 40 } : {}),
    ...(has("low-grades-rated") ? { highestRatedGrade: 3 } : {}),
  };
}

/** Standard deviation of strictness among physicians, in points of the scale from 1 to 5. */
const strictnessSd = 0.2;

function drawnRaters(seed: number): Pick<World, "raters" | "raterSd"> {
  const key = keyedRandom(seed);
  return {
    raters: raters.map((rater) => ({
      ...rater,
      bias: strictnessSd * randomNormal(key("strictness", rater.id)),
    })),
    raterSd: strictnessSd,
  };
}

/** A physician drawn from the population of the raters: strictness adds to the noise. */
export function raterLikeThem({ raterSd }: World): Grader {
  return { id: "any physician like them", bias: 0, sd: Math.hypot(0.25, raterSd ?? 0) };
}

/** Groups in every question file: the size's own, or twelve. */
export function groupsIn(world: World, groups: number): number {
  return world.conditions.includes("twelve-groups") ? 12 : groups;
}

/** Points of the scale by which the judge is too lenient in one dimension, besides its usual bias. */
const leniency = 1;

/** The question files as they are under the conditions. */
export function underConditions(
  files: readonly SimulatedFile[],
  { conditions }: World,
  safetyDimensions: readonly string[],
): SimulatedFile[] {
  const has = (name: HardCondition) => conditions.includes(name);
  return files.map((file): SimulatedFile => {
    const changes: Partial<FileConditions> = {
      ...(has("perfect-safety") && safetyDimensions.includes(file.dimension) && { ease: 5, reliable: true }),
      ...(has("skewed-grades") && file.kind.judged && { gradeShift: 1.8 }),
      ...(has("lenient-dimension") &&
        file.dimension === lenientDimensionOf(file.track, files) && { judgeBias: leniency }),
      ...(has("unequal-groups") && poolsByMean(file) && { cases: true }),
    };
    return { ...file, hard: { ...file.hard, ...changes } };
  });
}

/** The dimension of a track with the most files that a judge grades. */
function lenientDimensionOf(
  track: SimulatedFile["track"],
  files: readonly SimulatedFile[],
): string | undefined {
  const graded = files.filter(
    (file) => file.track === track && file.components.some(({ scorer }) => verdictKindOf(scorer) === "scale"),
  );
  const count = (name: string) => graded.filter(({ dimension }) => dimension === name).length;
  return [...new Set(graded.map(({ dimension }) => dimension))].sort((a, b) => count(b) - count(a))[0];
}

/** Whether the questions of a case can differ: not where a group counts only if all of it is right. */
const poolsByMean = ({ variants, components }: SimulatedFile) =>
  variants === 1 && components.every(({ scorer }) => scorerOf(scorer).pooling !== "all_right");

/** The case of a question: a third of a file's questions belong to the first, the others to cases of two. */
export function caseOf(index: number): string {
  return index % 12 < 4 ? "case-0" : `case-${1 + Math.floor(index / 2)}`;
}
