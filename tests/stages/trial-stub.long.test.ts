import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { openAiJudge } from "../../pipelines/judging/openai-judge.js";
import { startStubJudge } from "../../pipelines/judging/stub-judge.js";
import { runJudge } from "../../pipelines/stages/judge/judge.js";
import { runAll } from "../../pipelines/stages/run.js";
import { pin } from "../../pipelines/tools/judges/change.js";
import { filesOf } from "../files-of.js";
import { trialBenchmark } from "../trial-benchmark.js";
import { smallWorkspace } from "./score/small-benchmark.js";

test("a stub that was tried is nowhere on the built pages, and a stub that was named is announced on every one", async () => {
  // Another judge with verdicts from a file is a trial, too.
  const { workspace, select } = await smallWorkspace(trialBenchmark("stub:from-a-file"));
  const server = await startStubJudge({});
  const { judge } = await runJudge({
    workspace,
    model: "tried-9417",
    repeats: 2,
    source: {
      kind: "online",
      open: async (model) => openAiJudge({ model, baseUrl: server.url, apiKey: "none" }),
    },
  }).finally(() => server.close());
  expect(judge).toBe("stub:tried-9417");
  const out = join(dirname(workspace), "site");
  const run = () => runAll({ workspace, sources: [], out });
  const filesWith = (text: string) =>
    filesOf(out).filter((file) => readFileSync(join(out, file)).includes(text));
  const pages = () => filesOf(out).filter((file) => file.endsWith(".html"));

  await run();
  expect(await select("SELECT DISTINCT judge FROM agreement")).toEqual([{ judge: "model" }]);
  expect(filesWith("tried-9417")).toEqual([]);
  expect(filesWith("from-a-file")).toEqual([]);
  expect(filesWith('class="mb-stub-judge"')).toEqual([]);
  expect(filesWith('"judge":"model"')).not.toEqual([]);

  await pin(workspace, judge);
  await run();
  expect(filesWith('class="mb-stub-judge"')).toEqual(pages());
  expect(filesWith("from-a-file")).toEqual([]);
});
