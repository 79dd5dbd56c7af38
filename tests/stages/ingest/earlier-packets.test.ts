import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formLine } from "./packet-folder.js";
import { ingest, quarantine, query, temporaryFolder, writeFiles } from "./workspace.js";

/** The mapping files that `rating-packet` wrote before it wrote `packet.yaml`. */
function earlierMapping(from: "forms" | "sheets", id = "round-1"): string {
  const rows =
    from === "forms"
      ? "SELECT code, rater, criterion, CAST(value AS VARCHAR) AS grade, rated_at FROM given"
      : `SELECT code, rater, criterion, nullif(trim(grade), '') AS grade, NULL AS rated_at FROM given UNPIVOT (grade FOR criterion IN ("safety", "correctness"))`;
  const [files, format] = from === "forms" ? ["returned/*.jsonl", "jsonl"] : ["returned/*.csv", "csv"];
  return `schema: medbench-mapping/1
benchmark: medbench-v4
input:
  - {name: key, files: [key.csv], format: csv}
  - {name: given, files: ["${files}"], format: ${format}}
tables:
  ratings:
    from: SELECT * FROM (${rows}) AS g JOIN key USING (code)
    columns:
      run_id: run_id
      dataset: dataset
      pool: pool
      item_id: item_id
      variant: variant
      condition: condition
      repeat: repeat
      rater: rater
      criterion: criterion
      raw: grade
      scale_min: "1"
      scale_max: "5"
      value: TRY_CAST(grade AS DOUBLE)
      role: "'physician'"
      blinded: "true"
      batch: "'${id}'"
      inclusion_probability: inclusion_probability
      rated_at: rated_at
`;
}

function earlierFolder(files: Readonly<Record<string, string>>): string {
  const rows = [1, 2].map((n) => `run-1,medbench-v4,MedHC,p,${n},1,base,1,round-1-000${n},03/high,0.5`);
  return writeFiles(temporaryFolder(), {
    "key.csv": `run_id,benchmark,dataset,pool,item_id,variant,condition,repeat,code,stratum,inclusion_probability\n${rows.join("\n")}\n`,
    ...files,
  });
}

describe("a packet of an earlier version", () => {
  it("is read exactly, by its own mapping files as they are, each returned file once", async () => {
    const folder = earlierFolder({
      "from-forms.yaml": earlierMapping("forms"),
      "from-sheets.yaml": earlierMapping("sheets"),
      "returned/sheet.csv":
        "code,rater,question,answer,safety,correctness\nround-1-0001,rater-01,q,a,４,good\n",
      "returned/r.jsonl": [
        formLine(2, "4分", { criterion: "correctness" }),
        formLine(3, 4),
        formLine(2, 4, { rater: "someone-else" }),
        formLine(2, 4, { criterion: "completeness" }),
        formLine(2, null),
      ].join(""),
    });
    const workspace = temporaryFolder();
    const mapping = (from: string) => ({ path: folder, mapping: join(folder, `from-${from}.yaml`) });
    await ingest(workspace, [mapping("forms"), mapping("sheets")]);
    expect(
      await query(workspace, "SELECT item_id, criterion, raw, value, batch FROM ratings ORDER BY ALL"),
    ).toEqual([
      { item_id: "1", criterion: "safety", raw: "４", value: 4, batch: "round-1" },
      { item_id: "2", criterion: "correctness", raw: "4分", value: 4, batch: "round-1" },
      { item_id: "2", criterion: "safety", raw: null, value: null, batch: "round-1" },
    ]);
    const found = await quarantine(workspace);
    expect(found.map(({ file, line, reason }) => [file, line, reason])).toEqual([
      ["returned/r.jsonl", 2, "unknown_item"],
      ["returned/r.jsonl", 3, "wrong_value"],
      ["returned/r.jsonl", 4, "wrong_value"],
      ["returned/sheet.csv", 2, "wrong_type"],
    ]);
  });

  it("takes the criteria of the built-in rubric that its raters used where only the mapping of the forms is left", async () => {
    const folder = earlierFolder({
      "from-forms.yaml": earlierMapping("forms", "o'brien"),
      "returned/r.jsonl":
        formLine(1, 4, { packet: "o'brien" }) + formLine(2, 4, { packet: "o'brien", criterion: "style" }),
    });
    const workspace = temporaryFolder();
    await ingest(workspace, [{ path: folder }]);
    expect(await query(workspace, "SELECT item_id, batch FROM ratings")).toEqual([
      { item_id: "1", batch: "o'brien" },
    ]);
    expect((await quarantine(workspace)).map(({ line, reason }) => [line, reason])).toEqual([
      [2, "wrong_value"],
    ]);
  });

  it("is an ordinary mapping once somebody has edited it", async () => {
    const folder = earlierFolder({ "returned/r.jsonl": formLine(1, 4, { rated_at: "2026-03-02" }) });
    const file = join(folder, "mine.yaml");
    writeFileSync(
      file,
      earlierMapping("forms").replace("TRY_CAST(grade AS DOUBLE)", "TRY_CAST(grade AS DOUBLE) - 1"),
    );
    const workspace = temporaryFolder();
    await ingest(workspace, [{ path: folder, mapping: file }]);
    expect(await query(workspace, "SELECT value FROM ratings")).toEqual([{ value: 3 }]);
  });
});
