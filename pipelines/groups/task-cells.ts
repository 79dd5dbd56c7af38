import type { MetricVersion } from "../../src/lib/catalogue/schema.js";
import { meanFromZero } from "../../src/lib/stats/cluster-moments.js";
import type { GroupStratum } from "../../src/lib/stats/group-mean.js";
import type { Engine } from "../warehouse/engine.js";
import { readQuery } from "../warehouse/sql-files.js";
import { type MomentColumns, momentsOf } from "./moments.js";
import type { Versions } from "./task-groups.js";

/** Groups of one stratum (file) of a dataset, as moments in units of scores. */
export interface TaskCell extends GroupStratum {
  readonly dataset: string;
  readonly stratum: string;
  /** Groups with a value. */
  readonly nGroups: number;
  /** Sum over groups of the value if every response that policy decided had been correct. */
  readonly sumBest: number;
  readonly sumMean: number;
}

/** Sums over the groups of a cell, in units of 10^-9 of a score. */
interface CellColumns extends MomentColumns {
  readonly run_no: number;
  readonly dataset: string;
  readonly stratum: string;
  /** Weight of a prompt; see `groupScores`. */
  readonly scale: number;
  readonly n_groups: number;
  readonly sum_best: number;
  readonly sum_mean: number;
}

/** Cells of a batch of runs by `run_no`, then by dataset. */
export async function taskCells(
  engine: Engine,
  versions: Versions,
): Promise<ReadonlyMap<number, ReadonlyMap<string, readonly TaskCell[]>>> {
  const cells = new Map<number, Map<string, TaskCell[]>>();
  for (const row of await engine.rows<CellColumns>(readQuery(new URL("task-cells.sql", import.meta.url)))) {
    const moments = meanFromZero(momentsOf(row, row.scale));
    const cell: TaskCell = {
      dataset: row.dataset,
      stratum: row.stratum,
      weight: stratumWeight(versions.get(row.dataset), row.stratum),
      moments,
      nGroups: row.n_groups,
      sumBest: row.sum_best / 1e9,
      sumMean: row.sum_mean / 1e9,
    };
    const own = cells.get(row.run_no) ?? new Map<string, TaskCell[]>();
    cells.set(row.run_no, own.set(row.dataset, [...(own.get(row.dataset) ?? []), cell]));
  }
  return cells;
}

/** Weight of a part of a dataset ('' = the whole) among the parts that its metric combines. */
function stratumWeight(version: MetricVersion | undefined, stratum: string): number {
  return (version?.components ?? [])
    .filter(({ part }) => (part ?? "") === stratum)
    .reduce((sum, { weight }) => sum + weight, 0);
}
