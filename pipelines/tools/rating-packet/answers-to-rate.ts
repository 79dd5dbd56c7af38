import type { Candidate } from "../../../src/lib/calibration/draw-sample.js";
import { InputError } from "../../../src/lib/errors.js";
import type { ResponseKey } from "../../../src/lib/records/tables.js";
import type { MaterialRow } from "../../judging/material.js";
import type { PlanOptions } from "../../judging/plan.js";
import { requireAnswered } from "../../judging/require-answered.js";
import type { Engine } from "../../warehouse/engine.js";
import { literalList } from "../../warehouse/sql.js";

export interface AnswerFilters {
  /** Draw from these datasets only; undefined = from those that a judge grades. */
  readonly datasets?: readonly string[];
  readonly runs?: readonly string[];
  /** Draw also the answers without a verdict of a dataset in which a judge has graded others. */
  readonly ungraded?: boolean;
}

/** An answer without a rating, and without its text. */
export interface UnratedAnswer extends Candidate, ResponseKey {
  readonly [column: string]: unknown;
  readonly part: string;
}

export interface UnratedAnswers {
  readonly answers: readonly UnratedAnswer[];
  /** Per dataset in which a judge has graded some answers: how many of the others were left out. */
  readonly leftOut: ReadonlyMap<string, number>;
}

/**
 * The answers from which a packet may be drawn: they have a text and a question, count, and have no rating. They are of the datasets
 * that were asked for; otherwise of those that a judge has graded or that need one; otherwise of all. In a dataset where a judge has
 * graded answers, only those are taken, because ratings without a verdict say nothing about the judge.
 *
 * @throws InputError if nothing is left to draw from, with the reason
 */
export async function unratedAnswers(
  engine: Engine,
  rubricsFor: PlanOptions["rubricsFor"],
  { datasets, runs, ungraded = false }: AnswerFilters,
): Promise<UnratedAnswers> {
  await requireAnswered(engine, { datasets, runs }, "rating-packet");
  const all = (await engine.rows<UnratedAnswer>(withoutRating)).filter(
    (answer) =>
      (datasets?.includes(answer.dataset) ?? true) && (runs === undefined || runs.includes(answer.run_id)),
  );
  if (all.length === 0) {
    throw new InputError("rating-packet: there is no answer to draw", {
      hint: "Answers can be drawn that have a text, a question (a question pack or a mapping brings it) and no rating yet.",
    });
  }
  const graded = new Set(all.filter(({ judgeScore }) => judgeScore !== null).map(({ dataset }) => dataset));
  const isJudged = ({ benchmark, dataset, part }: UnratedAnswer) =>
    graded.has(dataset) || rubricsFor(benchmark, dataset, part).length > 0;
  const wanted = datasets !== undefined || !all.some(isJudged) ? all : all.filter(isJudged);
  const leftOut = new Map<string, number>();
  const answers = wanted.filter(({ dataset, judgeScore }) => {
    if (ungraded || judgeScore !== null || !graded.has(dataset)) return true;
    leftOut.set(dataset, (leftOut.get(dataset) ?? 0) + 1);
    return false;
  });
  return { answers, leftOut };
}

/** Texts of drawn answers and their items, by `response`. */
export async function textsOf(
  engine: Engine,
  drawn: readonly UnratedAnswer[],
): Promise<ReadonlyMap<string, MaterialRow>> {
  const rows = await engine.rows<{ response: string } & MaterialRow & { readonly [column: string]: unknown }>(
    `SELECT ${response} AS response, a.dataset, a.item_id, a.raw, i.language, p.question, p.gold, p.key_points
     FROM responses AS a
     JOIN items AS i USING (benchmark, dataset, pool, item_id, variant)
     JOIN items_private AS p USING (benchmark, dataset, pool, item_id, variant)
     WHERE list_contains(${literalList(drawn.map((answer) => answer.response))}, ${response})`,
  );
  return new Map(rows.map((row) => [row.response, row]));
}

/** One text per response, the same for equal keys only. */
const response =
  "to_json([a.benchmark, a.run_id, a.dataset, a.pool, a.item_id, a.variant::VARCHAR, a.condition, a.repeat::VARCHAR])::VARCHAR";

const withoutRating = `
  WITH graded AS (
    SELECT benchmark, run_id, dataset, pool, item_id, variant, condition, repeat, avg(value / scale_max) AS score
    FROM judgments
    WHERE judge_repeat = 1 AND status = 'ok' AND verdict_kind(criterion) <> 'key_point' AND scale_max > 0
    GROUP BY ALL
  )
  SELECT a.run_id, a.benchmark, a.dataset, a.pool, a.item_id, a.variant, a.condition, a.repeat, i.part,
         ${response} AS response, coalesce(i.specialty_primary, '') AS specialty, g.score AS "judgeScore"
  FROM responses AS a
  JOIN items AS i USING (benchmark, dataset, pool, item_id, variant)
  JOIN items_private AS p USING (benchmark, dataset, pool, item_id, variant)
  LEFT JOIN graded AS g USING (benchmark, run_id, dataset, pool, item_id, variant, condition, repeat)
  WHERE i.excluded IS NULL AND p.question IS NOT NULL AND trim(coalesce(a.raw, '')) <> ''
    AND NOT EXISTS (
      SELECT 1 FROM ratings AS r
      WHERE (r.benchmark, r.run_id, r.dataset, r.pool, r.item_id, r.variant, r.condition, r.repeat)
          = (a.benchmark, a.run_id, a.dataset, a.pool, a.item_id, a.variant, a.condition, a.repeat)
    )
  ORDER BY response`;
