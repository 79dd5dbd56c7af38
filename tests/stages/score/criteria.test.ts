import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAiJudge } from "../../../pipelines/judging/openai-judge.js";
import { startStubJudge } from "../../../pipelines/judging/stub-judge.js";
import { runAggregate } from "../../../pipelines/stages/aggregate/aggregate.js";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import { runJudge } from "../../../pipelines/stages/judge/judge.js";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { queryWarehouse } from "../../../pipelines/tools/sql.js";
import { verifyWorkspace } from "../../../pipelines/tools/verify.js";
import { catalogueSchema } from "../../../src/lib/catalogue/schema.js";
import { weightedCriteria } from "../../../src/lib/metrics/index.js";
import { createRandom } from "../../../src/lib/util/random.js";

const example = resolve(import.meta.dirname, "..", "..", "..", "examples", "criteria");
const catalogue = JSON.parse(readFileSync(join(example, "catalogue.json"), "utf8"));

interface Criterion {
  readonly text: string;
  readonly points?: number;
  readonly tags?: readonly string[];
}
interface Verdict {
  readonly item: string;
  readonly criterion: string;
  readonly value: number | null;
  readonly status: string;
  readonly repeat: number;
}

const judgmentsTable = `  judgments:
    from: verdicts
    columns: {system: "'s'", dataset: "'healthbench'", item_id: item, judge: "'j'", rubric_version: "'r/1'", criterion: criterion,
              scale_min: "0", scale_max: "1", value: value, status: status, judge_repeat: repeat}
`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A workspace with items of `healthbench` that a system `s` answered. */
async function workspaceOf(
  items: Readonly<Record<string, readonly (Criterion | string)[] | null>>,
  verdicts: readonly Verdict[],
  { raw = "an answer", clip = "mean" }: { raw?: string; clip?: string } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "criteria-"));
  folders.push(folder);
  const source = join(folder, "source");
  mkdirSync(source);
  const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const ids = Object.keys(items);
  writeFileSync(join(source, "items.jsonl"), lines(ids.map((id) => ({ id, criteria: items[id] }))));
  writeFileSync(
    join(source, "answers.jsonl"),
    lines(ids.map((id) => ({ id, raw: id === "empty" ? "" : raw }))),
  );
  writeFileSync(join(source, "verdicts.jsonl"), lines(verdicts));
  writeFileSync(
    join(source, "catalogue.json"),
    JSON.stringify(catalogue).replaceAll('"clip":"mean"', `"clip":"${clip}"`),
  );
  writeFileSync(
    join(source, "mapping.yaml"),
    `
schema: medbench-mapping/1
benchmark: healthbench
pool: p
board: api
input:
  - {name: items, files: [items.jsonl]}
  - {name: answers, files: [answers.jsonl]}
${verdicts.length === 0 ? "" : "  - {name: verdicts, files: [verdicts.jsonl]}"}
tables:
  items:
    from: items
    columns: {dataset: "'healthbench'", item_id: id, question: "'Q'", key_points: to_json(criteria)}
  responses: {from: answers, columns: {system: "'s'", dataset: "'healthbench'", item_id: id, raw: raw}}
${verdicts.length === 0 ? "" : judgmentsTable}`,
  );
  await runIngest({
    workspace: folder,
    sources: [
      { path: source, mapping: join(source, "mapping.yaml"), catalogue: join(source, "catalogue.json") },
    ],
  });
  const select = async <T>(sql: string): Promise<T[]> =>
    JSON.parse(await queryWarehouse(folder, sql, { format: "json" })) as T[];
  return { workspace: folder, select };
}

const said = (item: string, ...values: readonly (number | "cannot_rate" | "failed")[]): Verdict[] =>
  values.map((value, index) => ({
    item,
    criterion: `criterion/${index + 1}`,
    value: typeof value === "number" ? value : null,
    status: typeof value === "number" ? "ok" : value,
    repeat: 1,
  }));

