import { describe, expect, test } from "vitest";
import type { Judge, JudgeRequest } from "../../../pipelines/judging/types.js";
import { runCalibrate } from "../../../pipelines/stages/calibrate/calibrate.js";
import { type JudgeOptions, runJudge } from "../../../pipelines/stages/judge/judge.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { temporaryFolder } from "../../judging/material.js";
import { writeTinyWarehouse } from "../../tiny-warehouse.js";

const points = ["true one", "false one", "true two", "false two"];

/** Eight items of four key points each; two systems gave the same answers. */
async function workspaceWithPoints(): Promise<string> {
  const workspace = temporaryFolder();
  const place = { benchmark: "medbench-v4", pool: "p", dataset: "MedHC" };
  const items = Array.from({ length: 8 }, (_, n) => ({ ...place, item_id: String(n), variant: 1 }));
  await writeTinyWarehouse(workspace, {
    items: items.map((item) => ({ ...item, group_id: item.item_id, part: "", language: "en" })),
    items_private: items.map((item) => ({
      ...{ ...item, question: `Q${item.item_id}`, key_points: JSON.stringify(points) },
    })),
    runs: ["a", "b"].map((run_id) => ({ run_id, benchmark: "medbench-v4", pool: "p", system: run_id })),
    responses: ["a", "b"].flatMap((run_id) =>
      items.map((item) => ({ ...item, run_id, condition: "base", repeat: 1, raw: `Answer ${item.item_id}` })),
    ),
  });
  return workspace;
}

/** Points in the order in which the prompt shows them. */
const shownIn = ({ messages }: JudgeRequest) =>
  [...(messages[1]?.content ?? "").matchAll(/^\d+\. (.+)$/gm)].map(([, text]) => text as string);

function judgeOf(
  verdict: (text: string, place: number) => number,
): Judge & { readonly asked: JudgeRequest[] } {
  const asked: JudgeRequest[] = [];
  return {
    name: "reader",
    asked,
    ask: async (request) => {
      asked.push(request);
      const entries = shownIn(request).map((text, index) => [
        `key_point/${index + 1}`,
        { reason: "", verdict: verdict(text, index + 1) },
      ]);
      return { text: JSON.stringify(Object.fromEntries(entries)), promptTokens: 1, completionTokens: 1 };
    },
  };
}

const run = (workspace: string, judge: Judge, more: Partial<JudgeOptions> = {}) =>
  runJudge({
    ...{ workspace, model: "reader", rubrics: ["key-points"], repeats: 4, shufflePoints: 7 },
    source: { kind: "online", open: async () => judge },
    ...more,
  });
const select = async <T>(workspace: string, sql: string): Promise<T[]> =>
  JSON.parse(await queryWarehouse(workspace, sql, { format: "json" })) as T[];

const effects = (workspace: string) =>
  select<{ estimate: number; lower: number; upper: number; holds: boolean; n_groups: number }>(
    workspace,
    "SELECT estimate, lower, upper, holds, n_groups FROM judge_bias WHERE effect = 'position' AND subject = 'shuffled-place'",
  );

describe("points shown in changing order", () => {
  test("get the verdicts of their texts wherever they are shown, and their place is recorded", async () => {
    const workspace = await workspaceWithPoints();
    const judge = judgeOf((text) => (text.startsWith("true") ? 1 : 0));
    await run(workspace, judge);
    // Orders belong to the item and the repetition: equal answers of two systems stay one request.
    expect(judge.asked).toHaveLength(8 * 4);
    expect(new Set(judge.asked.map((request) => shownIn(request).join())).size).toBeGreaterThan(10);
    const rows = await select<{ criterion: string; least: number; most: number; places: number; n: number }>(
      workspace,
      `SELECT criterion, min(value) AS least, max(value) AS most, count(DISTINCT prompt_place) AS places, count(*) AS n
       FROM judgments GROUP BY criterion ORDER BY criterion`,
    );
    expect(rows).toEqual(
      [1, 0, 1, 0].map((value, index) => ({
        ...{ criterion: `key_point/${index + 1}`, least: value, most: value, places: 4, n: 2 * 8 * 4 },
      })),
    );
    await runCalibrate({ workspace });
    expect(await effects(workspace)).toMatchObject([{ estimate: 0, holds: false, n_groups: 8 }]);
  });

  test("reveal a judge that grades by place, without any rating", async () => {
    const workspace = await workspaceWithPoints();
    // The verdict falls by one from the second place to the third and by nothing elsewhere.
    await run(
      workspace,
      judgeOf((_, place) => (place <= 2 ? 1 : 0)),
    );
    await runCalibrate({ workspace });
    const [effect] = await effects(workspace);
    expect(effect).toMatchObject({ holds: true, n_groups: 8 });
    // Over all places alike the slope is -0.4: sum of (x - 2.5) y = -2 over sum of (x - 2.5)² = 5.
    expect(effect?.lower).toBeLessThan(-0.4);
    expect(effect?.upper).toBeGreaterThan(-0.4);
    expect(effect?.upper).toBeLessThan(0);
  });

  test("count as a different measurement from points in the listed order, and equal seeds give equal orders", async () => {
    const workspace = await workspaceWithPoints();
    const [first, again, other, plain] = Array.from({ length: 4 }, () => judgeOf(() => 1));
    const options = { repeats: 1 };
    await run(workspace, first as Judge, options);
    const hashes = "SELECT DISTINCT prompt_hash FROM judgments";
    const shuffledHash = await select<{ prompt_hash: string }>(workspace, hashes);
    await run(workspace, again as Judge, options);
    expect(again?.asked).toEqual([]);
    await run(workspace, other as Judge, { ...options, shufflePoints: 8 });
    expect(other?.asked.length).toBeGreaterThan(4);
    const { source } = { source: { kind: "online", open: async () => plain as Judge } } as const;
    await runJudge({ workspace, model: "reader", rubrics: ["key-points"], source });
    expect(plain?.asked.every((request) => shownIn(request).join() === points.join())).toBe(true);
    const plainHash = await select<{ prompt_hash: string }>(workspace, hashes);
    expect(plainHash[0]?.prompt_hash).not.toBe(shuffledHash[0]?.prompt_hash);
    await expect(run(workspace, first as Judge, { source: { kind: "replay" } })).rejects.toThrow(
      /in one order/,
    );
  });
});
