import type { Rubric } from "../../../src/lib/catalogue/rubric.js";
import type { ResponseKey } from "../../../src/lib/records/tables.js";
import { type MaterialRow, materialOf } from "../../judging/material.js";
import type { JudgeMaterial } from "../../judging/types.js";
import type { Engine } from "../../warehouse/engine.js";

/** An answer to edit, with everything that a judge needs to grade it. */
export interface StressAnswer {
  /** Independent unit: benchmark, pool and group of the item. One answer per group is drawn. */
  readonly group: string;
  readonly run: string;
  readonly dataset: string;
  readonly item: string;
  readonly variant: number;
  readonly condition: string;
  readonly repeat: number;
  readonly specialties: readonly string[];
  readonly material: JudgeMaterial;
}

export interface StressSample {
  readonly seed: number;
  /** Maximum number of answers to draw. */
  readonly limit: number;
  readonly datasets?: readonly string[];
}

/**
 * Draws answers that judges grade (items with key points; for rubrics with criteria of their own also responses that
 * have verdicts), at most one for each group of items, so that answers are independent. The draw takes from each specialty and language in turn, so that a small
 * limit still covers all of them. Equal seeds and warehouses give equal samples.
 */
export async function drawAnswers(
  engine: Engine,
  rubric: Rubric,
  { seed, limit, datasets }: StressSample,
): Promise<StressAnswer[]> {
  const rows = await engine.rows<AnswerRow>(
    `WITH gradable AS (
       SELECT r.run_id, r.benchmark, r.dataset, r.pool, r.item_id, r.variant, r.condition, r.repeat, r.raw,
              i.group_id, i.language, coalesce(i.specialty_primary, '') AS specialty,
              p.question, p.gold, p.key_points,
              md5(concat_ws('/', $seed, r.run_id, r.dataset, r.item_id, r.variant, r.condition, r.repeat)) AS draw
       FROM responses AS r
       JOIN items AS i USING (benchmark, dataset, pool, item_id, variant)
       JOIN items_private AS p USING (benchmark, dataset, pool, item_id, variant)
       WHERE i.excluded IS NULL AND p.question IS NOT NULL AND trim(coalesce(r.raw, '')) <> ''
         AND (p.key_points IS NOT NULL
              OR NOT $needs_points AND EXISTS (SELECT 1 FROM judgments AS j
                         WHERE j.run_id = r.run_id AND j.dataset = r.dataset AND j.item_id = r.item_id))
         AND ($datasets = '' OR list_contains(string_split($datasets, '|'), r.dataset))
     ),
     drawn AS (
       SELECT * FROM gradable
       QUALIFY row_number() OVER (PARTITION BY benchmark, pool, dataset, group_id ORDER BY draw) = 1
     )
     SELECT * FROM drawn
     ORDER BY row_number() OVER (PARTITION BY specialty, language ORDER BY draw), draw
     LIMIT $limit`,
    {
      seed: String(seed),
      limit,
      datasets: (datasets ?? []).join("|"),
      needs_points: rubric.kind !== "scale",
    },
  );
  return rows.flatMap((row) => answerOf(row, rubric));
}

interface AnswerRow extends ResponseKey, MaterialRow {
  readonly group_id: string;
  readonly specialty: string;
}

function answerOf(row: AnswerRow, rubric: Rubric): StressAnswer[] {
  const material = materialOf(rubric, row);
  if (material === null) return [];
  return [
    {
      group: [row.benchmark, row.pool, row.dataset, row.group_id].join("/"),
      run: row.run_id,
      dataset: row.dataset,
      item: row.item_id,
      variant: row.variant,
      condition: row.condition,
      repeat: row.repeat,
      specialties: row.specialty === "" ? [] : row.specialty.split("|"),
      material,
    },
  ];
}
