import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { StubServer } from "../../../pipelines/asking/stub-server.js";
import { judgeJournalPath } from "../../../pipelines/judging/judge-files.js";
import { openAiJudge } from "../../../pipelines/judging/openai-judge.js";
import { startStubJudge } from "../../../pipelines/judging/stub-judge.js";
import { runJudge } from "../../../pipelines/stages/judge/judge.js";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { pin, removeJudge, unpin } from "../../../pipelines/tools/judges/change.js";
import { listJudges } from "../../../pipelines/tools/judges/list.js";
import { verifyWorkspace } from "../../../pipelines/tools/verify.js";
import { settingsFile } from "../../../pipelines/warehouse/settings.js";
import { type SmallWorkspace, smallWorkspace } from "../../stages/score/small-benchmark.js";

const servers: StubServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** An ingested judge `filed`, and what a server was asked as `model`. */
async function workspaceOf(posesAsModel: boolean): Promise<SmallWorkspace & { ask: () => Promise<unknown> }> {
  const items = ["1", "2"].map((id) => ({ dataset: "Open", id, gold: "reference" }));
  const small = await smallWorkspace({
    datasets: { Open: [{ metric: "judge", scorer: "judge", weight: 1 }] },
    items,
    answers: items.map(({ dataset, id }) => ({ dataset, id, raw: `answer ${id}` })),
    verdicts: [
      { dataset: "Open", id: "1", judge: "filed", rubric: "own/1", criterion: "q", value: 4, highest: 5 },
    ],
  });
  const server = await startStubJudge({}, { posesAsModel });
  servers.push(server);
  const ask = () =>
    runJudge({
      ...{ workspace: small.workspace, model: "m", name: "live" },
      source: {
        kind: "online",
        open: async (model) => openAiJudge({ model, baseUrl: server.url, apiKey: "none" }),
      },
    });
  await ask();
  return { ...small, ask };
}

const brief = (rows: Awaited<ReturnType<typeof listJudges>>) =>
  rows.map(({ judge, kind, model, verdicts, of_record, is_pinned }) => [
    ...[judge, kind, model, verdicts, of_record.length > 0, is_pinned],
  ]);

test("judges are listed with model, verdicts and times, the judge of record first", async () => {
  const { workspace } = await workspaceOf(true);
  const rows = await listJudges(workspace);
  // Two answers of five criteria each.
  expect(brief(rows)).toEqual([
    ["filed", "model", null, 1, true, false],
    ["live", "model", "m", 10, false, false],
  ]);
  const [filed, live] = rows;
  expect([filed?.first_asked, filed?.sources.length, live?.sources]).toEqual([null, 1, []]);
  expect(Date.parse(live?.first_asked ?? "")).toBeLessThanOrEqual(Date.parse(live?.last_asked ?? ""));
});

test("a pin is a line of the settings, whose other lines stay; a name that does not exist is refused", async () => {
  const { workspace } = await workspaceOf(false);
  const before = "# ours\nschema: medbench-settings/1\nmemory: 1GB # enough\n";
  writeFileSync(settingsFile(workspace), before);
  await expect(pin(workspace, "stub:lve")).rejects.toMatchObject({
    name: "InputError",
    hint: expect.stringMatching(/Did you mean "stub:live"\?/),
  });
  await pin(workspace, "stub:live");
  expect(readFileSync(settingsFile(workspace), "utf8")).toBe(`${before}judge: stub:live\n`);
  expect(brief(await listJudges(workspace)).map((row) => [row[0], row[5]])).toEqual([
    ["filed", false],
    ["stub:live", true],
  ]);
  expect(await unpin(workspace)).toBe("stub:live");
  expect(readFileSync(settingsFile(workspace), "utf8")).toBe(before);
  expect(await unpin(workspace)).toBe(null);
});

test("a removed judge is gone from the table, and its journal brings it back without a request", async () => {
  const { workspace, select, ask } = await workspaceOf(true);
  const verdicts = "SELECT judge, count(*) AS n FROM judgments GROUP BY judge ORDER BY judge";
  const removed = await removeJudge(workspace, "live", { evenIfPinned: false });
  expect(removed).toMatchObject({ verdicts: 10, journal: join(workspace, "judge", "removed", "live.jsonl") });
  expect(await select(verdicts)).toEqual([{ judge: "filed", n: 1 }]);
  renameSync(removed.journal as string, judgeJournalPath(workspace, "live"));
  const asked = servers[0]?.log().requests;
  await ask();
  expect(servers[0]?.log().requests).toBe(asked);
  expect(await select(verdicts)).toEqual([
    { judge: "filed", n: 1 },
    { judge: "live", n: 10 },
  ]);
  // A second removal keeps the first journal, if there is one.
  mkdirSync(dirname(removed.journal as string), { recursive: true });
  writeFileSync(removed.journal as string, "earlier\n");
  const again = await removeJudge(workspace, "live", { evenIfPinned: false });
  expect(again.journal).toBe(join(workspace, "judge", "removed", "live.2.jsonl"));
});

