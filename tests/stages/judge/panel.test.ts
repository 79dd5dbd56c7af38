import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Journal } from "../../../pipelines/asking/journal.js";
import type { StubServer } from "../../../pipelines/asking/stub-server.js";
import { openAiJudge } from "../../../pipelines/judging/openai-judge.js";
import { checkNames, keyOf, panelMember, readPanel } from "../../../pipelines/judging/panel.js";
import { type StubJudgeScript, startStubJudge } from "../../../pipelines/judging/stub-judge.js";
import type { JudgeOutcome } from "../../../pipelines/stages/judge/judge.js";
import { type PanelJudge, type PanelOptions, runPanel } from "../../../pipelines/stages/judge/panel-run.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { temporaryFolder } from "../../judging/material.js";
import { writeTinyWarehouse } from "../../tiny-warehouse.js";

const servers: StubServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** MedPopular rests on a judge alone: one request an answer. */
async function workspaceWithAnswers(count: number): Promise<string> {
  const workspace = temporaryFolder();
  const place = { benchmark: "medbench-v4", pool: "p", dataset: "MedPopular" };
  const items = Array.from({ length: count }, (_, n) => ({ ...place, item_id: String(n), variant: 1 }));
  await writeTinyWarehouse(workspace, {
    items: items.map((item) => ({ ...item, part: "", language: "en" })),
    items_private: items.map((item) => ({ ...item, question: `Q${item.item_id}`, gold: '"G"' })),
    runs: [{ run_id: "r", benchmark: "medbench-v4", pool: "p", system: "s" }],
    responses: items.map((item) => ({
      ...{ ...item, run_id: "r", condition: "base", repeat: 1, raw: `Answer ${item.item_id}` },
    })),
  });
  return workspace;
}

async function member(name: string, script: StubJudgeScript, key = `key-of-${name}`): Promise<PanelJudge> {
  const server = await startStubJudge(script, { posesAsModel: true });
  servers.push(server);
  return {
    name,
    model: `model-${name}`,
    source: {
      kind: "online",
      open: async (model) =>
        openAiJudge({ model, name, baseUrl: server.url, apiKey: key, keyFrom: `KEY_${name}` }),
    },
  };
}

async function run(judges: readonly PanelJudge[], options: PanelOptions) {
  const outcomes: JudgeOutcome[] = [];
  const error = await runPanel(judges, options, (outcome) => outcomes.push(outcome)).then(
    () => null,
    (reason: unknown) => reason,
  );
  return { outcomes, error };
}

