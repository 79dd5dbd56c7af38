import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stubJudgeBanner } from "../../../pipelines/stages/publish/stub-judge-banner.js";
import { temporaryFolder } from "../../judging/material.js";

function releaseWith(versions: readonly object[]): string {
  const root = temporaryFolder();
  mkdirSync(join(root, "v-1", "tables"), { recursive: true });
  writeFileSync(join(root, "CURRENT"), "v-1\n");
  writeFileSync(join(root, "v-1", "tables", "judge_versions.json"), JSON.stringify(versions));
  return root;
}

test("a stub of record is named on the page, in both languages, and its name is no markup", () => {
  const release = releaseWith([
    { judge: "stub:<b>", judge_kind: "stub", of_record: true },
    { judge: "stub:<b>", judge_kind: "stub", of_record: true },
  ]);
  expect(stubJudgeBanner("en", release)).toMatch(/is a stub/);
  expect(stubJudgeBanner("en", release)).toContain("(stub:&lt;b&gt;)");
  expect(stubJudgeBanner("zh", release)).toMatch(/替身/);
});

test("there is no warning if the stub is not of record, or nothing is released", () => {
  const release = releaseWith([
    { judge: "stub", judge_kind: "stub", of_record: false },
    { judge: "Qwen", judge_kind: "model", of_record: true },
  ]);
  expect(stubJudgeBanner("en", release)).toBe(null);
  expect(stubJudgeBanner("en", temporaryFolder())).toBe(null);
});
