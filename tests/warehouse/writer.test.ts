import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Engine, openEngine } from "../../pipelines/warehouse/engine.js";
import { writeTable } from "../../pipelines/warehouse/writer.js";

const folder = mkdtempSync(join(tmpdir(), "medbench-writer-"));
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A rating; later fields win. */
function rating(fields: Readonly<Record<string, string>>): string {
  const values: Record<string, string> = {
    run_id: "'r'",
    benchmark: "'b'",
    dataset: "'d'",
    pool: "'p'",
    item_id: "'1'",
    variant: "1",
    condition: "'base'",
    repeat: "1",
    rater: "'a'",
    criterion: "'safety'",
    raw: "NULL",
    scale_min: "1",
    scale_max: "5",
    value: "3",
    role: "NULL",
    blinded: "NULL",
    batch: "NULL",
    inclusion_probability: "NULL",
    rated_at: "NULL",
    remark: "NULL",
    ...fields,
  };
  return `SELECT ${Object.entries(values)
    .map(([name, value]) => `${value} AS ${name}`)
    .join(", ")}`;
}

const write = (rows: readonly string[], file = "ratings.parquet") =>
  writeTable(engine, "ratings", rows.join(" UNION ALL "), join(folder, file));

describe("a table is written", () => {
  test("with rows whose keys differ in one part only, and the number of rows is returned", async () => {
    const rows = [rating({}), rating({ rater: "'b'" }), rating({ item_id: "'2'" }), rating({ variant: "2" })];
    expect(await write(rows)).toBe(4);
    expect(existsSync(join(folder, "ratings.parquet"))).toBe(true);
  });

  test("with values moved between the texts of a key", async () => {
    const rows = [
      rating({ rater: "'ab'", criterion: "'c'" }),
      rating({ rater: "'a'", criterion: "'bc'" }),
      rating({ rater: "'c'", criterion: "'ab'" }),
    ];
    expect(await write(rows)).toBe(3);
  });
});

describe("a table is refused", () => {
  test("if a key occurs twice, and the error names the key", async () => {
    const rows = [rating({}), rating({ rater: "'b'" }), rating({ rater: "'b'", value: "4" })];
    await expect(write(rows)).rejects.toThrow(/ratings: the key is not unique.*"rater":"b".*"n":2/);
  });

  test.each([
    ["where a required value is missing", { rater: "NULL" }, /rater is there/],
    ["where a value is outside its bounds", { inclusion_probability: "1.5" }, /inclusion_probability is in/],
    ["where a value is no number", { value: "'NaN'::DOUBLE" }, /break/],
    ["where a law between columns is broken", { value: "6" }, /a value is on its scale/],
  ])("%s, and the error names the first row's key", async (_, fields, message) => {
    const rows = [rating({}), rating({ item_id: "'7'", ...fields })];
    await expect(write(rows)).rejects.toThrow(message);
    await expect(write(rows)).rejects.toThrow(/1 of 2 rows.*"item_id":"7"/);
  });
});
