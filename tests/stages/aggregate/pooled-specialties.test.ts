import { expect, it } from "vitest";
import {
  pooledSpecialties,
  type SpecialtyScore,
  sharedDifficultyParts,
} from "../../../pipelines/stages/aggregate/pooled-specialties.js";
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

const cell = (run_id: string, board: string, k: number, right: number): SpecialtyScore => ({
  row: { run_id, board, level: "primary", specialty: `0${k}`, estimate: right / 20 } as SpecialtyScore["row"],
  moments: { nClusters: 20, sumS: right, sumN: 20, sumSS: right, sumSN: right, sumNN: 20 },
});

it("pools the runs of a board together, or each run by itself where the groups are too many to keep", () => {
  const rights = [18, 15, 16, 12, 19, 7];
  const scores = [
    ...rights.map((right, k) => cell("a", "upload", k, right)),
    ...rights.map((right, k) => cell("b", "upload", k, right - 3)),
    ...rights.map((right, k) => cell("c", "api", k, right - 5)),
  ];
  const together = pooledSpecialties(scores, [], { confidence: 0.95 });
  expect(together.map(({ n_pooled_runs }) => n_pooled_runs)).toEqual([
    ...Array.from({ length: 12 }, () => 2),
    ...Array.from({ length: 6 }, () => 1),
  ]);
  const apart = pooledSpecialties(scores, null, { confidence: 0.95 });
  expect(apart.every(({ n_pooled_runs }) => n_pooled_runs === 1)).toBe(true);
  // The run that is alone on its board has the same model either way.
  expect(apart.slice(12)).toEqual(together.slice(12));
  expect(apart[5]?.pooled).not.toBe(together[5]?.pooled);
});

it("leaves a specialty without a score unpooled, and every specialty where there are fewer than five", () => {
  const scores = [18, 15, 16, 12, 19].map((right, k) => cell("a", "upload", k, right));
  const waiting: SpecialtyScore = {
    row: { ...cell("a", "upload", 5, 7).row, estimate: null },
    moments: null,
  };
  const pooled = pooledSpecialties([...scores, waiting], null, { confidence: 0.95 });
  expect(pooled.map((row) => row.pooled === null)).toEqual([false, false, false, false, false, true]);
  for (const row of pooledSpecialties(scores.slice(1), null, { confidence: 0.95 })) {
    expect(row).toMatchObject({ pooled: null, prior_mean: null, shrinkage: null, n_pooled_runs: null });
  }
});
