import { expect, it } from "vitest";
import { withheldTable } from "../../../pipelines/stages/gate/withheld-table.js";
import { withEngine } from "../../../pipelines/warehouse/engine.js";
import { currentVersion } from "../../../pipelines/warehouse/versioned-folder.js";
import { attachTables } from "../../../pipelines/warehouse/views.js";
import { workspacePaths } from "../../../pipelines/warehouse/workspace.js";
import { sampleWorkspace } from "../../sample.js";

it("the table of withheld figures counts all of them, in plain words and with names of specialties", async () => {
  const workspace = await sampleWorkspace();
  const rows = await withheldTable(workspace);
  const version = await currentVersion(workspacePaths(workspace).warehouse);
  const { n } = await withEngine(async (engine) => {
    await attachTables(engine, version, ["gates"]);
    return engine.row<{ n: number }>("SELECT count(*) AS n FROM gates WHERE decision = 'withhold'");
  });
  expect(rows.reduce((sum, { figures }) => sum + figures, 0)).toBe(n);
  const text = JSON.stringify(rows);
  expect(text).not.toMatch(/specialty:|_|recalibrate/);
  expect(text).toContain("Psychiatry");
  expect(text).toContain("needs another judge or another prompt");
});
