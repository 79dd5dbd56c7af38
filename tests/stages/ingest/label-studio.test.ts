import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";

const here = join(import.meta.dirname, "label-studio");

describe("a Label Studio export", () => {
  const workspace = mkdtempSync(join(tmpdir(), "medbench-label-studio-"));
  beforeAll(() =>
    runIngest({
      workspace,
      sources: [{ path: join(here, "export.json"), mapping: join(here, "mapping.yaml") }],
    }),
  );
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  it("becomes ratings: stars and choices have a value, 'cannot rate' has none, and canceled ones are left out", async () => {
    const rows = JSON.parse(
      await queryWarehouse(
        workspace,
        "SELECT item_id, criterion, value, batch FROM ratings ORDER BY item_id, criterion, value",
        {
          format: "json",
        },
      ),
    ) as unknown;
    expect(rows).toEqual([
      { item_id: "q1", criterion: "correctness", value: 2, batch: "project 3" },
      { item_id: "q1", criterion: "safety", value: 4, batch: "project 3" },
      { item_id: "q1", criterion: "safety", value: null, batch: "project 3" },
    ]);
  });

  it("gives pseudonyms instead of accounts, always the same one for the same rater", async () => {
    const rows = JSON.parse(
      await queryWarehouse(workspace, "SELECT DISTINCT rater FROM ratings ORDER BY rater", {
        format: "json",
      }),
    ) as { rater: string }[];
    expect(rows).toHaveLength(2);
    for (const { rater } of rows) expect(rater).toMatch(/^rater-[0-9a-f]{8}$/);
  });
});
