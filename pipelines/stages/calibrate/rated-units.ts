import type { ValuePair } from "../../../src/lib/agreement/clustered-kappa.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { type ClusterMean, clusterMean } from "../../../src/lib/stats/cluster-mean.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { mean, sum } from "../../../src/lib/util/sum.js";
import type { Engine } from "../../warehouse/engine.js";
import { readQuery, withParts } from "../../warehouse/sql-files.js";

/** One judge model with one rubric and one prompt: what a calibration is valid for. */
export type JudgeVersion = Row<"agreement", "benchmark" | "judge" | "rubric_version" | "prompt_hash">;

/** One answer on one criterion that the judge and at least one person graded. */
export interface RatedUnit extends JudgeVersion {
  /** Criterion; those numbered per item (key_point/3) share one name. */
  readonly criterion: string;
  readonly response: string;
  /** Independent unit: all grades of one item, for all systems that answered it. */
  readonly cluster: string;
  readonly scale_min: number;
  readonly scale_max: number;
  readonly verdict: number;
  readonly ratings: readonly {
    readonly rater: string;
    readonly value: number;
    /** Null where the source does not state it. */
    readonly blinded: boolean | null;
  }[];
  /** Probability with which the answer was drawn for rating; null where the rating sheet does not give it. */
  readonly inclusion: number | null;
  /** Answers that this one represents in statistics of agreement; 1 for all where a probability is missing. */
  readonly weight: number;
  readonly run_id: string;
  readonly system: string;
  readonly family: string;
  readonly dataset: string;
  readonly pool: string;
  readonly language: string;
  /** Primary specialty codes, `|` between several; '' = none. */
  readonly specialty: string;
  /** Characters of the answer; null where its text is not in the warehouse. */
  readonly answer_length: number | null;
  /** Place of a numbered criterion in the prompt, else its number, for position effects; null where it has none. */
  readonly position: number | null;
}

const responseKey = "benchmark, run_id, dataset, pool, item_id, variant, condition, repeat";

/** Parts of a response's identity in one text, for joins in memory. */
export const responseId = (alias: string) =>
  `concat_ws(chr(31), ${responseKey
    .split(", ")
    .map((column) => `${alias}.${column}`)
    .join(", ")})`;
export const clusterId = (alias: string, group: string) =>
  `concat_ws(chr(31), ${alias}.benchmark, ${alias}.dataset, ${alias}.pool, coalesce(${group}, ${alias}.item_id))`;

/** Every judged answer that people rated on the same criterion and the same scale. */
export async function ratedUnits(engine: Engine): Promise<RatedUnit[]> {
  const query = withParts(readQuery(new URL("rated-units.sql", import.meta.url)), {
    response: responseId("j"),
    cluster: clusterId("j", "i.group_id"),
  });
  return withWeights(await engine.rows<Omit<RatedUnit, "weight">>(query));
}

/**
 * Weights of the units of a benchmark: the inverse of the probability of being rated. If it is missing for any of them, they
 * cannot be weighted against each other, and all weights are 1.
 */
export function withWeights(units: readonly Omit<RatedUnit, "weight">[]): RatedUnit[] {
  const unknown = new Set(
    units.filter(({ inclusion }) => inclusion === null).map(({ benchmark }) => benchmark),
  );
  return units.map((unit) => ({
    ...unit,
    weight: unknown.has(unit.benchmark) ? 1 : 1 / (unit.inclusion as number),
  }));
}

/** One pair of values for each rating: the verdict and what the physician gave. */
export function pairsWithJudge(units: readonly RatedUnit[]): ValuePair[] {
  return units.flatMap(({ cluster, verdict, ratings, weight }) =>
    ratings.map(({ value }): ValuePair => ({ left: verdict, right: value, cluster, weight })),
  );
}

/** Mean of the verdict minus the mean rating, over items. */
export function residualMean(units: readonly RatedUnit[], confidence?: number): ClusterMean {
  const weights = units.map(({ weight }) => weight);
  // Where all weights are equal they cancel, and 1 keeps the sums exact.
  const isWeighted = weights.some((weight) => weight !== weights[0]);
  const groups = groupBy(
    units.map((unit) => ({ ...unit, weight: isWeighted ? unit.weight : 1 })),
    ({ cluster }) => cluster,
  );
  const residual = ({ verdict, ratings, weight }: RatedUnit) =>
    weight * (verdict - mean(ratings.map(({ value }) => value)));
  return clusterMean(
    [...groups.values()].map((own) => sum(own.map(residual))),
    [...groups.values()].map((own) => sum(own.map(({ weight }) => weight))),
    confidence === undefined ? {} : { confidence },
  );
}

/** How many ratings could not be compared with a verdict, and why. */
export async function unmatchedRatings(engine: Engine): Promise<Record<string, number>> {
  const rows = await engine.rows<{ reason: string; n: number }>(
    readQuery(new URL("unmatched-ratings.sql", import.meta.url)),
  );
  return Object.fromEntries(rows.map(({ reason, n }) => [reason, n]));
}
