import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { packageRoot } from "../../../pipelines/warehouse/package-root.js";
import { ingest, line, temporaryFolder, writeFiles } from "./workspace.js";

const shipped = JSON.parse(
  readFileSync(join(packageRoot, "src/lib/catalogue/data/medbench-v4.json"), "utf8"),
) as { id: string; source: string };

test("a changed catalogue is used for scoring although no answer has changed", async () => {
  const folder = temporaryFolder();
  const workspace = join(folder, "workspace");
  const catalogue = join(folder, "catalogue.json");
  writeFiles(folder, { "answers/MedHC_V4.jsonl": line(1, "an answer") });
  writeFileSync(catalogue, JSON.stringify(shipped));
  const request = { path: join(folder, "answers"), catalogue };
  await ingest(workspace, [request]);
  await runScore({ workspace });
  await ingest(workspace, [request]);
  expect((await runScore({ workspace })).skipped).toBe(true);
  writeFileSync(catalogue, JSON.stringify({ ...shipped, source: `${shipped.source} (corrected)` }));
  expect((await ingest(workspace, [request])).skipped).toBe(false);
  expect((await runScore({ workspace })).skipped).toBe(false);
});
