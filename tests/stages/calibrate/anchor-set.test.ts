import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAnchors } from "../../../pipelines/stages/calibrate/anchor-set.js";
import { type Engine, openEngine } from "../../../pipelines/warehouse/engine.js";

let engine: Engine;
let folder: string;

beforeAll(async () => {
  engine = await openEngine({ threads: 1 });
  folder = mkdtempSync(join(tmpdir(), "medbench-anchors-[1]-"));
  // Ids that a reader which guesses types would take for a date, a number and a time.
  await engine.run(`CREATE TEMP VIEW judgments AS
    SELECT 'r' AS run_id, 'b' AS benchmark, 'd' AS dataset, 'p' AS pool, item_id, 1 AS variant, 'base' AS condition, 1 AS repeat
    FROM (VALUES ('03/04/2024'), ('007'), ('1:2')) AS t (item_id)`);
});

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function list(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const key = { run_id: "r", benchmark: "b", dataset: "d", pool: "p" };
const ids = () => engine.rows("SELECT item_id, variant, condition FROM anchor ORDER BY item_id");

describe("a list of anchors", () => {
  it.each([
    ["a.csv", `run_id,benchmark,dataset,pool,item_id\nr,b,d,p,03/04/2024\nr,b,d,p,"007"\nr,b,d,p,007\n`],
    ["a.jsonl", ["03/04/2024", "007"].map((id) => JSON.stringify({ ...key, item_id: id })).join("\n")],
  ])("keeps ids as the text that they are: %s", async (name, text) => {
    expect(await readAnchors(engine, list(name, text))).toBe(2);
    expect(await ids()).toEqual([
      { item_id: "007", variant: 1, condition: "base" },
      { item_id: "03/04/2024", variant: 1, condition: "base" },
    ]);
  });

  it.each([
    ["a column is missing", "b.csv", "run_id,benchmark,dataset,item_id\nr,b,d,007\n", "pool"],
    ["a value is missing", "c.csv", "run_id,benchmark,dataset,pool,item_id\nr,b,d,p,\n", "item_id"],
    ["a key is missing", "d.jsonl", `${JSON.stringify(key)}\n`, "item_id"],
    ["a record is too short", "e.csv", "run_id,benchmark,dataset,pool,item_id\nr,b\n", "line 2"],
    ["it has no rows", "f.csv", "run_id,benchmark,dataset,pool,item_id\n", "no rows"],
    ["it is not JSON", "g.jsonl", "run_id\n", "neither CSV"],
    ["no answer on it was judged", "h.jsonl", JSON.stringify({ ...key, item_id: "8" }), "was judged"],
  ])("is refused with its path where %s", async (_, name, text, says) => {
    const run = readAnchors(engine, list(name, text));
    await expect(run).rejects.toMatchObject({ name: "InputError" });
    await expect(run).rejects.toThrow(says);
    await expect(run).rejects.toThrow(name);
  });
});
