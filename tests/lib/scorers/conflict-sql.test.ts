import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { mapValue } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, openEngine } from "../../../pipelines/warehouse/engine.js";
import { literal } from "../../../pipelines/warehouse/sql.js";
import { readQuery, runQueries } from "../../../pipelines/warehouse/sql-files.js";
import { choice } from "../../../src/lib/scorers/choice.js";
import { contradictory, readable } from "../../../src/lib/scorers/component-score.js";

/** Two answers whose letter and text contradict each other: by the letter one is right and one is wrong; and a plain right one. */
const right = readable(1, { answer: "A", readBy: "verdict" });
const components = {
  "contradicts, letter right": contradictory(right),
  "contradicts, letter wrong": contradictory(readable(0, { answer: "B", readBy: "verdict" })),
  plain: right,
};
const folder = join(import.meta.dirname, "..", "..", "..", "pipelines", "stages", "score");
const sqlFile = (name: string) => pathToFileURL(join(folder, name));
const key = "0 AS run_no, 'd' AS dataset, item_id, 1 AS variant, 'base' AS condition, 1 AS repeat";

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ threads: 1 });
  await engine.run(
    "CREATE TEMP TABLE batch_runs AS SELECT 0 AS run_no, 'r' AS run_id, 's' AS system, 'b' AS benchmark, 'p' AS pool, 'upload' AS board, 'llm' AS track",
  );
  await engine.run(`CREATE TEMP TABLE expected AS
    SELECT ${key}, item_id AS group_id, 1 AS group_no, '' AS part, 1 AS attempt, 1 AS n_attempts, TRUE AS submitted, NULL::VARCHAR AS excluded
    FROM (VALUES ${Object.keys(components).map((id) => `(${literal(id)})`)}) AS v(item_id)`);
  await engine.run(`CREATE TEMP TABLE answers AS
    SELECT run_no, dataset, item_id, variant, condition, repeat, FALSE AS is_empty, FALSE AS is_withheld, FALSE AS failed, NULL::VARCHAR AS finish_reason,
           'A' AS source_parsed FROM expected`);
  const rows = Object.entries(components).map(
    ([id, { status, value, answer, readBy, detail }]) =>
      `(${literal(id)}, ${literal(status)}, ${value}, ${literal(answer ?? "")}, ${literal(readBy)}, ${detail === null ? "NULL" : literal(detail)})`,
  );
  await engine.run(`CREATE TEMP TABLE component_scores AS
    SELECT ${key}, 0 AS component, 'accuracy' AS metric, status, value, NULL::INTEGER AS tp, NULL::INTEGER AS fp, NULL::INTEGER AS fn,
           answer, read_by, detail
    FROM (VALUES ${rows}) AS v(item_id, status, value, answer, read_by, detail)`);
  await engine.run(
    "CREATE TEMP TABLE jobs AS SELECT 'd' AS dataset, 0 AS component, 'accuracy' AS metric, 'letters' AS reads, '1' AS scorer_version",
  );
  await engine.run("CREATE TEMP TABLE finish_meanings (finish_reason VARCHAR, meaning VARCHAR)");
  await engine.run("CREATE TEMP TABLE choice_datasets AS SELECT 'd' AS dataset");
  await engine.run(
    "CREATE TEMP TABLE item_golds AS SELECT dataset, item_id, variant, 'A' AS letter FROM expected",
  );
  await engine.run(
    "CREATE TEMP TABLE node_scores AS SELECT *, '' AS node, TRUE AS is_ok FROM component_scores WHERE FALSE",
  );
});
afterAll(() => engine.close());

/** Outcome and, if the response counts, value of each item under a policy for `conflict`. */
async function scoredUnder(conflict: string): Promise<Record<string, string>> {
  await runQueries(engine, sqlFile("ledger.sql"), { conflict });
  const rows = await engine.rows<{ item_id: string; outcome: string; value: number | null }>(
    `SELECT item_id, outcome, value FROM ledger LEFT JOIN (${readQuery(sqlFile("scores.sql"))}) USING (item_id) ORDER BY item_id`,
    {
      policies: mapValue([{ key: "conflict", value: conflict }]),
    },
  );
  return Object.fromEntries(rows.map(({ item_id, outcome, value }) => [item_id, `${outcome} ${value}`]));
}

describe("a letter that contradicts its text", () => {
  it("is what the choice scorer finds where the letter comes with another option's text", () => {
    const score = choice.score(
      { text: "正确答案是B：食盐。", gold: "B", options: { A: "食盐", B: "白糖" } },
      {},
    );
    // By the letter the answer is right; the policy decides whether that counts.
    expect(score).toMatchObject({ status: "conflict", value: 1, answer: "B" });
  });

  it("is an outcome of its own that counts 0 where the policy is wrong", async () => {
    expect(await scoredUnder("wrong")).toEqual({
      "contradicts, letter right": "conflict 0",
      "contradicts, letter wrong": "conflict 0",
      plain: "scored 1",
    });
  });

  it("has no value where the policy is to leave it out", async () => {
    expect(await scoredUnder("left out")).toEqual({
      "contradicts, letter right": "conflict null",
      "contradicts, letter wrong": "conflict null",
      plain: "scored 1",
    });
  });

  // The source reads A, which is right, in all three.
  it.each([
    ["wrong", 1 / 3, 2],
    ["letter", 2 / 3, 1],
  ])(
    "makes our accuracy what the policy %s makes of it: %d, with %d differences",
    async (policy, accuracy, n) => {
      const policies = mapValue([{ key: "conflict", value: policy }]);
      const [row] = await engine.rows(readQuery(sqlFile("reading-accuracy.sql")), { policies });
      expect(row).toMatchObject({ source_accuracy: 1, our_accuracy: accuracy, n_differ: n });
      expect(await engine.rows(readQuery(sqlFile("readings.sql")), { policies })).toHaveLength(n);
    },
  );

  it("is scored by the letter where the policy is letter", async () => {
    expect(await scoredUnder("letter")).toEqual({
      "contradicts, letter right": "scored 1",
      "contradicts, letter wrong": "scored 0",
      plain: "scored 1",
    });
  });
});
