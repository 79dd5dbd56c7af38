import { expect, it } from "vitest";
import { sharedDifficultyParts } from "../../../pipelines/stages/aggregate/pooled-specialties.js";
import { withEngine } from "../../../pipelines/warehouse/engine.js";

it("the query sums what runs share on the same questions, board by board", async () => {
  const parts = await withEngine(async (engine) => {
    await engine.run(
      `CREATE TEMP TABLE batch_runs AS SELECT * FROM (VALUES (0, 'upload'), (1, 'upload'), (2, 'api')) AS t(run_no, board)`,
    );
    await engine.run(
      `CREATE TEMP TABLE mix_specialties AS SELECT 0 AS mix, 'primary' AS level, '03' AS specialty`,
    );
    await engine.run(
      `CREATE TEMP TABLE task_units AS
       SELECT run_no, 0 AS mix, unit, '' AS stratum, 1 AS n_items, score * 1000000000 AS mean_1e9
       FROM (VALUES (0, 0, 1), (0, 1, 0), (0, 2, 1), (1, 0, 1), (1, 1, 0), (1, 2, 0), (2, 0, 1), (2, 1, 0), (2, 2, 1)) AS t(run_no, unit, score)`,
    );
    return sharedDifficultyParts(engine);
  });
  // The arithmetic is in tests/lib/stats/pooling/pooled-scores.test.ts. A run alone on its board shares nothing.
  expect(parts.map(({ board, level, n }) => [board, level, n])).toEqual([
    ["api", "primary", 3],
    ["upload", "primary", 3],
  ]);
  expect(parts[0]).toMatchObject({ products: 0, scale: 0 });
  expect(parts[1]?.products).toBeCloseTo(2 / 3, 5);
  expect(parts[1]?.scale).toBeCloseTo(24 / 81, 5);
});
