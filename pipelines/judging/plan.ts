import type { Rubric } from "../../src/lib/catalogue/rubric.js";
import type { ResponseKey } from "../../src/lib/records/tables.js";
import { createRandom, shuffled } from "../../src/lib/util/random.js";
import type { Engine } from "../warehouse/engine.js";
import { literal, literalList } from "../warehouse/sql.js";
import { type MaterialRow, materialOf } from "./material.js";
import { judgeRequest } from "./request.js";
import type { JudgeRequest } from "./types.js";

/** One answer to be judged under one rubric, once. */
export interface PlannedJudgment {
  readonly key: ResponseKey;
  readonly request: JudgeRequest;
}

export interface PlanFilters {
  readonly runs?: readonly string[];
  readonly datasets?: readonly string[];
}

export interface PlanOptions extends PlanFilters {
  readonly model: string;
  /** Repetitions by the judge. */
  readonly repeats: number;
  readonly maxTokens?: number;
  /** Rubrics for the items of a dataset's file; empty if no judge is needed. */
  readonly rubricsFor: (benchmark: string, dataset: string, part: string) => readonly Rubric[];
  /** Seed for showing each item's points in another order in each repetition. Default: the order of the item. */
  readonly shufflePoints?: number;
  /** Keeps requests separate even if their wording is equal, because recorded verdicts belong to responses. */
  readonly byResponse?: boolean;
}

interface AnswerRow extends ResponseKey, MaterialRow {
  readonly part: string;
}

/** Answers with text, on items that count and whose question is known; empty answers get their outcome without a judge. */
const judgeable = `FROM responses AS r
  JOIN items AS i USING (benchmark, dataset, pool, item_id, variant)
  JOIN items_private AS p USING (benchmark, dataset, pool, item_id, variant)
  WHERE i.excluded IS NULL AND p.question IS NOT NULL AND trim(coalesce(r.raw, '')) <> ''`;

function where({ runs, datasets }: PlanFilters): string {
  return [
    judgeable,
    ...(runs === undefined ? [] : [`r.run_id IN ${literalList(runs).replace("[", "(").replace(/]$/, ")")}`]),
    ...(datasets === undefined
      ? []
      : [`r.dataset IN ${literalList(datasets).replace("[", "(").replace(/]$/, ")")}`]),
  ].join(" AND ");
}

/** Upper bound on the judgments of a plan, before texts are read; items without key points reduce it. */
export async function countPlanned(engine: Engine, options: PlanOptions): Promise<number> {
  const cells = await engine.rows<{ benchmark: string; dataset: string; part: string; n: number }>(
    `SELECT r.benchmark, r.dataset, i.part, count(*) AS n ${where(options)} GROUP BY ALL`,
  );
  return cells.reduce(
    (total, { benchmark, dataset, part, n }) =>
      total + n * options.rubricsFor(benchmark, dataset, part).length * options.repeats,
    0,
  );
}

/** All judgments that the warehouse's answers need, run by run in a fixed order; texts are read on demand. */
export async function* planJudgments(engine: Engine, options: PlanOptions): AsyncGenerator<PlannedJudgment> {
  const runs = await engine.rows<{ run_id: string }>(
    `SELECT DISTINCT r.run_id ${where(options)} ORDER BY r.run_id`,
  );
  for (const { run_id } of runs) {
    const result = await engine.connection.stream(
      `SELECT r.run_id, r.benchmark, r.dataset, r.pool, r.item_id, r.variant, r.condition, r.repeat,
              r.raw, i.part, i.language, p.question, p.gold, p.key_points
       ${where(options)} AND r.run_id = ${literal(run_id)}
       ORDER BY r.benchmark, r.dataset, r.pool, r.item_id, r.variant, r.condition, r.repeat`,
    );
    for await (const rows of result.yieldRowObjectJs()) {
      for (const row of rows) yield* judgmentsOf(row as typeof row & AnswerRow, options);
    }
  }
}

function* judgmentsOf(row: AnswerRow, options: PlanOptions): Generator<PlannedJudgment> {
  const { run_id, benchmark, dataset, pool, item_id, variant, condition, repeat } = row;
  const key: ResponseKey = { run_id, benchmark, dataset, pool, item_id, variant, condition, repeat };
  for (const rubric of options.rubricsFor(benchmark, dataset, row.part)) {
    const material = materialOf(rubric, row);
    if (material === null) continue;
    for (let judgeRepeat = 1; judgeRepeat <= options.repeats; judgeRepeat += 1) {
      const order = pointOrder(key, material.keyPoints.length, judgeRepeat, options.shufflePoints);
      const request = judgeRequest(rubric, order === null ? material : { ...material, order }, {
        model: options.model,
        repeat: judgeRepeat,
        ...(options.maxTokens === undefined ? {} : { maxTokens: options.maxTokens }),
        ...(options.byResponse ? { salt: JSON.stringify(key) } : {}),
      });
      yield { key, request };
    }
  }
}

/** The same for all systems that answered an item, so that equal answers remain one request; null if nothing is shuffled. */
function pointOrder(
  { benchmark, dataset, pool, item_id, variant }: ResponseKey,
  nPoints: number,
  judgeRepeat: number,
  seed: number | undefined,
): readonly number[] | null {
  if (seed === undefined || nPoints === 0) return null;
  const random = createRandom(
    JSON.stringify([seed, benchmark, dataset, pool, item_id, variant, judgeRepeat]),
  );
  return shuffled(
    Array.from({ length: nPoints }, (_, index) => index),
    random,
  );
}
