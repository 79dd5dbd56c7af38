import { z } from "zod";
import type { Rubric } from "../../src/lib/catalogue/rubric.js";
import { withoutReasoning } from "../../src/lib/metrics/text-normalisation.js";
import type { Engine } from "../warehouse/engine.js";
import { literal, literalList } from "../warehouse/sql.js";
import { judgeRequest } from "./request.js";
import type { JudgeMaterial, JudgeRequest } from "./types.js";

/** Key of a response, as every table of the warehouse names it. */
export interface ResponseKey {
  readonly run_id: string;
  readonly benchmark: string;
  readonly dataset: string;
  readonly pool: string;
  readonly item_id: string;
  readonly variant: number;
  readonly condition: string;
  readonly repeat: number;
}

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
  /** Rubrics for the items of a file of a dataset; none where no judge is needed. */
  readonly rubricsFor: (benchmark: string, dataset: string, part: string) => readonly Rubric[];
  /** Requests are kept apart even where their wording is equal: recorded verdicts belong to responses. */
  readonly byResponse?: boolean;
}

interface AnswerRow extends ResponseKey {
  readonly raw: string;
  readonly part: string;
  readonly language: string;
  readonly question: string;
  readonly gold: string | null;
  readonly key_points: string | null;
}

/** Answers with text on items that count and whose question is known; empty answers have their outcome without a judge. */
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

/** How many judgments a plan has at most, before texts are read; items without key points make it fewer. */
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

/** All judgments that the warehouse's answers need, run by run in a fixed order; texts are read as they are needed. */
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
      for (const row of rows) yield* judgmentsOf(row as unknown as AnswerRow, options);
    }
  }
}

function* judgmentsOf(row: AnswerRow, options: PlanOptions): Generator<PlannedJudgment> {
  const { run_id, benchmark, dataset, pool, item_id, variant, condition, repeat } = row;
  const key: ResponseKey = { run_id, benchmark, dataset, pool, item_id, variant, condition, repeat };
  const points = itemPoints(row.key_points);
  for (const rubric of options.rubricsFor(benchmark, dataset, row.part)) {
    const keyPoints = rubric.kind === "scale" ? [] : points;
    if (rubric.kind !== "scale" && keyPoints.length === 0) continue;
    const material: JudgeMaterial = {
      question: row.question,
      answer: shownAnswer(row.raw),
      keyPoints,
      language: row.language.startsWith("zh") ? "zh" : "en",
      reference: rubric.kind === "scale" ? referenceText(row.gold) : null,
    };
    for (let judgeRepeat = 1; judgeRepeat <= options.repeats; judgeRepeat += 1) {
      const request = judgeRequest(rubric, material, {
        model: options.model,
        repeat: judgeRepeat,
        ...(options.maxTokens === undefined ? {} : { maxTokens: options.maxTokens }),
        ...(options.byResponse ? { salt: JSON.stringify(key) } : {}),
      });
      yield { key, request };
    }
  }
}

/** The answer itself; all of it where a candidate never came to the end of its thoughts. */
function shownAnswer(raw: string): string {
  const answer = withoutReasoning(raw);
  return answer.trim() === "" ? raw : answer;
}

const pointsSchema = z.array(
  z.union([
    z.string(),
    z.looseObject({ text: z.string(), points: z.number().optional(), tags: z.array(z.string()).optional() }),
  ]),
);

function itemPoints(json: string | null): JudgeMaterial["keyPoints"] {
  if (json === null) return [];
  const parsed = pointsSchema.safeParse(JSON.parse(json));
  return parsed.success ? (parsed.data as JudgeMaterial["keyPoints"]) : [];
}

/** Gold is stored as JSON: a text is shown as itself, anything else as JSON. */
function referenceText(gold: string | null): string | null {
  if (gold === null) return null;
  const value: unknown = JSON.parse(gold);
  if (value === null || value === "") return null;
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}
