import type { RatedUnit } from "./rated-units.js";

export const sliceKinds = ["overall", "dataset", "specialty", "family", "language", "period"] as const;
export type SliceKind = (typeof sliceKinds)[number];

/** A named subset of the units: all of them, or those of one dataset, specialty, family, language or pool. */
export interface UnitSlice {
  readonly kind: SliceKind;
  /** '' for all units, and for units without a specialty. */
  readonly name: string;
  readonly units: readonly RatedUnit[];
}

const namesOf: Readonly<Record<SliceKind, (unit: RatedUnit) => readonly string[]>> = {
  overall: () => [""],
  dataset: ({ dataset }) => [dataset],
  // An answer that belongs to two specialties is evidence for both.
  specialty: ({ specialty }) => specialty.split("|"),
  family: ({ family }) => [family],
  language: ({ language }) => [language],
  period: ({ pool }) => [pool],
};

/** Every slice of a list of units, each kind in the order of its names. */
export function slicesOf(units: readonly RatedUnit[]): UnitSlice[] {
  return sliceKinds.flatMap((kind) => {
    const groups = new Map<string, RatedUnit[]>();
    for (const unit of units) {
      for (const name of namesOf[kind](unit)) {
        const group = groups.get(name);
        if (group === undefined) groups.set(name, [unit]);
        else group.push(unit);
      }
    }
    return [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, members]) => ({ kind, name, units: members }));
  });
}

/** Values of a scale in order: the whole numbers between its ends, otherwise the values that occur. */
export function categoriesOf(
  units: readonly (Pick<RatedUnit, "verdict" | "scale_min" | "scale_max"> & {
    readonly ratings: readonly { readonly value: number }[];
  })[],
): number[] {
  const values = new Set(
    units.flatMap(({ verdict, ratings }) => [verdict, ...ratings.map(({ value }) => value)]),
  );
  const [first] = units;
  if (first !== undefined && [...values, first.scale_min, first.scale_max].every(Number.isInteger)) {
    return Array.from({ length: first.scale_max - first.scale_min + 1 }, (_, i) => first.scale_min + i);
  }
  return [...values].sort((a, b) => a - b);
}
