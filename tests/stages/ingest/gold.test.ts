import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { verifyWorkspace } from "../../../pipelines/tools/verify.js";
import { smallCatalogue } from "../../small-catalogue.js";
import { writeTinyWarehouse } from "../../tiny-warehouse.js";
import { ingest, line, quarantine, query, temporaryFolder, writeFiles } from "./workspace.js";

const options = { A: "tea", B: "rest", C: "ice", D: "salt" };
const exam = { source: "MedExam_V4" };
const several = { source: "MedRxCheck_V4_MSQ" };

interface Scored {
  readonly item_id: string;
  readonly variant: number;
  readonly gold: string | null;
  readonly outcome: string;
  readonly value: number | null;
}

/** Ingests and scores a cycle with a question pack, a gold pack and the answers of one system. */
async function cycle(files: Readonly<Record<string, string>>) {
  const workspace = temporaryFolder();
  const folder = writeFiles(temporaryFolder(), files);
  const roles = { questions: "questions", gold: "gold", system: "answers" } as const;
  await ingest(
    workspace,
    Object.entries(roles)
      .filter(([name]) => Object.keys(files).some((file) => file.startsWith(`${name}/`)))
      .map(([name, role]) => ({ path: join(folder, name), role, pool: "p" })),
  );
  return { workspace, ...(await scoresOf(workspace)) };
}

async function scoresOf(workspace: string) {
  await runScore({ workspace });
  const rows = await query<Scored & Record<string, string | number | null>>(
    workspace,
    `SELECT o.item_id, o.variant, p.gold, o.outcome, s.value
     FROM outcomes AS o JOIN items_private AS p USING (dataset, item_id, variant)
     LEFT JOIN scores AS s USING (dataset, item_id, variant) ORDER BY ALL`,
  );
  return {
    rows,
    quarantined: (await quarantine(workspace)).map(({ file, line: at, reason, detail }) => ({
      file,
      at,
      reason,
      detail,
    })),
    files: await query<{ file: string; rows_in: number; rows_out: number; rows_quarantined: number }>(
      workspace,
      "SELECT file, rows_in, rows_out, rows_quarantined FROM source_files WHERE rows_quarantined > 0",
    ),
  };
}

/** The checks of `medbench verify` that fail. */
async function brokenChecks(workspace: string): Promise<string[]> {
  const { checks } = await verifyWorkspace(workspace);
  return checks.filter(({ ok }) => !ok).map(({ check, detail }) => `${check}: ${detail}`);
}

