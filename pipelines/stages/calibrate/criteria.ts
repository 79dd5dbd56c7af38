import { groupBy } from "../../../src/lib/util/group-by.js";
import type { JudgeVersion, RatedUnit } from "./rated-units.js";

/** The rated units of one judge version on one criterion; never empty. */
export interface CriterionUnits {
  readonly identity: JudgeVersion & { readonly criterion: string };
  readonly units: readonly RatedUnit[];
}

/**
 * The units by judge version and criterion, and a further criterion `all`: the graded criteria of a rubric together, those
 * of the scale that most of them share. Key points and other numbered points mean something else and are left out.
 */
export function criteriaOf(units: readonly RatedUnit[]): CriterionUnits[] {
  return [...groupBy([...units, ...gradedTogether(units)], criterionKey).values()].map((own) => {
    const { benchmark, judge, rubric_version, prompt_hash, criterion } = own[0] as RatedUnit;
    return { identity: { benchmark, judge, rubric_version, prompt_hash, criterion }, units: own };
  });
}

function gradedTogether(units: readonly RatedUnit[]): RatedUnit[] {
  const graded = groupBy(
    units.filter(({ position }) => position === null),
    versionKey,
  );
  const together = [...graded.values()].flatMap((own) => {
    const scales = [...groupBy(own, ({ scale_min, scale_max }) => `${scale_min}/${scale_max}`).values()];
    const criteria = (group: readonly RatedUnit[]) => new Set(group.map(({ criterion }) => criterion)).size;
    const [widest] = scales.sort((a, b) => criteria(b) - criteria(a));
    return widest !== undefined && criteria(widest) > 1 ? widest : [];
  });
  return together.map((unit) => ({ ...unit, criterion: "all" }));
}

const versionKey = ({ benchmark, judge, rubric_version, prompt_hash }: RatedUnit) =>
  [benchmark, judge, rubric_version, prompt_hash].join("\u001f");
const criterionKey = (unit: RatedUnit) => [versionKey(unit), unit.criterion].join("\u001f");
