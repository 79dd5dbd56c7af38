import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { runScore } from "../../pipelines/stages/score/score.js";
import { groupBy } from "../../src/lib/util/group-by.js";
import { describeShared } from "../shared.js";
import { ingest, quarantine, query, temporaryFolder, writeFiles } from "../stages/ingest/workspace.js";

interface AnswerRow {
  readonly file: string;
  readonly line: number;
  readonly answer: string | null;
  readonly other: { readonly id: number; readonly source: string };
}

const jsonLines = <T>(text: string): T[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);

describeShared("a complete real submission to MedBench v4 (LLM track)", ["real"], (real) => {
  const workspace = temporaryFolder();
  let rows: AnswerRow[] = [];

  beforeAll(async () => {
    const packed = readFileSync(join(real, "medbench-v4-submissions", "answers_gpt5.2.jsonl.gz"));
    rows = jsonLines<AnswerRow>(gunzipSync(packed).toString("utf8"));
    const questions = join(real, "medbench", "llm", "questions");
    // The answers are published without the questions, which are those of the public pack, in its order.
    const files = groupBy(rows, ({ file }) => file);
    const upload = [...files].map(([file, answers]) => {
      const asked = jsonLines<{ question: string }>(readFileSync(join(questions, `${file}.jsonl`), "utf8"));
      const lines = answers.map(
        ({ answer, other }, i) => `${JSON.stringify({ question: asked[i]?.question, answer, other })}\n`,
      );
      return [`gpt/${file}.jsonl`, lines.join("")] as const;
    });
    const folder = writeFiles(temporaryFolder(), Object.fromEntries(upload));
    await ingest(workspace, [
      { path: questions, role: "questions" },
      { path: join(folder, "gpt"), role: "answers" },
    ]);
  });

  test("loses none of its 1,620 lines in 38 files", async () => {
    expect(await quarantine(workspace)).toEqual([]);
    expect(
      await query(
        workspace,
        "SELECT count(*) AS files, sum(rows_in)::INTEGER AS lines, sum(rows_out)::INTEGER AS taken FROM source_files WHERE role = 'answers'",
      ),
    ).toEqual([{ files: 38, lines: 1620, taken: 1620 }]);
  });

  test("keeps every answer as it was submitted, and 8 that are null as not answered", async () => {
    const stored = await query<{ file: string; line: number; raw: string | null }>(
      workspace,
      "SELECT source_file AS file, source_line AS line, raw FROM responses",
    );
    const found = new Map(stored.map(({ file, line, raw }) => [`${file} ${line}`, raw]));
    for (const { file, line, answer } of rows) expect(found.get(`${file}.jsonl ${line + 1}`)).toBe(answer);
    expect(stored.filter(({ raw }) => raw === null)).toHaveLength(8);
  });

  test("gives the 8 the outcome empty, as no verdict comes with them", async () => {
    await runScore({ workspace });
    expect(
      await query(
        workspace,
        "SELECT dataset, count(*) AS n FROM outcomes WHERE outcome = 'empty' GROUP BY dataset ORDER BY dataset",
      ),
    ).toEqual([
      { dataset: "CMB-Clin-extended", n: 5 },
      { dataset: "MedPopular", n: 1 },
      { dataset: "MedRecordGen", n: 2 },
    ]);
  });
});

describeShared(
  "a real file with the markers of a git conflict",
  ["real", "medbench-v4-submissions"],
  (folder) => {
    test("costs its three marker lines and the rows that it doubles, all listed", async () => {
      const packed = readFileSync(join(folder, "old-pool_deepseek-32b_CHIP-CDN_test.jsonl.gz"));
      const mapping = `
schema: medbench-mapping/1
benchmark: old
pool: p
board: upload
input: {name: raw, files: ["*.jsonl.gz"]}
tables:
  items:
    from: SELECT DISTINCT question FROM raw
    columns: {item_id: md5(question), dataset: "'CHIP-CDN'", track: "'llm'", dimension: "'d'", answer_type: "'open'", language: "'zh'", question: question}
  responses:
    columns: {system: "'deepseek'", dataset: "'CHIP-CDN'", item_id: md5(question), raw: answer}
`;
      const source = writeFiles(temporaryFolder(), { "a.jsonl.gz": packed, "m.yaml": mapping });
      const workspace = temporaryFolder();
      const { counts } = await ingest(workspace, [{ path: source, mapping: join(source, "m.yaml") }]);
      // 103 lines: 3 markers, and 50 rows in each of two versions.
      expect(counts).toMatchObject({ items: 50, responses: 50 });
      const refused = await quarantine(workspace);
      expect(
        refused.filter(({ file }) => file === "a.jsonl.gz").map(({ line, reason }) => [line, reason]),
      ).toEqual([
        [1, "not_json"],
        [52, "not_json"],
        [103, "not_json"],
      ]);
      expect(refused.filter(({ reason }) => reason === "duplicate_item")).toHaveLength(50);
      expect(refused).toHaveLength(53);
    });
  },
);