describe("a panel of judges", () => {
  test("asks each judge its own model on its own server with its own key, and keeps all verdicts and repeats", async () => {
    const workspace = await workspaceWithAnswers(3);
    const judges = [
      await member("a", { key: "key-of-a", model: "model-a", rules: [{ verdict: 2 }] }),
      await member("b", { key: "key-of-b", model: "model-b", rules: [{ verdict: 5 }] }),
    ];
    const { outcomes, error } = await run(judges, { workspace, repeats: 2 });
    expect(error).toBe(null);
    expect(outcomes.map(({ judge, work }) => [judge, work["answered"]])).toEqual([
      ["a", 6],
      ["b", 6],
    ]);
    expect(servers.map((server) => server.log().requests)).toEqual([6, 6]);
    const rows = await queryWarehouse(
      workspace,
      "SELECT judge, judge_repeat, count(*) AS n, avg(value) AS mean FROM judgments GROUP BY ALL ORDER BY ALL",
      { format: "json" },
    );
    // Three answers of five criteria each.
    expect(JSON.parse(rows)).toEqual([
      { judge: "a", judge_repeat: 1, n: 15, mean: 2 },
      { judge: "a", judge_repeat: 2, n: 15, mean: 2 },
      { judge: "b", judge_repeat: 1, n: 15, mean: 5 },
      { judge: "b", judge_repeat: 2, n: 15, mean: 5 },
    ]);
    expect(readdirSync(join(workspace, "judge")).sort()).toEqual(["a.jsonl", "b.jsonl"]);
    const files = readdirSync(workspace, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    for (const each of files)
      expect(readFileSync(join(each.parentPath, each.name)).includes("key-of-"), each.name).toBe(false);
  });

  test("continues with the other judges if one key is wrong, and names that judge and its variable", async () => {
    const workspace = await workspaceWithAnswers(2);
    const judges = [await member("a", { key: "another" }), await member("b", {})];
    const { outcomes, error } = await run(judges, { workspace });
    expect(outcomes.map(({ judge, work }) => [judge, work["answered"]])).toEqual([["b", 2]]);
    expect(error).toMatchObject({
      message: expect.stringMatching(/1 of 2 judges could not continue: a \(.*HTTP 401/),
      hint: expect.stringContaining("KEY_a"),
    });
  });

  test("shares one budget: money spent by the first judge is gone for the second, now and in the next run", async () => {
    const workspace = await workspaceWithAnswers(40);
    const prices = { promptUsdPerMillion: 100, completionUsdPerMillion: 100 };
    const judges = [await member("a", {}), await member("b", {})];
    const alone = await run([judges[0] as PanelJudge], { workspace, prices });
    const spent = alone.outcomes[0]?.work["spent_usd"] as number;
    const usd = spent * 1.5;
    const both = await run(judges, { workspace, prices, budget: { usd } });
    expect(both.outcomes[0]?.work).toMatchObject({ known: 40, calls: 0 });
    const second = both.outcomes[1]?.work as Record<string, number>;
    expect(second["answered"]).toBeGreaterThan(0);
    expect(second["overBudget"]).toBeGreaterThan(0);
    expect(spent + (second["spent_usd"] as number)).toBeLessThanOrEqual(usd);
  });

  test("shares the limit of requests", async () => {
    const workspace = await workspaceWithAnswers(4);
    const judges = [await member("a", {}), await member("b", {})];
    const { outcomes } = await run(judges, { workspace, budget: { requests: 6 } });
    expect(outcomes.map(({ work }) => work["calls"])).toEqual([4, 2]);
  });

  test("requires a price for every judge if there is a budget in dollars; 0 is a price", async () => {
    const workspace = await workspaceWithAnswers(2);
    const paid = { promptUsdPerMillion: 1, completionUsdPerMillion: 1 };
    const judges = [{ ...(await member("a", {})), prices: paid }, await member("b", {})];
    const refused = await run(judges, { workspace, budget: { usd: 1 } });
    expect(refused.error).toMatchObject({
      message: expect.stringMatching(/judge b: a budget .* needs the prices/),
    });
    expect(servers[0]?.log().requests).toBe(0);
    const own = {
      ...(judges[1] as PanelJudge),
      prices: { promptUsdPerMillion: 0, completionUsdPerMillion: 0 },
    };
    const { error, outcomes } = await run([judges[0] as PanelJudge, own], { workspace, budget: { usd: 1 } });
    expect(error).toBe(null);
    expect(outcomes[1]?.work).toMatchObject({ answered: 2, spent_usd: 0 });
  });

  test("leaves no trace in a dry run, not even an empty journal", async () => {
    const workspace = await workspaceWithAnswers(2);
    const { outcomes } = await run([{ name: "a", model: "m", source: { kind: "dry_run" } }], { workspace });
    expect(outcomes[0]?.work).toMatchObject({ requests: 2, to_ask: 2, known: 0 });
    expect(existsSync(join(workspace, "judge"))).toBe(false);
    const judge = await member("a", {});
    await run([{ ...judge, model: "m" }], { workspace });
    const journal = readFileSync(join(workspace, "judge", "a.jsonl"));
    const after = await run([{ name: "a", model: "m", source: { kind: "dry_run" } }], { workspace });
    expect(after.outcomes[0]?.work).toMatchObject({ known: 2, to_ask: 0 });
    expect(readFileSync(join(workspace, "judge", "a.jsonl"))).toEqual(journal);
  });
});

describe("the definition of a panel", () => {
  test("can be NAME=MODEL@URL, where the model's name may contain = and @", () => {
    expect(panelMember("med-judge=org/model@v2=x@http://127.0.0.1:8001/v1")).toMatchObject({
      name: "med-judge",
      model: "org/model@v2=x",
      baseUrl: "http://127.0.0.1:8001/v1",
      keyFrom: "MEDBENCH_JUDGE_API_KEY_MED_JUDGE",
    });
    for (const text of ["", "qwen", "a=b", "a=b@ftp://x", "=m@http://x", "a=@http://x", "a=m@http://"])
      expect(() => panelMember(text), text).toThrow(/not of the form NAME=MODEL@URL/);
  });

  test("can be a file with prices and key variables; a key written in it is refused and not repeated", async () => {
    const file = join(temporaryFolder(), "judges.yaml");
    writeFileSync(
      file,
      "judges:\n  - {name: a, model: m, baseUrl: 'http://x/v1', keyFrom: A_KEY, priceIn: 0.4}\n",
    );
    expect(await readPanel(file)).toEqual([
      { name: "a", model: "m", baseUrl: "http://x/v1", keyFrom: "A_KEY", priceIn: 0.4, format: "auto" },
    ]);
    for (const wrong of ["key: sk-1234567", "keyFrom: sk-1234567", "priceIn: cheap"]) {
      writeFileSync(file, `judges:\n  - {name: a, model: m, baseUrl: 'http://x/v1', ${wrong}}\n`);
      const error = await readPanel(file).catch((reason: Error) => reason);
      expect(String(error)).toMatch(/judges\.yaml: judges\.0/);
      expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain("sk-1234567");
    }
    writeFileSync(file, "judges: [}");
    await expect(readPanel(file)).rejects.toThrow(/is not YAML/);
    await expect(readPanel(`${file}.absent`)).rejects.toThrow(/cannot be read/);
  });

  test("needs different names, because each judge has its own journal", () => {
    expect(() => checkNames([{ name: "a" }, { name: "b" }, { name: "A" }])).toThrow(
      /two judges are named "A"/,
    );
    expect(() => checkNames([{ name: "a" }, { name: "b" }])).not.toThrow();
  });

  test("fails if a named key is not set, and no server gets another server's key", () => {
    const judge = panelMember("a=m@http://x/v1");
    const env = { MEDBENCH_JUDGE_API_KEY: "general", MEDBENCH_JUDGE_API_KEY_B: "of b" };
    expect(keyOf(judge, { isRequired: false, env })).toBe("none");
    expect(() => keyOf(judge, { isRequired: true, env })).toThrow(/MEDBENCH_JUDGE_API_KEY_A is not set/);
    expect(keyOf(judge, { isRequired: true, env: { MEDBENCH_JUDGE_API_KEY_A: "of a" } })).toBe("of a");
  });
});

test("a journal opened for reading takes no lock, creates no file and refuses to append", async () => {
  const path = join(temporaryFolder(), "j.jsonl");
  const none = Journal.read(path);
  expect([none.spentUsd, none.answered, none.reply("x"), existsSync(path)]).toEqual([0, 0, null, false]);
  const writer = await Journal.open(path);
  writer.append({ type: "sent", hash: "x", cost_usd: 2 });
  const reader = Journal.read(path);
  expect(reader.spentUsd).toBe(2);
  expect(() => reader.append({ type: "unpaid", hash: "x", error: "" })).toThrow(/open for reading only/);
  await reader.close();
  await writer.close();
  // A line that is being written at this moment is not damage, and stays for its writer.
  writeFileSync(path, `${readFileSync(path, "utf8")}{"type":"rep`);
  expect(Journal.read(path).spentUsd).toBe(2);
  expect(readFileSync(path, "utf8")).toMatch(/"rep$/);
});
