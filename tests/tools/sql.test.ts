import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listTables, queryWarehouse } from "../../pipelines/tools/sql.js";
import { hashesOf } from "../files-of.js";
import { writeTinyWarehouse } from "../tiny-warehouse.js";

let workspace: string;
let outside: string;

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), "medbench-sql-a=b-[x]-"));
  outside = mkdtempSync(join(tmpdir(), "medbench-sql-outside-"));
  writeFileSync(join(outside, "b.csv"), "a\n1\n");
  await writeTinyWarehouse(workspace, {
    outcome_counts: [
      { run_id: "r1", n: 3 },
      { run_id: "r2", n: 4 },
    ],
  });
});

afterAll(() => {
  for (const folder of [workspace, outside]) rmSync(folder, { recursive: true, force: true });
});

const json = { format: "json" } as const;
const total = "SELECT sum(n) AS n FROM outcome_counts";

describe("a query of the workspace", () => {
  it.each([
    [total, [{ n: 7 }]],
    ["FROM outcome_counts SELECT run_id ORDER BY n DESC LIMIT 1;", [{ run_id: "r2" }]],
    ["WITH t AS (FROM outcome_counts) SELECT count(*) AS n FROM t", [{ n: 2 }]],
    ["SELECT 'a; b' AS text -- one statement; with a comment", [{ text: "a; b" }]],
    ["VALUES (1)", [{ col0: 1 }]],
    ["PIVOT (SELECT run_id, n FROM outcome_counts) ON run_id USING sum(n)", [{ r1: 3, r2: 4 }]],
  ])("may be %s", async (query, rows) => {
    expect(JSON.parse(await queryWarehouse(workspace, query, json))).toEqual(rows);
  });

  it.each(["DESCRIBE outcome_counts", "SHOW TABLES", "SUMMARIZE outcome_counts", `EXPLAIN ${total}`])(
    "may be %s",
    async (query) => {
      expect(JSON.parse(await queryWarehouse(workspace, query, json)).length).toBeGreaterThan(0);
    },
  );

  it("lists every table", async () => {
    expect(JSON.parse(await queryWarehouse(workspace, listTables(), json))).toContainEqual(
      expect.objectContaining({ table: "outcome_counts", rows: 2 }),
    );
  });

  it("writes a Parquet file, and leaves nothing else next to it", async () => {
    const file = join(outside, "rows.parquet");
    const said = await queryWarehouse(workspace, "FROM outcome_counts", { format: "parquet", file });
    expect(said).toBe(`2 rows written to ${file}\n`);
    expect(readdirSync(outside).sort()).toEqual(["b.csv", "rows.parquet"]);
    rmSync(file);
  });

  it.each([
    "FROM 'OUT/b.csv'",
    "FROM read_text('OUT/b.csv')",
    "FROM glob('OUT/*')",
    "SELECT * FROM read_csv('/etc/hostname')",
    "COPY (SELECT 1) TO 'OUT/new.csv'",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO 'OUT/new.csv'",
    "EXPLAIN (ANALYZE) COPY (SELECT 1) TO 'OUT/new.csv'",
    "SELECT 1; COPY (SELECT 1) TO 'OUT/new.csv'",
    "SELECT 'pivot'; COPY (SELECT 1) TO 'OUT/new.csv'",
    "SELECT 1) TO 'OUT/new.csv'; --",
    "ATTACH 'OUT/new.db'",
    "EXPORT DATABASE 'OUT/new'",
    "INSTALL httpfs",
    "SET lock_configuration = false",
    "SET enable_external_access = true",
    "SELECT 1; SELECT 2",
  ])("is refused for %s", async (query) => {
    const before = hashesOf(workspace);
    for (const format of ["json", "csv"] as const) {
      const run = queryWarehouse(workspace, query.replaceAll("OUT", outside), { format });
      await expect(run).rejects.toMatchObject({ name: "InputError" });
    }
    expect(readdirSync(outside)).toEqual(["b.csv"]);
    expect(hashesOf(workspace)).toEqual(before);
  });

  it("does not overwrite the tables that it reads", async () => {
    const before = hashesOf(workspace);
    const table = [...before.keys()].find((file) => file.endsWith(".parquet")) as string;
    const file = join(workspace, table);
    const run = queryWarehouse(workspace, `COPY (SELECT 1) TO '${file}' (FORMAT parquet)`, json);
    await expect(run).rejects.toMatchObject({ hint: expect.stringContaining("--allow-files") });
    expect(hashesOf(workspace)).toEqual(before);
  });

  it("reads and writes files if its user allows it", async () => {
    const file = join(outside, "copied.csv");
    await queryWarehouse(workspace, `COPY (FROM '${outside}/b.csv') TO '${file}'`, json, {
      allowFiles: true,
    });
    expect(existsSync(file) && readFileSync(file, "utf8")).toBe("a\n1\n");
    rmSync(file);
  });
});
