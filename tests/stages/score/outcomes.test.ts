import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runAggregate } from "../../../pipelines/stages/aggregate/aggregate.js";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { verifyWorkspace } from "../../../pipelines/tools/verify.js";
import { usualPolicy } from "../../outcome-policy.js";
import { smallCatalogue } from "../../small-catalogue.js";

/**
 * A benchmark small enough to work out by hand: `pairs` (choices in two option orders), `bill` (JSON fields), `faults`
 * (label sets) and `advice` (key points and a judge), answered by one run that does everything that can go wrong.
 */
const policy = { ...usualPolicy, errored: "left out" };
const component = (metric: string, scorer: string) => ({ metric, scorer, weight: 1 });
const catalogue = smallCatalogue(
  "by-hand",
  {
    pairs: { components: [component("group_accuracy", "choice")] },
    bill: { components: [component("field_accuracy", "fields")] },
    faults: { components: [component("micro_f1", "label_set")] },
    advice: { components: [component("key_point_recall", "key_points"), component("judge", "judge")] },
  },
  { policy },
);

const options = { A: "salt", B: "sugar", C: "flour" };
const items = [
  ...["g1", "g2", "g3", "g4"].flatMap((id) => [
    { dataset: "pairs", id, variant: 1, gold: "A", options },
    { dataset: "pairs", id, variant: 2, gold: "B", options },
  ]),
  { dataset: "bill", id: "b1", variant: 1, gold: { total: 100, own: 20 } },
  { dataset: "bill", id: "b2", variant: 1, gold: { total: 50, own: 5, paid: 45 } },
  { dataset: "faults", id: "f1", variant: 1, gold: ["a", "b"] },
  { dataset: "faults", id: "f2", variant: 1, gold: [] },
  { dataset: "faults", id: "f3", variant: 1, gold: ["c"] },
  { dataset: "advice", id: "k1", variant: 1, key_points: ["p", "q", "r", "s"] },
  { dataset: "advice", id: "k2", variant: 1, key_points: ["p", "q"] },
];
const answers = [
  { dataset: "pairs", id: "g1", variant: 1, raw: "<A>" },
  { dataset: "pairs", id: "g1", variant: 2, raw: "The answer is B." },
  { dataset: "pairs", id: "g2", variant: 1, raw: "A" },
  { dataset: "pairs", id: "g2", variant: 2, raw: "C" },
  { dataset: "pairs", id: "g3", variant: 1, raw: "I'm sorry, but I can't help with that request." },
  { dataset: "pairs", id: "g3", variant: 2, raw: "" },
  { dataset: "pairs", id: "g4", variant: 1, raw: "Hmm, let me think about it for a while" },
  { dataset: "bill", id: "b1", variant: 1, raw: '```json\n{"total": "100元", "own": 30}\n```' },
  { dataset: "bill", id: "b2", variant: 1, raw: "no idea" },
  { dataset: "faults", id: "f1", variant: 1, raw: "a" },
  { dataset: "faults", id: "f2", variant: 1, raw: "d" },
  { dataset: "faults", id: "f3", variant: 1, raw: "c|e" },
  { dataset: "advice", id: "k1", variant: 1, raw: "a long answer" },
  { dataset: "advice", id: "k2", variant: 1, raw: "a short answer" },
];
const verdict = (id: string, criterion: string, value: number | null, highest: number, repeat = 1) => ({
  repeat,
  id,
  criterion,
  value,
  highest,
});
const judgments = [
  ...[1, 1, 1, 0].map((matched, index) => verdict("k1", `key_point/${index + 1}`, matched, 1)),
  ...[1, 0].map((matched, index) => verdict("k2", `key_point/${index + 1}`, matched, 1)),
  // Asked again, the judge says 3 instead of 5: the criterion counts once, as 4.
  verdict("k1", "correctness", 5, 5),
  verdict("k1", "correctness", 3, 5, 2),
  verdict("k1", "key_point/1", 1, 1, 2),
  verdict("k2", "correctness", 3, 5),
];
const mapping = `
schema: medbench-mapping/1
benchmark: by-hand
pool: p
board: upload
input:
  - {name: items, files: [items.jsonl], format: jsonl}
  - {name: answers, files: [answers.jsonl], format: jsonl}
  - {name: verdicts, files: [judgments.jsonl], format: jsonl}
tables:
  items:
    from: items
    columns: {dataset: dataset, item_id: id, variant: variant, gold: gold, options: options, key_points: key_points, specialty_primary: "'03'"}
  runs: {from: SELECT 1 AS one, columns: {run_id: "'r'", system: "'s'", track: "'llm'"}}
  responses: {from: answers, columns: {run_id: "'r'", dataset: dataset, item_id: id, variant: variant, raw: raw}}
  judgments:
    from: verdicts
    columns: {run_id: "'r'", dataset: "'advice'", item_id: id, judge: "'j'", rubric_version: "'1'", criterion: criterion, judge_repeat: repeat, scale_min: "CASE WHEN highest = 1 THEN 0 ELSE 1 END", scale_max: highest, value: value, status: "'ok'"}
`;

