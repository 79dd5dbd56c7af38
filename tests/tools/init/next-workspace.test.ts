import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import { nextWorkspace } from "../../../pipelines/tools/init/next-workspace.js";
import { temporaryFolder } from "../../stages/ingest/workspace.js";
import { csv, init } from "./workspace.js";

it("the next steps name a workspace of its own for each data set", async () => {
  const folder = temporaryFolder();
  const work = join(folder, "work");
  const first = await init({ "ward.csv": csv(["system", "item", "score"], ["a", 1, 1], ["a", 2, 0]) });
  const path = first.folder;
  // Free, or the folder of the mapping: taken.
  expect(await nextWorkspace({ out: work, id: "ward", path })).toBe(work);
  await runIngest({
    workspace: work,
    sources: [{ path, mapping: first.mapping, catalogue: first.catalogue }],
  });
  expect(await nextWorkspace({ out: work, id: "ward", path })).toBe(work);
  // Another data set is not led into it, unless the user names it.
  const other = join(folder, "icu.csv");
  writeFileSync(other, "");
  expect(await nextWorkspace({ out: work, id: "icu", path: other })).toBe(`${work}-icu`);
  expect(await nextWorkspace({ stated: work, out: work, id: "icu", path: other })).toBe(work);
  // Without a folder, it is called like the data, but is not the folder of the data or of something else.
  expect(await nextWorkspace({ id: "icu", path: other })).toBe("icu");
  const data = join(folder, "own");
  mkdirSync(data);
  expect(await nextWorkspace({ id: data, path: data })).not.toBe(data);
});