describe("gold of a gold pack", () => {
  it("is stored as letters where it can mean nothing else; otherwise its line is refused and its item waits", async () => {
    const { workspace, rows, quarantined, files } = await cycle({
      "questions/MedExam.jsonl": [1, 2, 3, 4].map((id) => line(id, "", exam)).join(""),
      "questions/MedRxCheck_MSQ.jsonl": [5, 6].map((id) => line(id, "", several)).join(""),
      "gold/MedExam.jsonl":
        line(1, "", { ...exam, gold: "(B)", options }) +
        line(2, "", { ...exam, gold: 1, options }) +
        line(3, "", { ...exam, gold: "F", options }) +
        line(4, "", { ...exam, gold: "Ｂ" }),
      "gold/MedRxCheck_MSQ.jsonl":
        line(5, "", { ...several, gold: "AC", options }) + line(6, "", { ...several, gold: "A和E", options }),
      "system/MedExam.jsonl": [1, 2, 3, 4].map((id) => line(id, "B", exam)).join(""),
      "system/MedRxCheck_MSQ.jsonl": [5, 6].map((id) => line(id, "A、C", several)).join(""),
    });
    expect(rows.map(({ item_id, gold, outcome, value }) => [item_id, gold, outcome, value])).toEqual([
      ["1", '"B"', "scored", 1],
      ["2", null, "awaiting_gold", null],
      ["3", null, "awaiting_gold", null],
      ["4", '"B"', "scored", 1],
      ["MSQ/5", '["A","C"]', "scored", 1],
      ["MSQ/6", null, "awaiting_gold", null],
    ]);
    expect(quarantined).toEqual([
      {
        file: "MedExam.jsonl",
        at: 2,
        reason: "wrong_value",
        detail: expect.stringMatching(/^MedExam 2: choice: gold is 1, expected an option letter; .*chr\(65/),
      },
      {
        file: "MedExam.jsonl",
        at: 3,
        reason: "wrong_value",
        detail: 'MedExam 3: choice: gold is "F", which is no option of the item (A, B, C, D)',
      },
      {
        file: "MedRxCheck_MSQ.jsonl",
        at: 2,
        reason: "wrong_value",
        detail: expect.stringContaining("has E, which is no option of the item (A, B, C, D)"),
      },
    ]);
    expect(files).toEqual([
      { file: "MedExam.jsonl", rows_in: 4, rows_out: 2, rows_quarantined: 2 },
      { file: "MedRxCheck_MSQ.jsonl", rows_in: 2, rows_out: 1, rows_quarantined: 1 },
    ]);
    expect(await brokenChecks(workspace)).toEqual([]);
  });

  it("is checked for each of five shuffled variants against the options of that variant", async () => {
    const question = (at: number) => ({ ...exam, question: `variant ${at}` });
    const variants = [1, 2, 3, 4, 5];
    const { rows, quarantined } = await cycle({
      "questions/MedExam.jsonl": variants.map((at) => line(9, "", question(at))).join(""),
      // In another order than the questions; variant 4 has a letter that only the others have.
      "gold/MedExam.jsonl": [...variants]
        .reverse()
        .map((at) => {
          const { D, ...three } = options;
          return line(9, "", {
            ...question(at),
            gold: at === 4 ? "D" : "ABCD.D"[at - 1],
            options: at === 4 ? three : { ...three, D },
          });
        })
        .join(""),
      "system/MedExam.jsonl": variants.map((at) => line(9, "C", question(at))).join(""),
    });
    expect(rows.map(({ variant, gold, outcome, value }) => [variant, gold, outcome, value])).toEqual([
      [1, '"A"', "scored", 0],
      [2, '"B"', "scored", 0],
      [3, '"C"', "scored", 1],
      [4, null, "awaiting_gold", null],
      [5, null, "awaiting_gold", null],
    ]);
    expect(quarantined.map(({ at, detail }) => [at, detail])).toEqual([
      [1, expect.stringContaining('gold is "."')],
      [2, expect.stringContaining('gold is "D", which is no option of the item (A, B, C)')],
    ]);
  });

  it("is refused where its options are others than those of the question, because its letters may mean other texts", async () => {
    const { rows, quarantined } = await cycle({
      "questions/MedExam.jsonl": line(1, "", { ...exam, options }) + line(2, "", { ...exam, options }),
      "gold/MedExam.jsonl":
        line(1, "", { ...exam, gold: "B", options: { ...options, B: " rest." } }) +
        line(2, "", { ...exam, gold: "B", options: { ...options, B: "tea", A: "rest" } }),
      "system/MedExam.jsonl": line(1, "B", exam) + line(2, "B", exam),
    });
    expect(rows.map(({ outcome }) => outcome)).toEqual(["scored", "awaiting_gold"]);
    expect(quarantined.map(({ detail }) => detail)).toEqual([
      expect.stringContaining("not those of the question"),
    ]);
  });

  it("is refused with its own lines where forms, boxes and labels are not of their form", async () => {
    const of = (source: string, gold: unknown) => line(1, "", { source, gold });
    const sources = {
      MedInsureCalc: "1",
      MedDetect: [[1, 2, 3, 4]],
      MedClass: ["a", "b"],
      MedHG: [1],
      MedOCR: "text",
    };
    const { rows, quarantined } = await cycle({
      ...Object.fromEntries(
        Object.entries(sources).flatMap(([name, gold]) => [
          [`questions/${name}.jsonl`, line(1, "", { source: name })],
          [`gold/${name}.jsonl`, of(name, gold)],
          [`system/${name}.jsonl`, line(1, "anything", { source: name })],
        ]),
      ),
    });
    expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(["awaiting_gold"]));
    expect(quarantined.map(({ file, at, reason }) => [file, at, reason])).toEqual(
      Object.keys(sources)
        .sort()
        .map((name) => [`${name}.jsonl`, 1, "wrong_value"]),
    );
  });
});