const folder = mkdtempSync(join(tmpdir(), "medbench-outcomes-"));
const workspace = join(folder, "workspace");
const source = join(folder, "source");
const select = async <T>(sql: string): Promise<T[]> =>
  JSON.parse(await queryWarehouse(workspace, sql, { format: "json" })) as T[];

beforeAll(async () => {
  mkdirSync(source, { recursive: true });
  const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const packed = items.map((item) => ({
    ...item,
    gold: "gold" in item ? JSON.stringify(item.gold) : null,
    options: "options" in item ? JSON.stringify(item.options) : null,
    key_points: "key_points" in item ? JSON.stringify(item.key_points) : null,
  }));
  writeFileSync(join(source, "items.jsonl"), lines(packed));
  writeFileSync(join(source, "answers.jsonl"), lines(answers));
  writeFileSync(join(source, "judgments.jsonl"), lines(judgments));
  writeFileSync(join(folder, "mapping.yaml"), mapping);
  writeFileSync(join(folder, "catalogue.json"), JSON.stringify(catalogue));
  await runIngest({
    workspace,
    sources: [
      { path: source, mapping: join(folder, "mapping.yaml"), catalogue: join(folder, "catalogue.json") },
    ],
  });
  await runScore({ workspace });
  await runAggregate({ workspace });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a run with every kind of failure", () => {
  it("ends each expected response in exactly one outcome", async () => {
    const rows = await select<{ key: string; outcome: string }>(
      "SELECT item_id || '/' || variant AS key, outcome FROM outcomes ORDER BY key",
    );
    expect(Object.fromEntries(rows.map(({ key, outcome }) => [key, outcome]))).toEqual({
      "g1/1": "scored",
      "g1/2": "scored",
      "g2/1": "scored",
      "g2/2": "scored",
      "g3/1": "refused",
      "g3/2": "empty",
      "g4/1": "unparsed",
      "g4/2": "missing",
      "b1/1": "scored",
      "b2/1": "unparsed",
      "f1/1": "scored",
      "f2/1": "scored",
      "f3/1": "scored",
      "k1/1": "scored",
      "k2/1": "scored",
    });
  });

  it.each([
    // One group of four has both orders right; refused, empty, unparsed and missing count as wrong.
    ["pairs", "task", 1 / 4],
    // Rows right: g1 both, g2 one, of eight.
    ["pairs", "row_accuracy", 3 / 8],
    // b1: total right, own wrong; b2 unreadable: all three of its fields are owed. 1 of 5.
    ["bill", "task", 1 / 5],
    // TP a, c; FP d, e; FN b: 2 * 2 / (2 * 2 + 2 + 1).
    ["faults", "task", 4 / 7],
    // Recalls 3/4 and 1/2, judge 4/5 and 3/5: mean of 0.625 and 0.7.
    ["advice", "key_point_recall", 0.625],
    ["advice", "judge", 0.7],
    ["advice", "task", 0.6625],
  ])("gives %s %s = %d", async (id, metric, expected) => {
    const [row] = await select<{ estimate: number }>(
      `SELECT estimate FROM task_scores WHERE dataset = '${id}' AND metric = '${metric}'`,
    );
    expect(row?.estimate).toBeCloseTo(expected, 9);
  });

  it("rolls up to the mean of the tasks, both unrounded and with the board's rounding of tasks", async () => {
    const [row] = await select<{ estimate: number; board_value: number }>("SELECT * FROM overall_scores");
    expect(row?.estimate).toBeCloseTo((1 / 4 + 1 / 5 + 4 / 7 + 0.6625) / 4, 9);
    // 25.0, 20.0, 57.1, 66.3 (66.25 half up): 168.4 / 4 = 42.1
    expect(row?.board_value).toBe(42.1);
  });

  it("says how far the unscored responses could move the score", async () => {
    const [row] = await select<{ worst: number; best: number; n_scored: number; n_expected: number }>(
      "SELECT * FROM task_scores WHERE dataset = 'pairs' AND metric = 'task'",
    );
    // At best g3 and g4 are right as wholes: 3 of 4 groups.
    expect(row).toMatchObject({ worst: 0.25, best: 0.75, n_scored: 4, n_expected: 8 });
  });

  it("counts items of a specialty once each, whatever their number of variants", async () => {
    const [row] = await select<{ n_items: number; n_groups: number; estimate: number; thin: boolean }>(
      "SELECT * FROM specialty_scores WHERE specialty = '03'",
    );
    // pairs 1 of 4; bill 1/2 and 0; faults 2/3, 0 and 2/3; advice (3/4 + 4/5)/2 and (1/2 + 3/5)/2.
    const sum = 1 + 1 / 2 + 2 / 3 + 2 / 3 + (0.75 + 0.8) / 2 + (0.5 + 0.6) / 2;
    expect(row).toMatchObject({ n_items: 11, n_groups: 11, thin: true });
    expect(row?.estimate).toBeCloseTo(sum / 11, 8);
  });

  it("passes every law of medbench verify", async () => {
    const { checks } = await verifyWorkspace(workspace);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.length).toBeGreaterThan(15);
  });
});
