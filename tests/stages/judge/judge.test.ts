import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { StubServer } from "../../../pipelines/asking/stub-server.js";
import { openAiJudge } from "../../../pipelines/judging/openai-judge.js";
import { startStubJudge } from "../../../pipelines/judging/stub-judge.js";
import { type JudgeOptions, type JudgeSource, runJudge } from "../../../pipelines/stages/judge/judge.js";
import { withEngine } from "../../../pipelines/warehouse/engine.js";
import { currentVersion } from "../../../pipelines/warehouse/versioned-folder.js";
import { attachTables } from "../../../pipelines/warehouse/views.js";
import { workspacePaths } from "../../../pipelines/warehouse/workspace.js";
import { temporaryFolder } from "../../judging/material.js";
import { type Cells, writeTinyWarehouse } from "../../tiny-warehouse.js";

const servers: StubServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const place = { benchmark: "medbench-v4", pool: "p" } as const;
const item = (dataset: string, item_id: string): Cells => ({
  ...place,
  dataset,
  item_id,
  variant: 1,
  part: "",
  language: "zh",
});
const response = (run_id: string, dataset: string, item_id: string, raw: string | null): Cells => ({
  ...place,
  run_id,
  dataset,
  item_id,
  variant: 1,
  condition: "base",
  repeat: 1,
  raw,
});

/** MedHC: key points and judge. MedPopular: judge alone. MedExam: choices, no judge. */
async function workspaceWithAnswers(): Promise<string> {
  const workspace = temporaryFolder();
  const items = ["1", "2", "3"]
    .map((id) => item("MedHC", id))
    .concat([item("MedPopular", "1"), item("MedExam", "1")]);
  await writeTinyWarehouse(workspace, {
    items,
    items_private: items.map(({ benchmark, pool, dataset, item_id, variant }, index) => ({
      ...({ benchmark, pool, dataset, item_id, variant } as Cells),
      question: `问题${index}`,
      gold: '"参考"',
      key_points:
        dataset === "MedHC" && item_id !== "3" ? '["要点一", {"text": "要点二", "weight": 2}]' : null,
    })),
    runs: ["a", "b"].map((run_id) => ({ run_id, ...place, system: run_id })),
    responses: [
      response("a", "MedHC", "1", "回答一"),
      response("a", "MedHC", "2", "  "),
      response("a", "MedHC", "3", "回答三"),
      response("a", "MedPopular", "1", "科普"),
      response("a", "MedExam", "1", "<A>"),
      response("b", "MedHC", "1", "回答一"),
      response("b", "MedHC", "2", null),
    ],
    judgments: ["correctness", "reasoning", "key_point/1", "key_point/2"].map((criterion, index) => ({
      ...response("a", "MedHC", "1", null),
      raw: null,
      judge: "recorded",
      rubric_version: "clinical-5/1",
      criterion,
      judge_repeat: 1,
      scale_min: criterion.startsWith("key") ? 0 : 1,
      scale_max: criterion.startsWith("key") ? 1 : 5,
      value: index === 0 ? 4 : 1,
      status: "ok",
    })),
  });
  return workspace;
}

async function stubSource(script = {}): Promise<{ source: JudgeSource; server: StubServer }> {
  const server = await startStubJudge(script);
  servers.push(server);
  return {
    server,
    source: {
      kind: "online",
      open: async (model) => openAiJudge({ model, baseUrl: server.url, apiKey: "secret-5678" }),
    },
  };
}

async function rowsOf(workspace: string, sql: string) {
  const version = await currentVersion(workspacePaths(workspace).warehouse);
  return withEngine(async (engine) => {
    await attachTables(engine, version);
    return engine.rows(sql);
  });
}

const judge = (workspace: string, source: JudgeSource, more: Partial<JudgeOptions> = {}) =>
  runJudge({ workspace, model: "stub", source, ...more });

