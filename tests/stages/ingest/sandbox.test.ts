import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ingest, query, temporaryFolder, writeFiles } from "./workspace.js";

const columns = `{system: "'s'", dataset: "'MedHC'", item_id: id, raw: answer}`;

/** Ingests a stranger's folder, whose mapping has the given table. */
async function take(responses: string, workspace = temporaryFolder()) {
  const folder = writeFiles(temporaryFolder(), {
    "m.yaml": `
schema: medbench-mapping/1
input: [{name: raw, files: ["a.jsonl"]}]
tables:
  responses: ${responses}
`,
    "a.jsonl": '{"id":1,"answer":"A"}\n',
    "secret.csv": "a\nsecret\n",
  });
  return {
    folder,
    workspace,
    run: ingest(workspace, [{ path: folder, mapping: join(folder, "m.yaml"), pool: "p" }]),
  };
}

describe("the mapping of a stranger", () => {
  test("writes no file by a statement that closes ours", async () => {
    const target = join(temporaryFolder(), "written.txt");
    const from = `SELECT * FROM raw) AS x; COPY (SELECT 1) TO '${target}'; SELECT * FROM (SELECT * FROM raw`;
    const { run } = await take(`{from: ${JSON.stringify(from)}, columns: ${columns}}`);
    await expect(run).rejects.toMatchObject({
      message: expect.stringMatching(/^m\.yaml: table responses: `from` is not SQL/),
      hint: expect.stringContaining("Write one SELECT over raw"),
    });
    expect(existsSync(target)).toBe(false);
  });

  test("reads no file in a column, and is told the table, the column and what to write", async () => {
    const raw = `"(SELECT content FROM read_text('/etc/hostname'))"`;
    const { run } = await take(`{columns: ${columns.replace("raw: answer", `raw: ${raw}`)}}`);
    await expect(run).rejects.toMatchObject({
      message: expect.stringMatching(
        /^m\.yaml: table responses, column raw: the expression calls read_text\(\)/,
      ),
      hint: expect.stringContaining("Write one SQL expression over the columns of the input"),
    });
  });

  test("does not overwrite its own input", async () => {
    const { folder, run } = await take(`{from: "COPY raw TO 'a.jsonl'", columns: ${columns}}`);
    await expect(run).rejects.toThrow("is not an input");
    expect(readFileSync(join(folder, "a.jsonl"), "utf8")).toBe('{"id":1,"answer":"A"}\n');
  });

  test("is taken in a workspace that is reached through a link and has a pattern and a column in its path", async () => {
    const real = writeFiles(temporaryFolder(), { "a=b/[x]/here": "" });
    const link = join(temporaryFolder(), "link=1");
    symlinkSync(join(real, "a=b", "[x]"), link);
    const workspace = join(link, "w");
    const { run } = await take(`{from: SELECT * FROM raw, columns: ${columns}}`, workspace);
    await run;
    expect(await query(workspace, "SELECT item_id, raw FROM responses")).toEqual([
      { item_id: "1", raw: "A" },
    ]);
  });
});

describe("the inputs of a mapping", () => {
  async function takeInputs(inputs: string) {
    const folder = writeFiles(temporaryFolder(), {
      "m.yaml": `
schema: medbench-mapping/1
input: ${inputs}
tables:
  responses: {columns: ${columns}}
`,
      "a.jsonl": '{"id":1,"answer":"A"}\n',
      "b.jsonl": '{"id":2,"answer":"B"}\n',
    });
    return ingest(temporaryFolder(), [{ path: folder, mapping: join(folder, "m.yaml"), pool: "p" }]);
  }

  test.each([
    "[{files: [a.jsonl]}, {files: [b.jsonl]}]",
    "[{name: raw, files: [a.jsonl]}, {name: RAW, files: [b.jsonl]}]",
  ])("need names of their own, because one would replace the other: %s", async (inputs) => {
    await expect(takeInputs(inputs)).rejects.toThrow("every input needs a name of its own");
  });

  test.each(["places", "Typed_responses"])("cannot be called as medbench's own tables: %s", async (name) => {
    await expect(takeInputs(`[{files: [a.jsonl]}, {name: ${name}, files: [b.jsonl]}]`)).rejects.toThrow(
      "uses this one for its own tables",
    );
  });
});
