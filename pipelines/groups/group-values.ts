import type { StratumGroups } from "../../src/lib/ranking/composite-covariance.js";
import type { Engine } from "../warehouse/engine.js";

/** Key of a part of a dataset ('' = the whole). */
export const stratumKey = (dataset: string, stratum: string): string => `${dataset}\0${stratum}`;

/** The values of a run's groups in its tasks, by `stratumKey`, in the order of the group numbers. */
export type GroupValues = ReadonlyMap<string, StratumGroups>;

/** Reads the units of a run whose units are single groups; see `groupScores`. */
export async function groupValuesOf(engine: Engine, runNo: number): Promise<GroupValues> {
  const strata = new Map<string, { groups: number[]; sums: number[]; sizes: number[] }>();
  for (const { dataset, stratum, unit, num, den } of await engine.rows<{
    dataset: string;
    stratum: string;
    unit: number;
    num: number;
    den: number;
  }>(
    "SELECT dataset, stratum, unit, num, den FROM task_units WHERE run_no = $run_no ORDER BY dataset, stratum, unit",
    { run_no: runNo },
  )) {
    const key = stratumKey(dataset, stratum);
    const values = strata.get(key) ?? { groups: [], sums: [], sizes: [] };
    strata.set(key, values);
    values.groups.push(unit);
    values.sums.push(num / 1e9);
    values.sizes.push(den);
  }
  return strata;
}
