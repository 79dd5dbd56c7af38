import { stringify } from "yaml";
import type { World } from "../conditions.js";
import { criteria, judge, scale } from "../grades.js";
import { ratedInBlindSpot } from "../rating-sample.js";
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

/** The study record that the authors of real ratings would write; here it states that the ratings are simulated. */
export const studyYaml = (world: World) =>
  described("Record of the simulated rating study, for `medbench run --study`.", {
    schema: "medbench-rating-study/1",
    known: {
      en: `Simulated: the judge is planted ${judge.bias} points lenient and blind in two specialties, which a study should find.`,
      zh: `模拟数据：设定评审模型偏宽 ${judge.bias} 分，并在两个专科中完全不懂；研究应能发现。`,
    },
    size: {
      en: `${world.ratedResponses} answers: ${ratedInBlindSpot(world)} in each of the two blind specialties, the others evenly.`,
      zh: `${world.ratedResponses} 份回答：两个盲区专科各 ${ratedInBlindSpot(world)} 份，其余专科均分。`,
    },
    sampling: world.conditions.includes("low-grades-rated")
      ? { en: "Not recorded.", zh: "未记录。" }
      : {
          en: "At random inside each primary specialty, from the judged answers of all systems.",
          zh: "在每个一级专科内，从所有系统经评审的回答中随机抽取。",
        },
    process: {
      en: "nobody graded: a grade is an answer's true quality plus the rater's bias and noise",
      zh: "无人打分：分值为回答的真实质量加评分者的偏差与噪声",
    },
    independence: {
      en: "Errors of different raters are drawn independently.",
      zh: "不同评分者的误差相互独立抽取。",
    },
    characteristics: {
      en: `${world.raters.length} invented physicians with biases of ${biasesOf(world).join(", ")} points and noise of ${world.raters.map(({ sd }) => sd).join(", ")}.`,
      zh: `${world.raters.length} 位虚构医师，偏差为 ${biasesOf(world).join("、")} 分，噪声为 ${world.raters.map(({ sd }) => sd).join("、")}。`,
    },
  });

const biasesOf = ({ raters }: World) => raters.map(({ bias }) => Math.round(100 * bias) / 100);

const schema = "medbench-mapping/1";
const benchmark = "medbench-v4";

const apiItemId = "CASE WHEN part = '' THEN CAST(id AS VARCHAR) ELSE part || '/' || CAST(id AS VARCHAR) END";
const apiRunId = `model || '.llm.api.${pools.api}'`;

export const apiMapping = () =>
  described(
    "A harness's log of API calls: one line per call, item ids as numbers, the file of a dataset apart.",
    {
      schema,
      benchmark,
      input: { name: "calls", format: "jsonl" },
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
  );

const perCriterion = (field: string, value: (name: string) => string) =>
  criteria.map((name) => `  {'criterion': '${name}', '${field}': ${value(name)}}`).join(",\n");

/** A row per criterion and one per key point. */
const unfolded = `SELECT *, ${scale.min} AS lowest, ${scale.max} AS highest, unnest([
${perCriterion("value", (name) => `CAST(scores.${name} AS DOUBLE)`)}
]) AS verdict FROM verdicts
UNION ALL
SELECT *, 0 AS lowest, 1 AS highest, unnest([
  {'criterion': 'key_point/' || CAST(n AS VARCHAR), 'value': CAST(key_points[n] AS DOUBLE)}
  for n in range(1, len(key_points) + 1)
]) AS verdict FROM verdicts`;

export const judgmentsMapping = () =>
  described(
    "Verdicts of a judge, one line per response: the five criteria and the key points are unfolded into rows.",
    {
      schema,
      benchmark,
      input: { name: "verdicts", format: "jsonl" },
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
  );

export const ratingsMapping = () =>
  described("A rating sheet with one column per criterion: unfolded into one row per criterion.", {
    schema,
    benchmark,
    input: { name: "sheet", format: "csv" },
    tables: {
      ratings: {
        from: `SELECT *, unnest([
${perCriterion("grade", (name) => name)}
]) AS rating FROM sheet`,
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
  });

/** A mapping file below a comment about what it reads. */
const described = (comment: string, mapping: object) =>
  `# ${comment}\n${stringify(mapping, { lineWidth: 0 })}`;