describe("outcomes of answers judged on criteria with points", () => {
  const two = [
    { text: "good", points: 10 },
    { text: "bad", points: -8 },
  ];
  const items = {
    met: two,
    faulty: two,
    partly: two,
    unasked: two,
    failed: two,
    unrated: two,
    none: two,
    empty: two,
    plain: ["one", "two"],
    faults: [{ text: "bad", points: -5 }],
    unclear: [{ text: "good", points: null as unknown as number }],
    ungolded: null,
  };
  const verdicts = [
    ...said("met", 1, 0),
    ...said("faulty", 0, 1),
    ...said("partly", 1),
    ...said("failed", 1, "failed"),
    ...said("unrated", 1, "cannot_rate"),
    ...said("none", "cannot_rate", "cannot_rate"),
    ...said("plain", 1, 0),
    ...said("faults", 1),
    ...said("unclear", 1),
    ...said("empty", 0, 1),
    { item: "plain", criterion: "criterion/2", value: 1, status: "ok", repeat: 2 },
  ];
  let select: <T>(sql: string) => Promise<T[]>;
  let workspace: string;

  beforeAll(async () => {
    ({ select, workspace } = await workspaceOf(items, verdicts));
    await runScore({ workspace });
    await runAggregate({ workspace });
  });

  it("waits where there is no verdict, and takes neither a failed verdict nor one on some criteria as a grade", async () => {
    const rows = await select<{ item_id: string; outcome: string; detail: string | null }>(
      "SELECT item_id, outcome, detail FROM outcomes ORDER BY item_id",
    );
    expect(
      Object.fromEntries(rows.map(({ item_id, outcome, detail }) => [item_id, [outcome, detail]])),
    ).toEqual({
      empty: ["empty", null],
      failed: ["judge_failed", "1 of 2 criteria not rated"],
      faults: ["excluded", "no criterion with positive points"],
      faulty: ["scored", null],
      met: ["scored", null],
      none: ["judge_failed", "2 of 2 criteria not rated"],
      partly: ["judge_failed", "1 of 2 criteria not rated"],
      plain: ["scored", null],
      unasked: ["awaiting_judgment", null],
      unclear: ["awaiting_gold", null],
      ungolded: ["awaiting_gold", null],
      unrated: ["scored", "1 of 2 criteria not rated"],
    });
  });

  it("gives points met divided by positive points: below 0 if faults outweigh, 0 for an empty answer", async () => {
    const rows = await select<{ item_id: string; value: number }>(
      "SELECT item_id, value FROM scores ORDER BY 1",
    );
    // plain: 1 and the mean of 0 and 1, a point each: (1 + 0.5) / 2.
    expect(Object.fromEntries(rows.map(({ item_id, value }) => [item_id, value]))).toEqual({
      empty: 0,
      faulty: -0.8,
      met: 1,
      plain: 0.75,
      unrated: 1,
    });
  });

  it("satisfies every law between the tables", async () => {
    const { checks } = await verifyWorkspace(workspace);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe("scores on criteria with points", () => {
  const random = createRandom("criteria");
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const items = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [
      `i${n}`,
      Array.from({ length: 1 + Math.floor(random() * 8) }, (_, k) => ({
        text: `criterion ${k}`,
        points: pick([10, 7, 5, 2.5, 1, -3, -8, 0]),
        tags: [pick(["axis:a", "axis:b"]), `theme:${n % 3}`],
      })),
    ]),
  );
  const met = new Map(
    Object.entries(items).map(([id, list]) => [
      id,
      list.map(() => pick([1, 1, 0, 0, "cannot_rate"] as const)),
    ]),
  );
  const verdicts = [...met].flatMap(([id, values]) => said(id, ...values));
  const expected = (id: string, tag?: string) =>
    weightedCriteria(
      (items[id] ?? []).map(({ points, tags }, k) => {
        const value = met.get(id)?.[k];
        return { points, tags, met: typeof value === "number" ? value === 1 : null };
      }),
      tag,
    ).score;

  it.each(["mean", "item"])(
    "are what the library gives, for the answer and for each tag (clip: %s)",
    async (clip) => {
      const { workspace, select } = await workspaceOf(items, verdicts, { clip });
      await runScore({ workspace });
      const rows = await select<{ item_id: string; node: string; value: number }>(
        "SELECT item_id, node, value FROM scores",
      );
      const whole = rows.filter(({ node }) => node === "");
      expect(whole.length).toBeGreaterThanOrEqual(25);
      expect(rows.length).toBeGreaterThan(3 * whole.length);
      expect(whole.some(({ value }) => value < 0)).toBe(clip === "mean");
      for (const { item_id, node, value } of rows) {
        const score = expected(item_id, node === "" ? undefined : node) as number;
        expect(value, `${item_id} ${node}`).toBeCloseTo(clip === "item" ? Math.max(0, score) : score, 12);
      }
      await runAggregate({ workspace });
      const [task] = (await select("SELECT estimate FROM task_scores WHERE metric = 'task'")) as [
        { estimate: number },
      ];
      const mean = whole.reduce((total, { value }) => total + value, 0) / whole.length;
      expect(task.estimate).toBeCloseTo(Math.max(0, mean), 8);
    },
    120_000,
  );

  it("clip a mean below 0 to 0 and keep the spread of the answers", async () => {
    const one = [
      { text: "good", points: 10 },
      { text: "bad", points: -8 },
    ];
    const { workspace, select } = await workspaceOf({ a: one, b: one, c: one }, [
      ...said("a", 0, 1),
      ...said("b", 0, 1),
      ...said("c", 1, 1),
    ]);
    await runScore({ workspace });
    await runAggregate({ workspace });
    const [task] = await select<Record<string, number>>(
      "SELECT estimate, lower, upper, standard_error, worst, board_value FROM task_scores WHERE metric = 'task'",
    );
    // Values -0.8, -0.8 and 0.2: deviations -1/3, -1/3, 2/3; CR1 = sqrt(3/2 (1/9 + 1/9 + 4/9)) / 3 = 1/3.
    expect(task).toMatchObject({ estimate: 0, lower: 0, worst: 0, board_value: 0 });
    expect(task?.["standard_error"]).toBeCloseTo(1 / 3, 9);
    // t(0.975, 2) = 4.3027: the upper end is cut to 1.
    expect(task?.["upper"]).toBe(1);
  });

  it("come from a judge's own verdicts, with one request per answer that shows the criteria but not their points", async () => {
    const two = [
      { text: "Names the drug", points: 97 },
      { text: "Invents a study", points: -83 },
    ];
    const { workspace, select } = await workspaceOf({ a: two, b: two }, [], { raw: "Take aspirin." });
    const server = await startStubJudge({ rules: [{ verdict: 1 }] });
    try {
      const outcome = await runJudge({
        workspace,
        model: "stub",
        source: {
          kind: "online",
          open: async (model) => openAiJudge({ model, baseUrl: server.url, apiKey: "k" }),
        },
      });
      // Equal questions, criteria and answers are one request.
      expect(outcome.work).toMatchObject({ distinct: 1, answered: 1 });
    } finally {
      await server.close();
    }
    await runScore({ workspace });
    expect(
      await select("SELECT criterion, rubric_version, value FROM judgments WHERE item_id = 'a' ORDER BY 1"),
    ).toEqual([
      { criterion: "criterion/1", rubric_version: "item-criteria/1", value: 1 },
      { criterion: "criterion/2", rubric_version: "item-criteria/1", value: 1 },
    ]);
    const scored = await select<{ value: number }>(
      "SELECT value FROM scores WHERE node = '' ORDER BY item_id",
    );
    for (const { value } of scored) expect(value).toBeCloseTo((97 - 83) / 97, 12);
    expect(scored).toHaveLength(2);
  });
});

describe("the example in examples/criteria", () => {
  it("gives the worked example of HealthBench's rule: 0.48, -0.8 and 1 make 0.2267", async () => {
    const workspace = mkdtempSync(join(tmpdir(), "criteria-"));
    folders.push(workspace);
    const [mapping, file] = [join(example, "mapping.yaml"), join(example, "catalogue.json")];
    await runIngest({ workspace, sources: [{ path: example, mapping, catalogue: file }] });
    await runScore({ workspace });
    await runAggregate({ workspace });
    const select = async (sql: string) =>
      JSON.parse(await queryWarehouse(workspace, sql, { format: "json" }));
    const scores = await select("SELECT value FROM scores WHERE node = '' ORDER BY item_id");
    expect(scores).toEqual([{ value: 0.48 }, { value: -0.8 }, { value: 1 }]);
    const [task] = await select("SELECT estimate FROM task_scores WHERE metric = 'task'");
    expect(task.estimate).toBeCloseTo(0.2267, 4);
  });
});

describe("the catalogue", () => {
  it("refuses a rubric whose verdicts the scorer cannot count, before anything is asked", async () => {
    const { workspace } = await workspaceOf({ a: ["one"] }, [], { clip: 'mean","rubric":"clinical-5' });
    await expect(runJudge({ workspace, model: "m", source: { kind: "dry_run" } })).rejects.toThrow(
      /dataset healthbench: rubric clinical-5 is of kind scale, expected points/,
    );
  });

  it("refuses unclipped scores, which the tables cannot represent", () => {
    const uncut = JSON.parse(JSON.stringify(catalogue).replaceAll('"clip":"mean"', '"clip":"none"'));
    expect(catalogueSchema.safeParse(catalogue).success).toBe(true);
    expect(catalogueSchema.safeParse(uncut).error?.issues[0]?.message).toContain('expected "mean" or "item"');
  });
});
