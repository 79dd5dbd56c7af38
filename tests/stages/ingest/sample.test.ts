import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { withEngine } from "../../../pipelines/warehouse/engine.js";
import { currentVersion } from "../../../pipelines/warehouse/versioned-folder.js";
import { attachTables } from "../../../pipelines/warehouse/views.js";
import { workspacePaths } from "../../../pipelines/warehouse/workspace.js";
import { sample, sampleWorkspace } from "../../sample.js";

it("ingest quarantines exactly the bad lines that were planted in the sample, with their positions", async () => {
  const truth = JSON.parse(readFileSync(join(sample, "truth/truth.json"), "utf8")) as {
    quarantine: { file: string; line: number }[];
  };
  const version = await currentVersion(workspacePaths(await sampleWorkspace()).warehouse);
  const rows = await withEngine(async (engine) => {
    await attachTables(engine, version, ["quarantine"]);
    return engine.rows("SELECT source, file, line FROM quarantine");
  });
  // A source is an upload and a file lies inside it; the truth names both in one path from the cycle's folder.
  const found = rows.map(({ source, file, line }) => {
    const upload = String(source).slice(String(source).indexOf("uploads/"));
    const inside = upload.endsWith(".jsonl") ? upload : `${upload}/${file}`;
    return `${inside}:${line}`;
  });
  expect(found.sort()).toEqual(truth.quarantine.map(({ file, line }) => `${file}:${line}`).sort());
});
