import type { Row } from "../../../src/lib/records/tables.js";
import type { Engine } from "../../warehouse/engine.js";

/** One judge model with one rubric and one prompt: what a calibration is valid for. */
export type JudgeVersion = Row<"agreement", "benchmark" | "judge" | "rubric_version" | "prompt_hash">;

/** One answer on one criterion that the judge and at least one person graded. */
export interface RatedUnit extends JudgeVersion {
  /** Criterion; those numbered per item (key_point/3) go by their common name. */
  readonly criterion: string;
  readonly response: string;
  /** Independent unit: all that was said about one item, whichever system answered. */
  readonly cluster: string;
  readonly scale_min: number;
  readonly scale_max: number;
  readonly verdict: number;
  readonly ratings: readonly {
    readonly rater: string;
    readonly value: number;
    /** Null where the source does not say. */
    readonly blinded: boolean | null;
  }[];
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

/**
 * Every judged answer that people rated on the same criterion and the same scale. First verdicts only: later repeats
 * show the judge's consistency and say nothing more about people.
 */
export async function ratedUnits(engine: Engine): Promise<RatedUnit[]> {
  return engine.rows<RatedUnit>(`
    WITH people AS (
      SELECT ${responseKey}, criterion, scale_min, scale_max,
             list({rater: rater, value: value, blinded: blinded} ORDER BY rater) AS ratings
      FROM ratings WHERE value IS NOT NULL GROUP BY ALL
    ), answers AS (
      -- Few of the answers were rated: only theirs are kept for the join.
      SELECT ${responseKey}, length(raw) AS answer_length FROM responses SEMI JOIN ratings USING (${responseKey})
    )
    SELECT j.benchmark, j.judge, j.rubric_version, coalesce(j.prompt_hash, '') AS prompt_hash,
           regexp_replace(j.criterion, '/[0-9]+$', '') AS criterion,
           CASE WHEN regexp_matches(j.criterion, '/[0-9]+$')
                THEN coalesce(j.prompt_place, TRY_CAST(regexp_extract(j.criterion, '/([0-9]+)$', 1) AS INTEGER)) END AS position,
           ${responseId("j")} AS response, ${clusterId("j", "i.group_id")} AS cluster,
           j.scale_min, j.scale_max, j.value AS verdict, p.ratings,
           j.run_id, coalesce(r.system, j.run_id) AS system, coalesce(r.family, r.system, j.run_id) AS family,
           j.dataset, j.pool, coalesce(i.language, 'und') AS language, coalesce(i.specialty_primary, '') AS specialty,
           a.answer_length
    FROM judgments AS j
    JOIN people AS p USING (${responseKey}, criterion, scale_min, scale_max)
    LEFT JOIN items AS i ON (i.benchmark, i.dataset, i.pool, i.item_id, i.variant) = (j.benchmark, j.dataset, j.pool, j.item_id, j.variant)
    LEFT JOIN runs AS r ON r.run_id = j.run_id
    LEFT JOIN answers AS a ON ${responseKey
      .split(", ")
      .map((column) => `a.${column} = j.${column}`)
      .join(" AND ")}
    WHERE j.judge_repeat = 1 AND j.status = 'ok'
    ORDER BY j.benchmark, j.judge, j.rubric_version, prompt_hash, criterion, response, position`);
}

/** How many ratings could not be compared with a verdict, and why. */
export async function unmatchedRatings(engine: Engine): Promise<Record<string, number>> {
  const rows = await engine.rows<{ reason: string; n: number }>(`
    WITH verdicts AS (
      SELECT ${responseKey}, criterion, max(status = 'ok') AS ok,
             list(DISTINCT [scale_min, scale_max]) AS scales
      FROM judgments SEMI JOIN ratings USING (${responseKey}, criterion)
      WHERE judge_repeat = 1 GROUP BY ${responseKey}, criterion
    )
    SELECT CASE WHEN p.value IS NULL THEN 'ratings_left_open' WHEN v.scales IS NULL THEN 'ratings_without_verdict'
                WHEN NOT list_contains(v.scales, [p.scale_min, p.scale_max]) THEN 'ratings_on_another_scale'
                WHEN NOT v.ok THEN 'ratings_of_failed_verdicts' ELSE 'ratings_used' END AS reason, count(*) AS n
    FROM ratings AS p LEFT JOIN verdicts AS v USING (${responseKey}, criterion)
    GROUP BY reason ORDER BY reason`);
  return Object.fromEntries(rows.map(({ reason, n }) => [reason, n]));
}
