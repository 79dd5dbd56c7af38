import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cycleFileOf } from "../../../pipelines/stages/ingest/cycle-file.js";
import { ingest, line, query, temporaryFolder, writeFiles } from "./workspace.js";

const yaml = "schema: medbench-cycle/1\nsources:\n  - {path: questions, role: questions, pool: p1}\n";
const json = JSON.stringify(
  { sources: [{ path: "questions", role: "questions", pool: "p1" }], schema: "medbench-cycle/1" },
  null,
  "\t",
);
const questions = { "questions/MedHC.jsonl": line(1) + line(2) };
const mapping = "schema: medbench-mapping/1\ninput: {}\ntables: {}\n";

const folderWith = (files: Readonly<Record<string, string | Buffer>>) =>
  writeFiles(join(temporaryFolder(), "spring"), { ...questions, ...files });

describe("a cycle file is known by its schema", () => {
  it.each([
    ["my-cycle.yaml", yaml],
    ["my-cycle.yml", yaml],
    ["my-cycle.json", json],
    ["one-line.json", JSON.stringify(JSON.parse(json))],
    ["with-bom.yaml", `\ufeff${yaml}`],
    ["with-bom.json", `\ufeff${json}`],
    ["utf-16.yaml", Buffer.from(`\ufeff${yaml}`, "utf16le")],
    [
      "after-comments.yaml",
      `# Spring 2026\n---\nsources:\n  - {path: questions, role: questions, pool: p1}\n"schema": 'medbench-cycle/1'\n`,
    ],
    ["cycle.yaml", yaml],
  ])("%s is ingested, named itself and by its folder", async (name, content) => {
    const folder = folderWith({ [name]: content });
    expect(cycleFileOf(folder)).toBe(join(folder, name));
    const workspace = temporaryFolder();
    await ingest(workspace, [{ path: join(folder, name) }]);
    expect(await query(workspace, "SELECT pool, count(*) AS n FROM items GROUP BY ALL")).toEqual([
      { pool: "p1", n: 2 },
    ]);
  });

  it("next to a file called cycle.yaml that is none", () => {
    for (const other of [mapping, "notes: nothing of a cycle\n"]) {
      const folder = folderWith({ "cycle.yaml": other, "my-cycle.yaml": yaml });
      expect(cycleFileOf(folder)).toBe(join(folder, "my-cycle.yaml"));
    }
  });

  it("and not where another file only mentions it", () => {
    const folder = folderWith({
      "notes.yaml": "text: 'schema: medbench-cycle/1'\n",
      "data.json": JSON.stringify([{ other: { schema: "medbench-cycle/1" } }]),
      "cycle.yaml": mapping,
    });
    expect(cycleFileOf(folder)).toBeNull();
    expect(cycleFileOf(join(folder, "notes.yaml"))).toBeNull();
    expect(cycleFileOf(join(folder, "data.json"))).toBeNull();
    expect(() => cycleFileOf(join(folder, "cycle.yaml"))).toThrow(
      /cycle\.yaml is a mapping file, not a source/,
    );
  });

  it("and a mistake in it is reported as one of the cycle", async () => {
    const folder = folderWith({ "my-cycle.yaml": `${yaml}  - {path: [unclosed}\n` });
    await expect(ingest(temporaryFolder(), [{ path: join(folder, "my-cycle.yaml") }])).rejects.toThrow(
      /my-cycle\.yaml/,
    );
    const without = folderWith({ "cycle.yaml": "sources: []\n" });
    await expect(ingest(temporaryFolder(), [{ path: without }])).rejects.toThrow(/cycle\.yaml: schema/);
  });

  it("and two in one folder have to be told apart", async () => {
    const folder = folderWith({ "a.yaml": yaml, "b.json": json });
    await expect(ingest(temporaryFolder(), [{ path: folder }])).rejects.toMatchObject({
      message: expect.stringMatching(/has 2 cycle files: a\.yaml, b\.json/),
      hint: expect.stringMatching(/medbench ingest .*a\.yaml/),
    });
  });
});