describe("gold of a question pack", () => {
  it("is checked as that of a gold pack, which wins over it even where it is wrong", async () => {
    const { rows, quarantined } = await cycle({
      "questions/MedExam.jsonl": ["B.", "rest", "A", "A"]
        .map((gold, at) => line(at + 1, "", { ...exam, gold, options }))
        .join(""),
      "gold/MedExam.jsonl": line(3, "", { ...exam, gold: "C" }) + line(4, "", { ...exam, gold: "E" }),
      "system/MedExam.jsonl": [1, 2, 3, 4].map((id) => line(id, "B", exam)).join(""),
    });
    expect(rows.map(({ gold, outcome }) => [gold, outcome])).toEqual([
      ['"B"', "scored"],
      [null, "awaiting_gold"],
      ['"C"', "scored"],
      [null, "awaiting_gold"],
    ]);
    // First those of the gold pack.
    expect(quarantined.map(({ at, detail }) => [at, detail])).toEqual([
      [2, expect.stringContaining('gold is "E"')],
      [2, expect.stringContaining('gold is "rest", which is the text of option B; map the letter')],
    ]);
  });

  it("keeps key points that are a list of texts, and refuses others", async () => {
    const talk = { source: "MedHC_V4" };
    const { workspace, quarantined } = await cycle({
      "questions/MedHC.jsonl":
        line(1, "", { ...talk, key_points: ["one"] }) +
        line(2, "", { ...talk, key_points: ["one", ""], gold: "kept" }),
      "system/MedHC.jsonl": line(1, "x", talk) + line(2, "x", talk),
    });
    expect(await query(workspace, "SELECT item_id, gold, key_points FROM items_private ORDER BY 1")).toEqual([
      { item_id: "1", gold: null, key_points: '["one"]' },
      { item_id: "2", gold: '"kept"', key_points: null },
    ]);
    expect(quarantined).toMatchObject([{ at: 2, reason: "wrong_value" }]);
  });
});

describe("gold in a file of answers", () => {
  it("is not taken: a system does not bring the key to its own answers", async () => {
    const more = { ...exam, options, gold: "D" };
    const { workspace, rows } = await cycle({
      "system/MedExam.jsonl": line(1, "D", more) + line(2, "D", { ...more, excluded: "annulled" }),
    });
    expect(rows.map(({ item_id, gold, outcome }) => [item_id, gold, outcome])).toEqual([
      ["1", null, "awaiting_gold"],
      ["2", null, "awaiting_gold"],
    ]);
    expect(
      await query(
        workspace,
        "SELECT DISTINCT options, n_options FROM items_private JOIN items USING (item_id)",
      ),
    ).toEqual([{ options: JSON.stringify(options), n_options: 4 }]);
  });
});