test("a removal that was killed after the table was written is finished by the same command", async () => {
  const { workspace } = await workspaceOf(true);
  const { journal } = await removeJudge(workspace, "live", { evenIfPinned: false });
  renameSync(journal as string, judgeJournalPath(workspace, "live"));
  expect(brief(await listJudges(workspace)).at(-1)).toEqual(["live", "model", "m", 0, false, false]);
  const finished = await removeJudge(workspace, "live", { evenIfPinned: false });
  // The two answers are in the journal: "0 verdicts" alone would sound as if nothing had been there.
  expect(finished).toMatchObject({ verdicts: 0, replies: 2, journal });
  expect(existsSync(judgeJournalPath(workspace, "live"))).toBe(false);
});

test("the pinned judge, one from a source and one that does not exist are not removed", async () => {
  const { workspace, select } = await workspaceOf(true);
  await pin(workspace, "live");
  const remove = (judge: string, evenIfPinned = false) => removeJudge(workspace, judge, { evenIfPinned });
  await expect(remove("live")).rejects.toMatchObject({ hint: expect.stringMatching(/--even-if-pinned/) });
  await expect(remove("filed")).rejects.toThrow(/came in with .*would come back with the next ingest/);
  await expect(remove("lve")).rejects.toMatchObject({ hint: expect.stringMatching(/Did you mean "live"/) });
  expect(await select("SELECT count(*) AS n FROM judgments")).toEqual([{ n: 11 }]);
  expect(await remove("live", true)).toMatchObject({ verdicts: 10 });
  expect(readFileSync(settingsFile(workspace), "utf8")).not.toContain("judge:");
});

test("a judge that never answered is in no list, and can be removed", async () => {
  const { workspace } = await workspaceOf(true);
  const dead = async (text: string) =>
    expect(
      runJudge({
        ...{ workspace, model: "typo" },
        source: {
          kind: "online",
          open: async (model) =>
            openAiJudge({ model, baseUrl: `http://127.0.0.1:1/${text}`, apiKey: "none" }),
        },
      }),
    ).rejects.toThrow(/ECONNREFUSED/);
  await dead("v1");
  const path = judgeJournalPath(workspace, "typo");
  expect(readFileSync(path, "utf8")).toContain('"type":"unpaid"');
  expect((await listJudges(workspace)).map(({ judge }) => judge)).toEqual(["filed", "live"]);
  expect(await removeJudge(workspace, "typo", { evenIfPinned: false })).toMatchObject({
    verdicts: 0,
    replies: 0,
  });
  expect(existsSync(path)).toBe(false);
});

test("verdicts of one judge by another prompt are another version, next to those that came in with a source", async () => {
  const item = { dataset: "Open", id: "1", gold: "reference" };
  const criteria = ["correctness", "completeness", "clinical_reasoning", "safety", "communication"];
  const { workspace, select } = await smallWorkspace({
    datasets: { Open: [{ metric: "judge", scorer: "judge", weight: 1 }] },
    items: [item],
    answers: [{ dataset: "Open", id: "1", raw: "answer" }],
    // The same name, rubric, criteria and repetition as asked below, but a prompt that nobody knows.
    verdicts: criteria.map((criterion) => ({
      ...{ dataset: "Open", id: "1", judge: "m", rubric: "clinical-5/1", criterion, value: 4, highest: 5 },
    })),
  });
  const server = await startStubJudge({}, { posesAsModel: true });
  servers.push(server);
  await runJudge({
    ...{ workspace, model: "m" },
    source: {
      kind: "online",
      open: async (model) => openAiJudge({ model, baseUrl: server.url, apiKey: "none" }),
    },
  });
  const versions = await select<{ known: boolean; n: number }>(
    "SELECT prompt_hash IS NOT NULL AS known, count(*) AS n FROM judgments GROUP BY ALL ORDER BY ALL",
  );
  expect(versions).toEqual([
    { known: false, n: 5 },
    { known: true, n: 5 },
  ]);
  await runScore({ workspace });
  const { checks } = await verifyWorkspace(workspace);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
