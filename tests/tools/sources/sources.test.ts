import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import { listSources } from "../../../pipelines/tools/sources/list.js";
import { removeSources, sourcesNamed } from "../../../pipelines/tools/sources/remove.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { temporaryFolder } from "../../judging/material.js";

const line = (id: number, answer: string, more: object = {}) =>
  JSON.stringify({ question: `问题${id}`, answer, other: { id, source: "MedHC" }, ...more });

/** Questions, gold answers and two uploads of one system, which share item 1. */
async function workspaceOf() {
  const folder = temporaryFolder();
  const write = (name: string, lines: readonly string[]) => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "MedHC.jsonl"), `${lines.join("\n")}\n`);
    return join(folder, name);
  };
  const pool = "p";
  const questions = write(
    "questions",
    [1, 2, 3].map((id) => line(id, "")),
  );
  const gold = write(
    "gold",
    [1, 2, 3].map((id) => line(id, "", { gold: `答案${id}`, key_points: ["要点"] })),
  );
  const first = write("first", [line(1, "一"), line(2, "二")]);
  const second = write("second", [line(1, "另一"), line(3, "三")]);
  const workspace = join(folder, "workspace");
  await runIngest({
    workspace,
    sources: [
      { path: questions, role: "questions", pool },
      { path: gold, role: "gold", pool },
      { path: first, role: "answers", pool, system: "s" },
      { path: second, role: "answers", pool, system: "s" },
    ],
  });
  const select = async (sql: string) =>
    JSON.parse(await queryWarehouse(workspace, sql, { format: "json" })) as unknown;
  const remove = async (name: string, role?: string) =>
    removeSources(workspace, await sourcesNamed(workspace, [name], role));
  return { workspace, folder, select, remove, questions, gold, first, second };
}

const answers = "SELECT item_id, raw FROM responses ORDER BY item_id";

describe("sources", () => {
  test("are listed with role, system, rows and quarantine, and a file that is gone is shown", async () => {
    const { workspace, gold, second } = await workspaceOf();
    rmSync(gold, { recursive: true });
    const rows = await listSources(workspace);
    expect(
      rows.map(({ source, role, system, pool, files, rows: n, quarantined }) => [
        ...[source, role, system, pool, files, n, quarantined],
      ]),
    ).toEqual([
      ["questions", "questions", null, "p", 1, 3, 0],
      ["gold", "gold", null, "p", 1, 3, 0],
      ["first", "answers", "s", "p", 1, 2, 0],
      ["second", "answers", "s", "p", 1, 1, 1],
    ]);
    expect(rows.map(({ modified }) => modified === null)).toEqual([false, true, false, false]);
    expect(new Set(rows.map(({ sha256 }) => sha256)).size).toBe(4);
    expect(rows.at(-1)?.given.endsWith(second.split("/").slice(-2).join("/"))).toBe(true);
  });

  test("that share answers: removing the first lets the answer of the second count, and ingesting again works", async () => {
    const { workspace, select, remove, first } = await workspaceOf();
    const before = await select(answers);
    expect(before).toEqual([
      { item_id: "1", raw: "一" },
      { item_id: "2", raw: "二" },
      { item_id: "3", raw: "三" },
    ]);
    const { changes, left } = await remove(first);
    expect(left).toBe(3);
    expect(await select(answers)).toEqual([
      { item_id: "1", raw: "另一" },
      { item_id: "3", raw: "三" },
    ]);
    expect(changes).toContainEqual({ table: "responses", before: 3, after: 2 });
    expect(changes).toContainEqual({ table: "quarantine", before: 1, after: 0 });
    await runIngest({ workspace, sources: [{ path: first, role: "answers", pool: "p", system: "s" }] });
    // Now the second is the earlier one, so its answer to the shared item counts.
    expect(await select(answers)).toEqual([
      { item_id: "1", raw: "另一" },
      { item_id: "2", raw: "二" },
      { item_id: "3", raw: "三" },
    ]);
  });

  test("with gold: its items lose their gold answers, and the list of changes says how many", async () => {
    const { select, remove, gold } = await workspaceOf();
    const { changes } = await remove(gold);
    expect(changes).toContainEqual({ table: "items with gold", before: 3, after: 0 });
    expect(await select("SELECT count(*) AS n, count(gold) AS gold FROM items_private")).toEqual([
      { n: 3, gold: 0 },
    ]);
  });

  test("can be removed although their files are gone; the last one leaves an empty workspace", async () => {
    const { workspace, remove, folder, select } = await workspaceOf();
    rmSync(join(folder, "second"), { recursive: true });
    expect((await remove("second")).left).toBe(3);
    const all = await sourcesNamed(workspace, ["questions", "gold", "first"], undefined);
    expect((await removeSources(workspace, all)).left).toBe(0);
    expect(await listSources(workspace)).toEqual([]);
    expect(await select("SELECT count(*) AS n FROM items")).toEqual([{ n: 0 }]);
  });

  test("are named exactly: typing mistakes, two roles of one path and parts of a cycle are refused with the way out", async () => {
    const { workspace, folder, questions } = await workspaceOf();
    const named = (name: string, role?: string) => sourcesNamed(workspace, [name], role);
    await expect(named("seconds")).rejects.toMatchObject({
      name: "InputError",
      hint: expect.stringMatching(/Did you mean "second"\?/),
    });
    await expect(named("")).rejects.toThrow(/no source ""/);
    await runIngest({ workspace, sources: [{ path: questions, role: "gold", pool: "q" }] });
    await expect(named(questions)).rejects.toMatchObject({ hint: expect.stringMatching(/--role/) });
    expect(await named(questions, "gold")).toMatchObject([{ role: "gold", pool: "q" }]);

    const cycle = join(folder, "cycle");
    cpSync(questions, join(cycle, "q"), { recursive: true });
    writeFileSync(
      join(cycle, "cycle.yaml"),
      "schema: medbench-cycle/1\nbenchmark: medbench-v4\nsources:\n  - {path: q, role: questions, pool: r}\n",
    );
    await runIngest({ workspace, sources: [{ path: cycle }] });
    for (const name of ["cycle/q", join(cycle, "q")])
      await expect(named(name)).rejects.toMatchObject({
        message: expect.stringMatching(/is a part of the cycle/),
        hint: expect.stringMatching(/sources remove .*cycle$/),
      });
    expect(await named(cycle)).toHaveLength(1);
  });

  test("that a cycle names by a pattern are not entries that could be taken out, and the hint says so", async () => {
    const { workspace, folder, questions, first, second } = await workspaceOf();
    const cycle = join(folder, "cycle");
    cpSync(questions, join(cycle, "q"), { recursive: true });
    cpSync(first, join(cycle, "uploads", "a"), { recursive: true });
    cpSync(second, join(cycle, "uploads", "b"), { recursive: true });
    writeFileSync(
      join(cycle, "cycle.yaml"),
      "schema: medbench-cycle/1\nbenchmark: medbench-v4\nsources:\n  - {path: q, role: questions, pool: r}\n  - {path: 'uploads/*', role: answers, pool: r}\n",
    );
    await runIngest({ workspace, sources: [{ path: cycle }] });
    await expect(sourcesNamed(workspace, [join(cycle, "uploads", "a")], undefined)).rejects.toMatchObject({
      hint: expect.stringMatching(
        /by the pattern "uploads\/\*", with 1 other: move it out of there, or name the others/,
      ),
    });
    await expect(sourcesNamed(workspace, [join(cycle, "q")], undefined)).rejects.toMatchObject({
      hint: expect.stringMatching(/^Take its entry out of the cycle file/),
    });
  });
});