describe("medbench judge", () => {
  test("judges each answer with text by the rubrics of its dataset, equal requests once, and nothing else", async () => {
    const workspace = await workspaceWithAnswers();
    const { source, server } = await stubSource();
    const { work, stage } = await judge(workspace, source);
    // a/1: key points and clinical; a/3: clinical alone (no key points); MedPopular: clinical; b/1 equals a/1.
    expect(server.log().requests).toBe(4);
    expect(work).toMatchObject({ distinct: 4, answered: 4 });
    // Clinical: 4 answers of 5 criteria; key points: 2 answers of 2.
    expect(stage?.counts).toMatchObject({ rows: 24, ok: 24, failed: 0, awaiting: 0 });
    const found = await rowsOf(
      workspace,
      `SELECT run_id, dataset, item_id, rubric_version, count(*) AS n, count(DISTINCT request_hash) AS requests, count(prompt_tokens) AS metered
       FROM judgments WHERE judge = 'stub' GROUP BY ALL ORDER BY ALL`,
    );
    expect(found.map((row) => Object.values(row))).toEqual([
      ["a", "MedHC", "1", "clinical-5/1", 5, 1, 1],
      ["a", "MedHC", "1", "key-points/1", 2, 1, 1],
      ["a", "MedHC", "3", "clinical-5/1", 5, 1, 1],
      ["a", "MedPopular", "1", "clinical-5/1", 5, 1, 1],
      ["b", "MedHC", "1", "clinical-5/1", 5, 1, 1],
      ["b", "MedHC", "1", "key-points/1", 2, 1, 1],
    ]);
    const criteria = await rowsOf(
      workspace,
      "SELECT DISTINCT criterion, scale_min, scale_max FROM judgments WHERE judge = 'stub' ORDER BY 1",
    );
    expect(criteria.map((row) => Object.values(row).join(" "))).toEqual([
      "clinical_reasoning 1 5",
      "communication 1 5",
      "completeness 1 5",
      "correctness 1 5",
      "key_point/1 0 1",
      "key_point/2 0 1",
      "safety 1 5",
    ]);
  });

  test("a second run asks nothing and leaves the table unchanged; a new judge is added to it", async () => {
    const workspace = await workspaceWithAnswers();
    const { source, server } = await stubSource();
    const first = await judge(workspace, source);
    const second = await judge(workspace, source);
    expect(server.log().requests).toBe(4);
    expect(second.stage).toMatchObject({ skipped: true, version: first.stage?.version });
    await judge(workspace, source, { model: "other/judge", repeats: 2 });
    expect(server.log().requests).toBe(4 + 8);
    const panel = await rowsOf(
      workspace,
      "SELECT judge, max(judge_repeat) AS repeats, count(*) AS n FROM judgments GROUP BY ALL ORDER BY judge",
    );
    expect(panel).toEqual([
      { judge: "recorded", repeats: 1, n: 4 },
      { judge: "stub", repeats: 1, n: 24 },
      { judge: "stub:other/judge", repeats: 2, n: 48 },
    ]);
  });

  test("a stub is named as one, whatever model was asked for, and a model of that name starts afresh", async () => {
    const workspace = await workspaceWithAnswers();
    const trial = await stubSource();
    const first = await judge(workspace, trial.source, { model: "recorded" });
    expect(first.judge).toBe("stub:recorded");
    const real = await startStubJudge({}, { posesAsModel: true });
    servers.push(real);
    const source: JudgeSource = {
      kind: "online",
      open: async (model) => openAiJudge({ model, baseUrl: real.url, apiKey: "none" }),
    };
    const second = await judge(workspace, source, { model: "real" });
    expect(second.judge).toBe("real");
    expect(real.log().requests).toBe(4);
    expect(readdirSync(join(workspace, "judge")).filter((file) => file.startsWith("stub-"))).toHaveLength(1);
  });

  test("verdicts that arrived before the server failed are in the table, and the error is the server's", async () => {
    const workspace = await workspaceWithAnswers();
    const { source } = await stubSource({ rules: [{ numbers: [3], status: 401 }] });
    await expect(judge(workspace, source, { concurrency: 1 })).rejects.toThrow(/HTTP 401/);
    const [row] = await rowsOf(
      workspace,
      "SELECT count(DISTINCT request_hash) AS n FROM judgments WHERE judge = 'stub'",
    );
    expect(row).toEqual({ n: 2 });
  });

  test("replies that cannot be read become failed judgments without a value", async () => {
    const workspace = await workspaceWithAnswers();
    const { source } = await stubSource({ rules: [{ contains: "要点一", text: "Full marks!" }] });
    const { stage } = await judge(workspace, source);
    expect(stage?.counts).toMatchObject({ failed: 4, ok: 20 });
    const failed = await rowsOf(
      workspace,
      "SELECT DISTINCT criterion, value, raw FROM judgments WHERE status = 'failed' ORDER BY 1",
    );
    expect(failed).toEqual([
      { criterion: "key_point/1", value: null, raw: "Full marks!" },
      { criterion: "key_point/2", value: null, raw: "Full marks!" },
    ]);
  });

  test("a reply with half of a character, or cut inside one, is a failed judgment and does not stop the table", async () => {
    const workspace = await workspaceWithAnswers();
    const reply = `${"x".repeat(1999)}😀 \ud83d`;
    const { source } = await stubSource({ rules: [{ contains: "要点一", text: reply }] });
    const { stage } = await judge(workspace, source);
    expect(stage?.counts).toMatchObject({ failed: 4, ok: 20 });
    const [row] = await rowsOf(workspace, "SELECT DISTINCT raw FROM judgments WHERE status = 'failed'");
    expect(row).toEqual({ raw: `${"x".repeat(1999)}\ufffd` });
  });

  test("a filter limits what is asked, not what is kept", async () => {
    const workspace = await workspaceWithAnswers();
    const { source, server } = await stubSource();
    await judge(workspace, source, { datasets: ["MedPopular"] });
    expect(server.log().requests).toBe(1);
    const { stage } = await judge(workspace, source, { runs: ["b"] });
    expect(server.log().requests).toBe(3);
    // MedPopular of a, and both rubrics of a/1 and b/1, whose requests are the same.
    expect(stage?.counts).toMatchObject({ rows: 5 + 2 * 7, awaiting: 1 });
  });

  test("a replay returns the recorded values under its own name, without a network", async () => {
    const workspace = await workspaceWithAnswers();
    const { work, judge: name } = await judge(workspace, { kind: "replay" }, { model: "recorded" });
    expect(name).toBe("replay:recorded");
    await expect(judge(workspace, { kind: "replay" }, { model: "record" })).rejects.toMatchObject({
      name: "InputError",
      hint: expect.stringMatching(/Did you mean "recorded"\?/),
    });
    // Recorded are two of five clinical criteria: not a verdict of the rubric, so failed; key points are whole.
    expect(work).toMatchObject({ answered: 1, unreadable: 1, unanswered: 4 });
    const replayed = await rowsOf(
      workspace,
      "SELECT criterion, value FROM judgments WHERE judge = 'replay:recorded' AND status = 'ok' ORDER BY 1",
    );
    expect(replayed).toEqual([
      { criterion: "key_point/1", value: 1 },
      { criterion: "key_point/2", value: 1 },
    ]);
  });

  test("a dry run counts, asks nothing and writes no verdict", async () => {
    const workspace = await workspaceWithAnswers();
    const { work, stage } = await judge(
      workspace,
      { kind: "dry_run" },
      { prices: { promptUsdPerMillion: 1, completionUsdPerMillion: 2 } },
    );
    expect(work).toMatchObject({
      judgments: 6,
      requests: 4,
      known: 0,
      to_ask: 4,
      rubrics: { "clinical-5/1": 4, "key-points/1": 2 },
    });
    const { prompt_tokens, completion_tokens, expected_usd, most_usd } = work as Record<string, number>;
    expect(expected_usd).toBeCloseTo(
      ((prompt_tokens as number) + 2 * (completion_tokens as number)) / 1e6,
      12,
    );
    expect(most_usd).toBeGreaterThan(expected_usd as number);
    expect(stage).toBe(null);
  });

  test("a batch file asks the same requests, and its output gives the same verdicts as live calls", async () => {
    const [live, batch] = [await workspaceWithAnswers(), await workspaceWithAnswers()];
    const { source, server } = await stubSource();
    await judge(live, source);
    const file = join(batch, "batch.jsonl");
    const out = await judge(batch, { kind: "batch_out", file, format: "json_schema" });
    expect(out.work).toMatchObject({ files: [file], requests: 4, left_out: 2, over_budget: 0 });
    const lines = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { custom_id: string; method: string; url: string; body: object });
    expect(lines.map(({ custom_id }) => custom_id).sort()).toEqual(
      server
        .log()
        .keys.map((key) => key.replace(/-0$/, ""))
        .sort(),
    );
    const output: string[] = [];
    for (const { custom_id, body } of lines) {
      const reply = await fetch(`${server.url}/chat/completions`, {
        method: "POST",
        body: JSON.stringify(body),
      });
      output.push(
        JSON.stringify({
          id: "x",
          custom_id,
          response: { status_code: 200, request_id: "r", body: await reply.json() },
          error: null,
        }),
      );
    }
    output.push(JSON.stringify({ custom_id: "of another run", response: null, error: { code: "expired" } }));
    const outputFile = join(batch, "output.jsonl");
    writeFileSync(outputFile, output.reverse().join("\n"));
    const taken = await judge(batch, { kind: "batch_in", files: [outputFile] });
    expect(taken.work).toMatchObject({ lines: 5, replies: 4, unreadable: 0, errors: 0, foreign: 1 });
    const verdicts = "SELECT * FROM judgments WHERE judge = 'stub' ORDER BY ALL";
    expect(await rowsOf(batch, verdicts)).toEqual(await rowsOf(live, verdicts));
    writeFileSync(outputFile, `${output[0]}\n{"custom_id": 7}\n`);
    const again = await judge(batch, { kind: "batch_in", files: [outputFile] });
    expect(again.work).toMatchObject({
      lines: 2,
      replies: 0,
      foreign: 1,
      problems: [
        expect.stringMatching(/output\.jsonl line 1: error expired/),
        expect.stringMatching(/output\.jsonl line 2: not a line of a batch output/),
      ],
    });
  });

  test("the key is in no file of the workspace", async () => {
    const workspace = await workspaceWithAnswers();
    await judge(workspace, (await stubSource()).source);
    const files = readdirSync(workspace, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(5);
    for (const entry of files)
      expect(readFileSync(join(entry.parentPath, entry.name)).includes("secret-5678")).toBe(false);
  });

  test("unreadable key points are reported with their item, not skipped", async () => {
    const workspace = temporaryFolder();
    const key = { ...place, dataset: "MedHC", item_id: "7", variant: 1 };
    await writeTinyWarehouse(workspace, {
      items: [item("MedHC", "7")],
      items_private: [{ ...key, question: "Q", key_points: '["one", {"criterion": "two"}]' }],
      runs: [{ run_id: "a", ...place, system: "a" }],
      responses: [response("a", "MedHC", "7", "answer")],
    });
    await expect(judge(workspace, { kind: "dry_run" })).rejects.toThrow(
      /dataset MedHC, item 7: key point 2 cannot be read/,
    );
  });

  test("a workspace without answers is refused with advice", async () => {
    await expect(judge(temporaryFolder(), { kind: "dry_run" })).rejects.toThrow(/contains no answers/);
  });
});
