import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { verifyWorkspace } from "../../pipelines/tools/verify.js";
import { currentVersion } from "../../pipelines/warehouse/versioned-folder.js";
import { tableFiles } from "../../pipelines/warehouse/views.js";
import { workspacePaths } from "../../pipelines/warehouse/workspace.js";
import { writeTinyWarehouse } from "../tiny-warehouse.js";

let workspace: string;
let file: string;

beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), "medbench-verify-"));
  await writeTinyWarehouse(workspace, { outcome_counts: [{ run_id: "r", n: 3 }] });
  const version = await currentVersion(workspacePaths(workspace).warehouse);
  [file] = tableFiles(version, "outcome_counts") as [string];
});

afterEach(() => rmSync(workspace, { recursive: true, force: true }));

it.each([
  ["is not Parquet any more", () => writeFileSync(file, "x".repeat(100))],
  ["is gone", () => rmSync(file)],
])("a workspace with a file that %s is named as broken instead of ending the check", async (_, damage) => {
  damage();
  const { checks } = await verifyWorkspace(workspace);
  const failed = checks.filter(({ ok }) => !ok);
  expect(failed.map(({ check }) => check)).toEqual([
    expect.stringContaining("matches the hash in its manifest"),
    "every table can be read",
  ]);
  for (const { detail } of failed) expect(detail).toContain("outcome_counts/part-0.parquet");
});

it("a manifest that was cut off is named, with what to do", async () => {
  const { warehouse } = workspacePaths(workspace);
  const version = await currentVersion(warehouse);
  const manifest = join(version?.folder ?? "", "manifest.json");
  writeFileSync(manifest, '{"schema":');
  await expect(verifyWorkspace(workspace)).rejects.toMatchObject({
    name: "InputError",
    message: expect.stringContaining(manifest),
    hint: expect.stringContaining(`Delete ${warehouse}`),
  });
});
