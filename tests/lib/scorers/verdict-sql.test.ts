import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, openEngine } from "../../../pipelines/warehouse/engine.js";
import { literal } from "../../../pipelines/warehouse/sql.js";
import { runQueries } from "../../../pipelines/warehouse/sql-files.js";
import { defineVerdictKind } from "../../../pipelines/warehouse/verdict-kind.js";
import { rescaleRating } from "../../../src/lib/metrics/judge-scale.js";
import { scoreKeyPoints } from "../../../src/lib/metrics/key-points.js";
import { weightedCriteria } from "../../../src/lib/metrics/weighted-criteria.js";
import { scorerOf } from "../../../src/lib/scorers/index.js";
import { mean } from "../../../src/lib/util/sum.js";
import { filesBelow } from "../import-graph.js";

/**
 * A judge's verdicts on one answer: key points, criteria with points (null = could not decide), and grades from 1 to 5.
 */
interface Judged {
  readonly points: readonly boolean[];
  readonly criteria: readonly {
    readonly points: number;
    readonly met: boolean | null;
    readonly tags: readonly string[];
  }[];
  readonly grades: readonly number[];
}
interface ComponentRow {
  readonly [column: string]: unknown;
  readonly item: number;
  readonly metric: string;
  readonly status: string;
  readonly value: number;
}

const root = join(import.meta.dirname, "..", "..", "..");
const sqlFile = (name: string) =>
  pathToFileURL(
    join(root, filesBelow("pipelines", /\.sql$/).find((file) => file.endsWith(`/${name}.sql`)) ?? name),
  );
const key = "0 AS run_no, 'd' AS dataset, item_id, 1 AS variant, 'base' AS condition, 1 AS repeat";
const scorers = ["key_points", "judge", "criteria"] as const;
const place = { benchmark: "b", pool: "p" };

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ threads: 1 });
  const jobs = scorers.map((name, component) => {
    const { reads, version } = scorerOf(name);
    return `(${component}, ${[name, name, reads, version].map(literal).join(", ")})`;
  });
  await engine.run(
    "CREATE TEMP TABLE rubric_criteria (benchmark VARCHAR, dataset VARCHAR, judge VARCHAR, rubric_version VARCHAR, name VARCHAR, criterion VARCHAR)",
  );
  await engine.run(`CREATE TEMP TABLE jobs AS SELECT 'd' AS dataset, '' AS part, '{}' AS settings, *
    FROM (VALUES ${jobs.join(", ")}) AS v(component, metric, scorer, reads, scorer_version)`);
});
afterAll(() => engine.close());

