import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, openEngine } from "../../pipelines/warehouse/engine.js";
import { diskName } from "../disk-name.js";

let engine: Engine;
let folder: string;

beforeAll(async () => {
  engine = await openEngine({ threads: 1 });
  folder = mkdtempSync(join(tmpdir(), "medbench-files-"));
});

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const lines = { columns: "{answer: 'VARCHAR'}", format: "'newline_delimited'" };

function write(name: string, answer: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ answer })}\n`);
  return file;
}

describe("a file that the engine reads", () => {
  it.each([
    ["[s]tar/a", "star/a"],
    ["ro*t/a", "root/a"],
    ["fo?t/a", "foot/a"],
    ["[!q]/a", "r/a"],
    ["**/a", "deep/er/a"],
    ["b/[0-9].jsonl", "b/1.jsonl"],
    ["c/{x,y}", "c/x"],
  ])("is that of its own name: %s is not %s", async (name, rival) => {
    write(rival, "rival");
    const own = write(name, "own");
    expect(await engine.rows(`FROM ${engine.files.read("read_json", own, lines)}`)).toEqual([
      { answer: "own" },
    ]);
  });

  it("gets no column and no value from the names of its folders", async () => {
    const json = write("answer=B/outcome=scored/x.jsonl", "A");
    expect(await engine.rows(`FROM ${engine.files.read("read_json", json, lines)}`)).toEqual([
      { answer: "A" },
    ]);
    const parquet = join(folder, "answer=B", "x.parquet");
    await engine.run(engine.files.write("SELECT 'A' AS answer", parquet, "FORMAT parquet"));
    expect(await engine.rows(`FROM ${engine.files.read("read_parquet", parquet)}`)).toEqual([
      { answer: "A" },
    ]);
    const csv = join(folder, "answer=B", "x.csv");
    await engine.run(engine.files.write("SELECT 'A' AS answer", csv, "FORMAT csv, HEADER"));
    expect(await engine.rows(`FROM ${engine.files.read("read_csv", csv, { header: "true" })}`)).toEqual([
      { answer: "A" },
    ]);
  });

  it("is written under its own name, also where the name is a pattern of another", async () => {
    const rival = join(folder, "out", "w1.parquet");
    const own = join(folder, "out", "w[1].parquet");
    mkdirSync(dirname(own), { recursive: true });
    await engine.run(engine.files.write("SELECT 'rival' AS answer", rival, "FORMAT parquet"));
    await engine.run(engine.files.write("SELECT 'own' AS answer", own, "FORMAT parquet"));
    const both = engine.files.read("read_parquet", [rival, own]);
    expect(await engine.rows(`FROM ${both}`)).toEqual([{ answer: "rival" }, { answer: "own" }]);
  });

  it("is named in an error as its user named it", async () => {
    const file = join(folder, "no [such]", "file.parquet");
    await expect(engine.rows(`FROM ${engine.files.read("read_parquet", file)}`)).rejects.toThrow(file);
    const broken = write("not parquet", "x");
    await expect(engine.rows(`FROM ${engine.files.read("read_parquet", broken)}`)).rejects.toThrow(broken);
  });

  it("is read whatever it and its folders are called", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(diskName, diskName), { minLength: 1, maxLength: 4, selector: String }),
        async (names) => {
          const root = mkdtempSync(join(folder, "any-"));
          const files = names.map(([outer, inner], index) => join(root, outer, `${index}`, inner));
          for (const [index, file] of files.entries()) {
            mkdirSync(dirname(file), { recursive: true });
            writeFileSync(file, `{"answer":"${index}"}\n`);
          }
          const rows = await engine.rows(`FROM ${engine.files.read("read_json", files, lines)}`);
          expect(rows).toEqual(files.map((_, index) => ({ answer: String(index) })));
        },
      ),
      { numRuns: 60 },
    );
  });
});
