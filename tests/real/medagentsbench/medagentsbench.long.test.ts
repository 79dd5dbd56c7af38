import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runAggregate } from "../../../pipelines/stages/aggregate/aggregate.js";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { describeShared } from "../../shared.js";

describeShared("medagentsbench, ten models zero-shot on three sets", ["real", "medagentsbench"], (source) => {
  const workspace = mkdtempSync(join(tmpdir(), "medagentsbench-"));
  const select = async <T>(sql: string): Promise<T[]> =>
    JSON.parse(await queryWarehouse(workspace, sql, { format: "json" })) as T[];

  beforeAll(async () => {
    const here = import.meta.dirname;
    await runIngest({
      workspace,
      sources: [
        { path: source, mapping: join(here, "zero-shot.yaml"), catalogue: join(here, "catalogue.json") },
      ],
    });
    await runScore({ workspace });
    await runAggregate({ workspace, replicates: 100 });
  });
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  it.each([
    // The source README's count on the full MedQA set.
    ["o3-mini", 92.69],
    ["DeepSeek-R1", 91.99],
    ["o1-mini", 89.87],
    ["gpt-4o", 87.82],
  ])("gives %s %d on medqa", async (system, accuracy) => {
    const [row] = await select<{ estimate: number; n_items: number }>(
      `SELECT * FROM task_scores WHERE system = '${system}' AND dataset = 'medqa' AND metric = 'task'`,
    );
    expect(row?.n_items).toBe(1273);
    expect((row?.estimate as number) * 100).toBeCloseTo(accuracy, 2);
  });

  it("counts the one row that claude-3-5-sonnet lacks as missing, not as never asked", async () => {
    const [row] = await select<{ n_expected: number; n_missing: number; n_scored: number }>(
      "SELECT * FROM task_scores WHERE system = 'claude-3-5-sonnet' AND dataset = 'mmlu' AND metric = 'task'",
    );
    expect(row).toMatchObject({ n_expected: 1089, n_missing: 1, n_scored: 1088 });
  });

  it("takes every row", async () => {
    const [row] = await select<{ rows_in: number; rows_out: number }>(
      "SELECT sum(rows_in)::INTEGER AS rows_in, sum(rows_out)::INTEGER AS rows_out FROM source_files WHERE file LIKE '%.gz'",
    );
    expect(row?.rows_in).toBe(10 * (1273 + 1089 + 174) - 1);
    expect(row?.rows_out).toBe(row?.rows_in);
  });
});
