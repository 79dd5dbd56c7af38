import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { describeGroups } from "../../pipelines/groups/item-groups.js";
import { withEngine } from "../../pipelines/warehouse/engine.js";
import { readQuery } from "../../pipelines/warehouse/sql-files.js";
import { currentVersion } from "../../pipelines/warehouse/versioned-folder.js";
import { attachTables } from "../../pipelines/warehouse/views.js";
import { writeTinyWarehouse } from "../tiny-warehouse.js";

describe("specialty coverage", () => {
  const workspace = mkdtempSync(join(tmpdir(), "medbench-coverage-"));
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  it("counts an item once however many variants it has, with items left out and groups of mixed codes", async () => {
    const item = (
      group_id: string,
      item_id: string,
      variant: number,
      codes: string | null,
      excluded: string | null = null,
    ) => ({
      ...{ benchmark: "medbench-v4", pool: "p", track: "llm", dataset: "MedExam" },
      ...{ group_id, item_id, variant, specialty_primary: codes, specialty_secondary: null, excluded },
    });
    await writeTinyWarehouse(workspace, {
      items: [
        // One item in two orders; two items of one group; both uniform.
        ...[item("a", "a", 1, "01"), item("a", "a", 2, "01")],
        ...[item("b", "b1", 1, "01|02"), item("b", "b2", 1, "01|02")],
        // Items of one group with different codes: the group counts once in each of its specialties.
        ...[item("c", "c1", 1, "02"), item("c", "c2", 1, "03"), item("c", "c3", 1, "02|03")],
        // Left out of scores, but there; and an item without any code.
        ...[item("d", "d", 1, "03", "withdrawn"), item("d", "d", 2, "03"), item("e", "e", 1, null)],
      ],
    });
    const version = await currentVersion(join(workspace, "warehouse"));
    await withEngine(async (engine) => {
      await attachTables(engine, version);
      await describeGroups(engine);
      const rows = await engine.rows(
        readQuery(new URL("../../pipelines/stages/aggregate/specialty-coverage.sql", import.meta.url)),
      );
      expect(
        rows
          .filter(({ level }) => level === "primary")
          .map(({ specialty, n_items, n_groups }) => [specialty, n_items, n_groups]),
      ).toEqual([
        ["", 1, 1], // e
        ["01", 3, 2], // a, b1, b2
        ["02", 4, 2], // b1, b2, c1, c3
        ["03", 3, 2], // c2, c3, d
      ]);
    });
  });
});
