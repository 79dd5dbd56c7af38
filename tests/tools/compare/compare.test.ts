import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runAggregate } from "../../../pipelines/stages/aggregate/aggregate.js";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { type Comparison, compareRuns } from "../../../pipelines/tools/compare/compare.js";
import { smallCatalogue } from "../../small-catalogue.js";
import { ingest, query, temporaryFolder, writeFiles } from "../../stages/ingest/workspace.js";

const catalogue = smallCatalogue("pooled", {
  labels: { dimension: "labels", components: [{ metric: "m", scorer: "label_set", weight: 1 }] },
  form: { dimension: "form", components: [{ metric: "m", scorer: "fields", weight: 1 }] },
  parts: {
    dimension: "parts",
    components: [
      { metric: "one", scorer: "set", weight: 3, part: "one", options: { kind: "names" } },
      { metric: "two", scorer: "set", weight: 1, part: "two", options: { kind: "names" } },
    ],
    more: {
      files: ["one", "two"].map((part) => ({ file: `parts_${part}.jsonl`, part, sourceTags: [part] })),
    },
  },
});

const many = Array.from({ length: 6 }, (_, at) => `k${at}`);
const form = (right: readonly string[]) =>
  JSON.stringify(Object.fromEntries(many.map((key) => [key, right.includes(key) ? "1" : "0"])));
const gold = { x: ["x"], many, form: Object.fromEntries(many.map((key) => [key, "1"])), one: { k0: "1" } };
/** Dataset, item, part, gold, and the answers of both systems. */
const rows = [
  // The first system has the small sets right, the second the large one: item by item the first is ahead, pooled the second.
  ...[1, 2, 3].map((n) => ["labels", `s${n}`, "", gold.x, "x", n === 3 ? "x" : "y"] as const),
  ["labels", "big", "", gold.many, "k0", many.join("|")] as const,
  ...[1, 2, 3].map(
    (n) => ["form", `s${n}`, "", gold.one, '{"k0": "1"}', n === 3 ? '{"k0": "1"}' : "{}"] as const,
  ),
  ["form", "big", "", gold.form, form(["k0"]), form(many)] as const,
  // Part one has weight 3 of 4, although it has the fewer items.
  ...[1, 2].map((n) => ["parts", `one/${n}`, "one", gold.x, n === 1 ? "x" : "y", "y"] as const),
  ...[1, 2, 3, 4].map((n) => ["parts", `two/${n}`, "two", gold.x, n === 1 ? "x" : "y", "x"] as const),
];

const mapping = `
schema: medbench-mapping/1
benchmark: pooled
pool: p
board: api
input: {files: [rows.jsonl]}
tables:
  items:
    columns: {item_id: i, dataset: d, part: part, gold: gold}
  responses:
    from: SELECT d, i, 'first' AS s, a AS raw FROM raw UNION ALL SELECT d, i, 'second', b FROM raw
    columns: {system: s, dataset: d, item_id: i, raw: raw}
`;

describe("comparing two systems on tasks that pool counts or combine parts", () => {
  let found: Comparison;
  let workspace: string;

  beforeAll(async () => {
    workspace = temporaryFolder();
    const lines = rows.map(([d, i, part, key, a, b]) =>
      JSON.stringify({ d, i, part, gold: JSON.stringify(key), a, b }),
    );
    const folder = writeFiles(temporaryFolder(), {
      "rows.jsonl": `${lines.join("\n")}\n`,
      "mapping.yaml": mapping,
      "catalogue.json": JSON.stringify(catalogue),
    });
    const [file, list] = [join(folder, "mapping.yaml"), join(folder, "catalogue.json")];
    await ingest(workspace, [{ path: folder, mapping: file, catalogue: list }]);
    await runScore({ workspace });
    await runAggregate({ workspace });
    found = await compareRuns({ workspace, first: "first", second: "second" });
  });

  it("gives the differences of the task scores", async () => {
    const tasks = await query<{ dataset: string; difference: number }>(
      workspace,
      `SELECT dataset, a.estimate - b.estimate AS difference
       FROM (FROM task_scores WHERE metric = 'task' AND system = 'first') AS a
       JOIN (FROM task_scores WHERE metric = 'task' AND system = 'second') AS b USING (dataset)`,
    );
    const differences = Object.fromEntries(
      found.datasets.map(({ dataset: id, difference }) => [id, difference]),
    );
    for (const { dataset: id, difference } of tasks) expect(differences[id]).toBeCloseTo(difference, 9);
    // labels: 2 x 4 / (2 x 4 + 5) against 2 x 7 / (2 x 7 + 4); the false and the missed label of two items each.
    expect(differences["labels"]).toBeCloseTo(8 / 13 - 14 / 18, 9);
    // form: 4 of 9 fields against 7 of 9.
    expect(differences["form"]).toBeCloseTo(4 / 9 - 7 / 9, 9);
    // parts: 3/4 (1/2 - 0) + 1/4 (1/4 - 1).
    expect(differences["parts"]).toBeCloseTo(3 / 8 - 3 / 16, 9);
  });

  it("gives the overall difference and interval of the table of comparisons", async () => {
    const [pair] = await query<{ difference: number; lower: number; upper: number; p: number }>(
      workspace,
      "SELECT difference, lower, upper, p FROM comparisons WHERE scope = 'overall' AND basis = 'as_scored'",
    );
    // The table names the better system first: the second one.
    expect(found.overall?.difference).toBeCloseTo(-(pair?.difference ?? Number.NaN), 9);
    expect(found.overall?.lower).toBeCloseTo(-(pair?.upper ?? Number.NaN), 9);
    expect(found.overall?.upper).toBeCloseTo(-(pair?.lower ?? Number.NaN), 9);
    expect(found.overall?.p).toBeCloseTo(pair?.p ?? Number.NaN, 9);
  });

  it("counts groups that only one system has right where each is right or wrong, over all parts", () => {
    const byId = new Map(found.datasets.map((one) => [one.dataset, one]));
    expect(byId.get("parts")).toMatchObject({ n_groups: 6, only_first: 1, only_second: 3 });
    expect(byId.get("labels")).toMatchObject({ n_groups: 4, only_first: null, only_second: null });
  });
});
