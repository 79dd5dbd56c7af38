import { stringify } from "yaml";
import { criteria, judge, scale } from "../grades.js";
import { pools } from "../systems.js";

/** The cycle's own description and the mapping files that read its foreign formats. */

export interface CycleParts {
  readonly upload: boolean;
  readonly api: boolean;
  readonly evidence: boolean;
}

export function cycleYaml({ upload, api, evidence }: CycleParts): string {
  const boards = [...(upload ? (["upload"] as const) : []), ...(api ? (["api"] as const) : [])];
  return stringify({
    schema: "medbench-cycle/1",
    benchmark: "medbench-v4",
    sources: [
      ...boards.flatMap((board) => [
        { path: `questions/${board}`, role: "questions", pool: pools[board] },
        { path: `gold/${board}`, role: "gold", pool: pools[board] },
      ]),
      { path: "specialties.csv", role: "crosswalk" },
      { path: "systems.csv", role: "systems" },
      ...(upload ? [{ path: "uploads/*", role: "answers", board: "upload", pool: pools.upload }] : []),
      ...(api
        ? [{ path: "api/api.jsonl", mapping: "mappings/api-runs.yaml", board: "api", pool: pools.api }]
        : []),
      ...(evidence
        ? [
            { path: "judgments.jsonl.gz", mapping: "mappings/judgments.yaml" },
            { path: "ratings.csv", mapping: "mappings/ratings.yaml" },
          ]
        : []),
    ],
  });
}

const schema = "medbench-mapping/1";
const benchmark = "medbench-v4";

const apiItemId = "CASE WHEN part = '' THEN CAST(id AS VARCHAR) ELSE part || '/' || CAST(id AS VARCHAR) END";
const apiRunId = `model || '.llm.api.${pools.api}'`;

export const apiMapping = () =>
  stringify(
    {
      schema,
      benchmark,
      input: {
        files: ["api/api.jsonl"],
        format: "jsonl",
        name: "calls",
        options: {
          columns: {
            model: "VARCHAR",
            settings: "STRUCT(temperature DOUBLE, max_tokens INTEGER, context INTEGER)",
            task: "VARCHAR",
            part: "VARCHAR",
            id: "INTEGER",
            order: "INTEGER",
            response: "VARCHAR",
            finish_reason: "VARCHAR",
            error: "VARCHAR",
            usage: "STRUCT(prompt_tokens BIGINT, completion_tokens BIGINT)",
            latency_ms: "DOUBLE",
            cost_usd: "DOUBLE",
          },
        },
      },
      tables: {
        runs: {
          from: "SELECT DISTINCT model, settings FROM calls",
          columns: {
            run_id: apiRunId,
            system: "model",
            track: "'llm'",
            board: "'api'",
            pool: `'${pools.api}'`,
            temperature: "settings.temperature",
            max_tokens: "settings.max_tokens",
            context: "settings.context",
          },
        },
        responses: {
          from: "calls",
          columns: {
            run_id: apiRunId,
            dataset: "task",
            pool: `'${pools.api}'`,
            item_id: apiItemId,
            variant: '"order"',
            raw: "response",
            finish_reason: "finish_reason",
            error: "error",
            prompt_tokens: "usage.prompt_tokens",
            completion_tokens: "usage.completion_tokens",
            latency_s: "latency_ms / 1000",
            cost_usd: "cost_usd",
          },
        },
      },
    },
    { lineWidth: 0 },
  );

const criterionRows = criteria.map(
  (name) => `{'criterion': '${name}', 'value': CAST(scores.${name} AS DOUBLE)}`,
);

/** A row per criterion and one per key point: the list is unfolded in the table's FROM. */
const unfolded = [
  `SELECT *, unnest([${criterionRows.join(", ")}]) AS verdict, ${scale.min} AS lowest, ${scale.max} AS highest FROM verdicts`,
  "UNION ALL SELECT *, unnest(list_transform(range(1, len(key_points) + 1), n -> {'criterion': 'key_point/' || CAST(n AS VARCHAR), 'value': CAST(key_points[n] AS DOUBLE)})) AS verdict, 0 AS lowest, 1 AS highest FROM verdicts",
].join(" ");

export const judgmentsMapping = () =>
  stringify(
    {
      schema,
      benchmark,
      input: {
        files: ["judgments.jsonl.gz"],
        format: "jsonl",
        name: "verdicts",
        options: {
          columns: {
            run: "VARCHAR",
            dataset: "VARCHAR",
            pool: "VARCHAR",
            item: "VARCHAR",
            judge: "VARCHAR",
            rubric: "VARCHAR",
            repeat: "INTEGER",
            scores: `STRUCT(${criteria.map((name) => `${name} INTEGER`).join(", ")})`,
            key_points: "INTEGER[]",
          },
        },
      },
      tables: {
        judgments: {
          from: unfolded,
          columns: {
            run_id: "run",
            dataset: "dataset",
            pool: "pool",
            item_id: "item",
            judge: "judge",
            rubric_version: "rubric",
            criterion: "verdict.criterion",
            judge_repeat: "repeat",
            scale_min: "lowest",
            scale_max: "highest",
            value: "verdict.value",
            status: "CASE WHEN verdict.value IS NULL THEN 'failed' ELSE 'ok' END",
            prompt_hash: `'${judge.rubric}'`,
          },
        },
      },
    },
    { lineWidth: 0 },
  );

export const ratingsMapping = () =>
  stringify(
    {
      schema,
      benchmark,
      input: { files: ["ratings.csv"], format: "csv", name: "sheet", options: { all_varchar: true } },
      tables: {
        ratings: {
          from: `SELECT *, unnest([${criteria.map((name) => `{'criterion': '${name}', 'grade': ${name}}`).join(", ")}]) AS rating FROM sheet`,
          columns: {
            run_id: "run",
            dataset: "dataset",
            pool: "pool",
            item_id: "item",
            rater: "rater",
            criterion: "rating.criterion",
            raw: "rating.grade",
            scale_min: String(scale.min),
            scale_max: String(scale.max),
            value: "CAST(rating.grade AS DOUBLE)",
            role: "role",
            blinded: "blinded = 'true'",
            batch: "batch",
            rated_at: "rated_at",
          },
        },
      },
    },
    { lineWidth: 0 },
  );
