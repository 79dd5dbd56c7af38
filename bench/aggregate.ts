import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runAggregate } from "../pipelines/stages/aggregate/aggregate.js";
import { builtInCatalogue } from "../pipelines/warehouse/catalogue.js";
import { type Engine, withEngine } from "../pipelines/warehouse/engine.js";
import { literal } from "../pipelines/warehouse/sql.js";
import { beginDraft } from "../pipelines/warehouse/versioned-folder.js";
import { writeTable } from "../pipelines/warehouse/writer.js";
import { type ScorerName, scorerOf } from "../src/lib/scorers/index.js";
import { median } from "../src/lib/stats/index.js";
import { costOf } from "./measure/cost.js";
import type { BenchResult } from "./run.js";

const nRuns = 15;
const itemsPerRun = 700_000;
const variants = 4;
const rounds = 3;

/**
 * 10.5 million scored rows (15 runs of 700,000 responses in groups of 4 variants over the 36 datasets of a track) to task,
 * dimension, overall and specialty scores with cluster-robust errors, compared with one plain GROUP BY of run, dataset and
 * specialty over the same rows in a file that has the specialty as a column (the warehouse keeps it with the items).
 */
export async function aggregateBench(): Promise<BenchResult[]> {
  const workspace = await mkdtemp(join(tmpdir(), "medbench-bench-aggregate-"));
  try {
    await makeScores(join(workspace, "warehouse"), join(workspace, "base"));
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const base = await costOf(() => plainScan(join(workspace, "base")));
      const whole = await costOf(() => runAggregate({ workspace, force: true }));
      ratios.push(whole.cpu / base.cpu);
    }
    return [
      {
        name: "10.5 M scored rows to tasks, dimensions, overall and specialties, CPU against one GROUP BY of run, dataset, specialty",
        ratio: median(ratios),
        limit: 6,
        unit: "x",
      },
    ];
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function plainScan(folder: string): Promise<void> {
  await withEngine((engine) =>
    engine.rows(
      `SELECT run_id, dataset, specialty_primary, avg(value), count(*) FROM read_parquet(${literal(join(folder, "*.parquet"))}) GROUP BY ALL`,
    ),
  );
}

/** A warehouse with items, runs, outcomes and generated scores: values from hashes, no text, no gold. */
async function makeScores(warehouse: string, base: string): Promise<void> {
  const catalogue = await builtInCatalogue();
  const datasets = catalogue.datasets.filter(({ track }) => track === "llm");
  const draft = await beginDraft(warehouse);
  await mkdir(base);
  await withEngine(async (engine) => {
    await createItems(engine, datasets);
    await writeTable(
      engine,
      "items",
      `SELECT 'medbench-v4' AS benchmark, dataset, 'bench' AS pool, item_id, variant, group_id, '' AS part, 'llm' AS track, dimension,
              answer_type, 'zh' AS language, NULL AS difficulty, NULL AS released_on, 'private' AS visibility,
              specialty_primary, specialty_primary || '.' || (n // 16 % 4) AS specialty_secondary,
              NULL AS n_options, '0' AS prompt_hash, TRUE AS has_gold, NULL AS excluded, 'pack' AS origin
       FROM bench_items`,
      draft.path("items", "0000.parquet"),
      { trustKey: true },
    );
    for (let run = 0; run < nRuns; run += 1) {
      const name = `system-${String(run).padStart(2, "0")}.llm.upload.bench`;
      const key = `${literal(name)} AS run_id, 'medbench-v4' AS benchmark, dataset, 'bench' AS pool, item_id, variant, 'base' AS condition, 1 AS repeat, group_id, group_no`;
      await writeTable(
        engine,
        "scores",
        `SELECT ${key}, kind AS metric, '' AS node, score_1e9 / 1e9 AS value, score_1e9,
                tp, CASE WHEN tp IS NOT NULL THEN 0 END AS fp, 4 - tp AS fn, 0 AS component, 1 AS attempt, 1 AS n_attempts, FALSE AS by_policy, 'A' AS answer, 'bare-letters' AS read_by, '1' AS scorer_version
         FROM (SELECT *, CASE kind WHEN 'all_right' THEN (hash(group_id, ${run}) % 100 < 60 AND hash(n, ${run}) % 100 < 95)::BIGINT * 1000000000
                                   ELSE ((hash(group_id, ${run}) % 5) * 250000000)::BIGINT END AS score_1e9,
                      CASE WHEN kind IN ('parts_right', 'micro_f1') THEN (hash(group_id, ${run}) % 5)::INTEGER END AS tp FROM bench_items)`,
        draft.path("scores", `${String(run).padStart(4, "0")}.parquet`),
        { trustKey: true, compressionLevel: 1 },
      );
      await engine.run(
        `COPY (SELECT run_id, dataset, specialty_primary, value
               FROM read_parquet(${literal(draft.path("scores", `${String(run).padStart(4, "0")}.parquet`))}) POSITIONAL JOIN (SELECT specialty_primary FROM bench_items))
         TO ${literal(join(base, `${run}.parquet`))} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 20480)`,
      );
      await writeTable(
        engine,
        "outcomes",
        `SELECT ${key}, 'scored' AS outcome, NULL AS detail, 'answer' AS policy FROM bench_items`,
        draft.path("outcomes", `${String(run).padStart(4, "0")}.parquet`),
        { trustKey: true, compressionLevel: 1 },
      );
      await writeTable(
        engine,
        "outcome_counts",
        `SELECT ${literal(name)} AS run_id, dataset, 'base' AS condition, 'scored' AS outcome, 'answer' AS policy, count(*) AS n, 0 AS n_unsubmitted
         FROM bench_items GROUP BY dataset`,
        draft.path("outcome_counts", `${String(run).padStart(4, "0")}.parquet`),
      );
    }
    const runs = Array.from({ length: nRuns }, (_, run) => `('system-${String(run).padStart(2, "0")}')`).join(
      ", ",
    );
    await writeTable(
      engine,
      "runs",
      `SELECT system || '.llm.upload.bench' AS run_id, system, 'medbench-v4' AS benchmark, 'bench' AS pool, 'upload' AS board, 'llm' AS track,
              'model' AS system_kind, NULL AS family, NULL AS organisation, NULL AS access, NULL AS parameters, 0.7 AS temperature, 512 AS max_tokens,
              2048 AS context, NULL AS scaffold, NULL AS backbone, NULL AS submitted_at, 'bench' AS source, '0' AS source_hash
       FROM (VALUES ${runs}) AS t(system)`,
      draft.path("runs", "0000.parquet"),
    );
  });
  await draft.commit({
    score: { key: "bench", parameters: { asOf: null }, inputs: {}, counts: { judge: null } },
  });
}

async function createItems(
  engine: Engine,
  datasets: readonly {
    id: string;
    dimension: string;
    answerType: string;
    scoring: readonly { until: string | null; components: readonly { scorer: ScorerName }[] | null }[];
  }[],
): Promise<void> {
  const rows = datasets.map(({ id, dimension, answerType, scoring }, index) => {
    const scorer = scoring.find(({ until }) => until === null)?.components?.[0]?.scorer;
    const kind = scorer === undefined ? "mean" : scorerOf(scorer).pooling;
    return `(${index}, ${[id, dimension, answerType, kind].map(literal).join(", ")})`;
  });
  await engine.run(
    `CREATE TEMP TABLE bench_datasets AS SELECT * FROM (VALUES ${rows.join(", ")}) AS t(place, dataset, dimension, answer_type, kind)`,
  );
  await engine.run(
    `CREATE TEMP TABLE bench_items AS
     SELECT *, (dense_rank() OVER (ORDER BY dataset, group_id) - 1)::INTEGER AS group_no
     FROM (
       SELECT d.*, i.n, lpad((hash(i.n // ${variants}) % 24 + 1)::VARCHAR, 2, '0') AS specialty_primary, (i.n // ${variants})::VARCHAR AS item_id, (i.n % ${variants} + 1)::INTEGER AS variant, (i.n // ${variants})::VARCHAR AS group_id
       FROM range(${itemsPerRun}) AS i(n) JOIN bench_datasets AS d ON d.place = (i.n // ${variants}) % ${datasets.length}
     )
     ORDER BY place, n`,
  );
}