describe("gold of a mapping", () => {
  const catalogue = smallCatalogue(
    "mini",
    Object.fromEntries(
      (["choice", "set", "fields"] as const).map((scorer) => [
        scorer,
        { components: [{ metric: "m", scorer, weight: 1 }] },
      ]),
    ),
  );
  const mapping = `
schema: medbench-mapping/1
benchmark: mini
pool: p
input: {files: [rows.jsonl]}
tables:
  items:
    columns: {item_id: id, dataset: d, gold: gold, options: options}
  responses:
    columns: {system: "'s'", dataset: d, item_id: id, raw: raw}
`;

  async function mapped(rows: readonly { d: string; gold: unknown; raw: string; options?: unknown }[]) {
    const workspace = temporaryFolder();
    const lines = rows.map(({ d, gold, raw, options: own }, at) =>
      JSON.stringify({
        ...{ id: `q${at + 1}`, d, raw, gold: JSON.stringify(gold) },
        options: own === undefined ? null : JSON.stringify(own),
      }),
    );
    const folder = writeFiles(temporaryFolder(), {
      "rows.jsonl": `${lines.join("\n")}\n`,
      "mapping.yaml": mapping,
      "catalogue.json": JSON.stringify(catalogue),
    });
    const [file, list] = [join(folder, "mapping.yaml"), join(folder, "catalogue.json")];
    await ingest(workspace, [{ path: folder, mapping: file, catalogue: list }]);
    return { workspace, ...(await scoresOf(workspace)) };
  }

  it("is checked like that of packs; its row counts as refused, and its item stays", async () => {
    const { workspace, rows, quarantined, files } = await mapped([
      { d: "choice", gold: "B. rest", raw: "B", options },
      { d: "choice", gold: -1, raw: "B", options },
      { d: "choice", gold: "b", raw: "B" },
      { d: "choice", gold: "2", raw: "2", options: { "1": "tea", "2": "rest" } },
      { d: "choice", gold: "A", raw: "A", options: ["tea", "rest"] },
      { d: "choice", gold: "B", raw: "答案：B", options: { a: "tea", b: "rest" } },
      { d: "set", gold: "A、C", raw: "AC", options },
      { d: "set", gold: [0, 2], raw: "AC", options },
      { d: "fields", gold: '{"age": "3"}', raw: '{"age": 3}' },
      { d: "fields", gold: "3", raw: '{"age": 3}' },
    ]);
    expect(rows.map(({ item_id, gold, outcome, value }) => [item_id, gold, outcome, value])).toEqual([
      ["q1", '"B"', "scored", 1],
      ["q10", null, "awaiting_gold", null],
      ["q2", null, "awaiting_gold", null],
      ["q3", '"B"', "scored", 1],
      ["q4", null, "awaiting_gold", null],
      ["q5", null, "awaiting_gold", null],
      ["q6", '"B"', "scored", 1],
      ["q7", '["A","C"]', "scored", 1],
      ["q8", null, "awaiting_gold", null],
      ["q9", '{"age":"3"}', "scored", 1],
    ]);
    expect(quarantined.map(({ file, at, detail }) => [file, at, detail])).toEqual([
      ["mapping.yaml: items", 2, expect.stringContaining("CASE WHEN answer >= 0")],
      ["mapping.yaml: items", 4, expect.stringContaining("the options of the item are named 1, 2")],
      ["mapping.yaml: items", 5, expect.stringContaining('the options of the item are ["tea","rest"]')],
      ["mapping.yaml: items", 8, expect.stringContaining("list_transform(answers, lambda n: chr(65 + n))")],
      ["mapping.yaml: items", 10, expect.stringContaining("json_object(")],
    ]);
    expect(files).toEqual([{ file: "mapping.yaml: items", rows_in: 10, rows_out: 5, rows_quarantined: 5 }]);
    expect(await brokenChecks(workspace)).toEqual([]);
  });

  it("is mapped from positions and texts by the expressions that the refusals name", async () => {
    const workspace = temporaryFolder();
    const row = { id: "q1", d: "choice", opa: "tea", opb: "rest", opc: "ice", opd: "salt", raw: "B" };
    const rows = [
      { ...row, from_zero: 1, from_one: 2, text: "rest" },
      { ...row, id: "q2", from_zero: -1, from_one: 0, text: null },
    ];
    const golds = {
      zero: "CASE WHEN from_zero >= 0 THEN chr(65 + CAST(from_zero AS INTEGER)) END",
      one: "CASE WHEN from_one > 0 THEN chr(64 + CAST(from_one AS INTEGER)) END",
      text: "chr(64 + list_position([opa, opb, opc, opd], text))",
    };
    const folder = writeFiles(temporaryFolder(), {
      "rows.jsonl": `${rows.map((one) => JSON.stringify(one)).join("\n")}\n`,
      "catalogue.json": JSON.stringify(catalogue),
      ...Object.fromEntries(
        Object.entries(golds).map(([pool, gold]) => [
          `${pool}.yaml`,
          `
schema: medbench-mapping/1
benchmark: mini
pool: ${pool}
input: {files: [rows.jsonl]}
tables:
  items:
    columns:
      item_id: id
      dataset: d
      gold: to_json(${gold})
      options: json_object('A', opa, 'B', opb, 'C', opc, 'D', opd)
`,
        ]),
      ),
    });
    await ingest(
      workspace,
      Object.keys(golds).map((pool) => ({
        path: folder,
        mapping: join(folder, `${pool}.yaml`),
        catalogue: join(folder, "catalogue.json"),
      })),
    );
    expect(await query(workspace, "SELECT DISTINCT item_id, gold FROM items_private ORDER BY 1")).toEqual([
      { item_id: "q1", gold: '"B"' },
      { item_id: "q2", gold: null },
    ]);
    expect(await quarantine(workspace)).toEqual([]);
  });
});

describe("a warehouse with gold that was never checked", () => {
  it("is scored without the items whose gold cannot be used, and verify reports them", async () => {
    const workspace = temporaryFolder();
    const place = { benchmark: "medbench-v4", pool: "p" };
    const run = { run_id: "r", ...place, system: "s", board: "upload", track: "llm" };
    const items = (["B", "F", "B."] as const).map((gold, at) => ({
      ...{
        ...place,
        dataset: "MedExam",
        item_id: `${at}`,
        variant: 1,
        group_id: `${at}`,
        track: "llm",
        part: "",
      },
      gold: JSON.stringify(gold),
    }));
    await writeTinyWarehouse(workspace, {
      items: items.map(({ gold: _, ...item }) => item),
      items_private: items.map(({ benchmark, pool, dataset, item_id, variant, gold }) => ({
        ...{ benchmark, pool, dataset, item_id, variant, gold, options: JSON.stringify(options) },
      })),
      runs: [run],
      responses: items.map(({ item_id }) => ({
        ...{
          run_id: "r",
          ...place,
          dataset: "MedExam",
          item_id,
          variant: 1,
          condition: "base",
          repeat: 1,
          raw: "B",
        },
      })),
    });
    const { rows } = await scoresOf(workspace);
    expect(rows.map(({ item_id, outcome }) => [item_id, outcome])).toEqual([
      ["0", "scored"],
      ["1", "awaiting_gold"],
      ["2", "awaiting_gold"],
    ]);
    expect(await brokenChecks(workspace)).toContain(
      "every gold answer is an option of its item, or of the form that its scorer compares with: 2 items break it",
    );
  });
});
