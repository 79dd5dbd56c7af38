import {
  compositeComparison,
  type PairedComparison,
  pairedComparison,
  ratioValues,
} from "../../src/lib/stats/index.js";
import { lookUp } from "../../src/lib/util/indexing.js";
import { sum } from "../../src/lib/util/sum.js";
import type { Engine } from "../warehouse/engine.js";

/** Difference of two systems' values of one dataset, first minus second, in [-1, 1]. */
export interface DatasetDifference {
  readonly difference: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n_groups: number;
  /** Groups that only one system got right, if every group is right or wrong. */
  readonly only_first: number | null;
  readonly only_second: number | null;
  readonly p: number | null;
}

/** Groups of one part of a dataset that both systems have scores for: what each adds to the part's ratio. */
export interface Pair {
  /** Relative weight of the part in its dataset. */
  readonly weight: number;
  readonly first: Stratum;
  readonly second: Stratum;
}

interface Stratum {
  readonly sums: number[];
  readonly sizes: number[];
}

/** Groups that the runs 0 and 1 of `groupScores` share, by dataset and part. */
export async function pairedParts(engine: Engine): Promise<ReadonlyMap<string, readonly Pair[]>> {
  const weights = new Map(
    (
      await engine.rows<{ dataset: string; stratum: string; weight: number }>(
        "SELECT dataset, stratum, sum(weight) AS weight FROM kinds GROUP BY dataset, stratum",
      )
    ).map(({ dataset, stratum, weight }) => [`${dataset}\0${stratum}`, weight]),
  );
  const parts = new Map<string, Map<string, Pair>>();
  for (const row of await engine.rows<{
    dataset: string;
    stratum: string;
    first_num: number;
    first_den: number;
    second_num: number;
    second_den: number;
  }>(
    `SELECT dataset, stratum, f.num AS first_num, f.den AS first_den, s.num AS second_num, s.den AS second_den
     FROM (FROM task_units WHERE run_no = 0) AS f JOIN (FROM task_units WHERE run_no = 1) AS s USING (dataset, stratum, unit)
     ORDER BY dataset, unit, stratum`,
  )) {
    const own = parts.get(row.dataset) ?? new Map<string, Pair>();
    parts.set(row.dataset, own);
    const pair = own.get(row.stratum) ?? {
      weight: lookUp(weights, `${row.dataset}\0${row.stratum}`),
      first: { sums: [], sizes: [] },
      second: { sums: [], sizes: [] },
    };
    own.set(row.stratum, pair);
    pair.first.sums.push(row.first_num / 1e9);
    pair.first.sizes.push(row.first_den);
    pair.second.sums.push(row.second_num / 1e9);
    pair.second.sizes.push(row.second_den);
  }
  return new Map([...parts].map(([dataset, own]) => [dataset, [...own.values()]]));
}

export interface ComparedPart {
  /** Share of the part in its dataset. */
  readonly share: number;
  readonly comparison: PairedComparison;
}

/** The parts of a dataset that have a value for both systems; a part whose counts are all 0 has none. */
export function comparedParts(pairs: readonly Pair[]): readonly ComparedPart[] {
  const total = sum(pairs.map(({ weight }) => weight));
  return pairs.flatMap(({ weight, first, second }) => {
    const [left, right] = [first, second].map(({ sums, sizes }) => ratioValues(sums, sizes));
    return left && right ? [{ share: weight / total, comparison: pairedComparison(left, right) }] : [];
  });
}

/** The difference of a dataset's values, with its interval and test. */
export function datasetComparison(parts: readonly ComparedPart[]): DatasetDifference {
  const comparisons = parts.map(({ comparison }) => comparison);
  const n_groups = sum(comparisons.map(({ differences }) => differences.length));
  const only = (count: "onlyFirst" | "onlySecond") =>
    comparisons.every((comparison) => comparison[count] !== null)
      ? sum(comparisons.map((comparison) => comparison[count] ?? 0))
      : null;
  const counts = { n_groups, only_first: only("onlyFirst"), only_second: only("onlySecond") };
  const [single] = comparisons;
  if (single !== undefined && comparisons.length === 1) {
    const { estimate, lower, upper, pValue } = single;
    return { difference: estimate, lower, upper, ...counts, p: pValue };
  }
  const composite = compositeComparison(
    parts.map(({ share, comparison }) => ({ differences: comparison.differences, weight: share })),
  );
  const { estimate = null, lower = null, upper = null, pValue = null } = composite ?? {};
  return { difference: estimate, lower, upper, ...counts, p: pValue };
}