/** The values that the score stage's SQL gives each answer, and each tag of its criteria. */
async function scoredBySql(answers: readonly Judged[]) {
  const verdict = (item: number, criterion: string, value: number | null, top: number) =>
    `('${item}', ${literal(criterion)}, ${value ?? "NULL"}::DOUBLE, ${top}::DOUBLE, '${value === null ? "cannot_rate" : "ok"}')`;
  const verdicts = answers.flatMap(({ points, criteria, grades }, item) => [
    ...points.map((matched, i) => verdict(item, `key_point/${i + 1}`, Number(matched), 1)),
    ...criteria.map(({ met }, i) =>
      verdict(item, `criterion/${i + 1}`, met === null ? null : Number(met), 1),
    ),
    ...grades.map((grade, i) => verdict(item, `scale ${i}`, grade, 5)),
  ]);
  // Items of one kind have their points in key_points, items of the other their criteria: two items for each answer.
  const items = answers.flatMap(({ points, criteria }, item) => [
    `('${item}', ${literal(JSON.stringify(points.map(String)))}::JSON)`,
    `('c${item}', ${literal(JSON.stringify(criteria.map(({ points: worth, tags }) => ({ points: worth, tags }))))}::JSON)`,
  ]);
  await engine.run(`CREATE OR REPLACE TEMP TABLE batch_judgments AS
    SELECT 0 AS run_no, 'j' AS judge, 'v' AS rubric_version, 1 AS judge_repeat, 'd' AS dataset,
           CASE WHEN starts_with(criterion, 'criterion/') THEN 'c' ELSE '' END || item AS item_id,
           1 AS variant, 'base' AS condition, 1 AS repeat, criterion, value, scale_max, status
    FROM (VALUES ${verdicts.join(", ")}) AS v(item, criterion, value, scale_max, status)`);
  await engine.run(`CREATE OR REPLACE TEMP TABLE items_private AS
    SELECT 'b' AS benchmark, 'p' AS pool, 'd' AS dataset, item_id, 1 AS variant, key_points, NULL AS gold
    FROM (VALUES ${items.join(", ")}) AS v(item_id, key_points)`);
  await engine.run(`CREATE OR REPLACE TEMP TABLE item_golds AS
    SELECT 'd' AS dataset, item_id, 1 AS variant, json_array_length(key_points) AS points FROM items_private`);
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE expected AS SELECT ${key}, '' AS part, TRUE AS has_gold FROM items_private`,
  );
  await engine.run(`CREATE OR REPLACE TEMP TABLE component_scores (
    run_no INTEGER, dataset VARCHAR, item_id VARCHAR, variant INTEGER, condition VARCHAR, repeat INTEGER, component INTEGER, metric VARCHAR,
    status VARCHAR, value DOUBLE, tp INTEGER, fp INTEGER, fn INTEGER, answer VARCHAR, read_by VARCHAR, detail VARCHAR)`);
  await defineVerdictKind(engine);
  await runQueries(engine, sqlFile("judged"), { benchmark: "b", judge: "j" });
  for (const scorer of scorers)
    await runQueries(engine, sqlFile(`score-${scorer.replaceAll("_", "-")}`), { ...place, scorer });
  const rows = await engine.rows<ComponentRow>(
    `SELECT replace(item_id, 'c', '')::INTEGER AS item, metric, status, value FROM component_scores
     WHERE (metric = 'criteria') = starts_with(item_id, 'c')`,
  );
  const nodes = await engine.rows<{ item: number; node: string; value: number }>(
    "SELECT replace(item_id, 'c', '')::INTEGER AS item, node, value FROM node_scores WHERE starts_with(item_id, 'c')",
  );
  return {
    of: (item: number, metric: string) => rows.find((row) => row.item === item && row.metric === metric),
    node: (item: number, node: string) =>
      nodes.find((row) => row.item === item && row.node === node)?.value ?? null,
  };
}

const criterion = fc.record({
  points: fc.integer({ min: -10, max: 10 }).filter((points) => points !== 0),
  met: fc.constantFrom(true, true, false, null),
  tags: fc.uniqueArray(fc.constantFrom("axis:a", "axis:b", "theme:c"), { maxLength: 2 }),
});
const judged = fc.record({
  points: fc.array(fc.boolean(), { maxLength: 6 }),
  criteria: fc.array(criterion, { minLength: 1, maxLength: 6 }),
  grades: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
});

describe("the SQL of the verdict scorers gives the same values as the library", () => {
  it("for key points, the mean grade, weighted criteria and their tags", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(judged, { minLength: 1, maxLength: 15 }), async (answers) => {
        const sql = await scoredBySql(answers);
        for (const [item, { points, criteria, grades }] of answers.entries()) {
          const recall = scoreKeyPoints(points.map((matched, i) => ({ id: String(i), matched })));
          const counted = sql.of(item, "key_points");
          expect(counted?.status).toBe(recall.status);
          if (recall.score !== null) expect(counted?.value).toBeCloseTo(recall.score, 6);
          const scale = { min: 1, max: 5 };
          const grade = mean(grades.map((value) => rescaleRating(value, scale, "ratio")));
          expect(sql.of(item, "judge")?.value).toBeCloseTo(grade, 6);
          const whole = sql.of(item, "criteria");
          const { score } = weightedCriteria(criteria);
          if (score === null) expect(whole?.status).toBe("excluded");
          else if (criteria.every(({ met }) => met === null)) expect(whole?.status).toBe("judge_failed");
          else expect(whole).toMatchObject({ status: "ok", value: expect.closeTo(score, 9) });
          for (const tag of score === null ? [] : new Set(criteria.flatMap(({ tags }) => tags))) {
            const own = weightedCriteria(criteria, tag).score;
            const found = sql.node(item, tag);
            if (own === null) expect(found).toBeNull();
            else expect(found).toBeCloseTo(own, 9);
          }
        }
      }),
      { numRuns: 20 },
    );
  });
});
