import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCalibrate } from "../pipelines/stages/calibrate/calibrate.js";
import { withEngine } from "../pipelines/warehouse/engine.js";
import { beginDraft } from "../pipelines/warehouse/versioned-folder.js";
import { workspacePaths } from "../pipelines/warehouse/workspace.js";
import { writeTable } from "../pipelines/warehouse/writer.js";
import { type Table, type TableName, tables } from "../src/lib/records/tables.js";
import type { BenchResult } from "./run.js";

/** 20,000 answers on five criteria; 200 of them rated by one physician: 100,000 judgments, 1,000 ratings. */
const answers = 20_000;
const rated = 200;
const criteria = ["correctness", "completeness", "clinical_reasoning", "safety", "communication"];

/** Calibration of 100,000 judgments with 1,000 ratings over more than 300 slices, in seconds. */
export async function calibrateBench(): Promise<readonly BenchResult[]> {
  const workspace = await mkdtemp(join(tmpdir(), "medbench-bench-calibrate-"));
  try {
    const draft = await beginDraft(workspacePaths(workspace).warehouse);
    await withEngine(async (engine) => {
      // Grades depend on the row's hash, so that every run measures the same table.
      const base = `SELECT i, 'system-' || (i % 150) AS run_id, 'dataset-' || (i % 60) AS dataset, 'item-' || (i // 10) AS item_id,
        'specialty-' || (i % 233) AS specialty, list_element([${criteria.map((name) => `'${name}'`).join(", ")}], CAST(c + 1 AS INTEGER)) AS criterion,
        1 + hash(i, c) % 5 AS grade, hash(c, i) % 6 AS noise FROM range(${answers}) AS a(i), range(${criteria.length}) AS b(c)`;
      const place =
        "'bench' AS benchmark, 'pool-' || (i % 5) AS pool, 1 AS variant, 'base' AS condition, 1 AS repeat, 1 AS scale_min, 5 AS scale_max";
      const every = Math.floor(answers / rated);
      await write(
        "judgments",
        `SELECT *, ${place}, 'judge' AS judge, 'bench/1' AS rubric_version, 1 AS judge_repeat, grade AS value, 'ok' AS status FROM (${base})`,
      );
      await write(
        "ratings",
        `SELECT *, ${place}, 'rater' AS rater, least(5, greatest(1, grade + CASE noise WHEN 0 THEN 1 WHEN 1 THEN -1 ELSE 0 END)) AS value FROM (${base}) WHERE i % ${every} = hash(i // ${every}) % ${every}`,
      );
      await write(
        "items",
        `SELECT DISTINCT dataset, item_id, ${place}, item_id AS group_id, 'llm' AS track, 'dimension' AS dimension, 'open' AS answer_type, 'lang-' || (i % 7) AS language, specialty AS specialty_primary, 'private' AS visibility, '' AS part, '' AS prompt_hash, FALSE AS has_gold, 'mapping' AS origin FROM (${base})`,
      );
      async function write(name: TableName, select: string) {
        const { columns }: Table = tables[name];
        const given = new Set(
          (await engine.rows<{ column_name: string }>(`DESCRIBE ${select}`)).map(
            ({ column_name }) => column_name,
          ),
        );
        const whole = Object.entries(columns).map(([column, { type }]) =>
          given.has(column) ? column : `CAST(NULL AS ${type}) AS ${column}`,
        );
        await writeTable(
          engine,
          name,
          `SELECT ${whole.join(", ")} FROM (${select})`,
          draft.path(name, "0000.parquet"),
        );
      }
    });
    await draft.commit({});
    const started = performance.now();
    const { counts } = await runCalibrate({ workspace });
    const seconds = (performance.now() - started) / 1000;
    process.stderr.write(`calibrate: ${JSON.stringify(counts)}\n`);
    return [{ name: "calibrate 100,000 judgments x 1,000 ratings", ratio: seconds, limit: 10, unit: "s" }];
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}
