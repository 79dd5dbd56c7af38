import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listTables, queryPieces, queryWarehouse } from "../../pipelines/tools/sql.js";
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

/** Expressions, and what each is in JSON, in CSV and in a table: the engine's own text, digit for digit. */
const values: readonly (readonly [expression: string, inJson: string, inCsv?: string | null])[] = [
  ["9007199254740993::BIGINT", "9007199254740993"],
  ["(-170141183460469231731687303715884105728)::HUGEINT", "-170141183460469231731687303715884105728"],
  ["340282366920938463463374607431768211455::UHUGEINT", "340282366920938463463374607431768211455"],
  ["18446744073709551615::UBIGINT", "18446744073709551615"],
  ["12345678901234567.89::DECIMAL(20,2)", "12345678901234567.89"],
  ["1.50::DECIMAL(4,2)", "1.50"],
  ["0.1::FLOAT", "0.1"],
  ["16777216::FLOAT", "16777216"],
  ["0.1::DOUBLE + 0.2::DOUBLE", "0.30000000000000004"],
  ["'-0.0'::DOUBLE", "-0"],
  ["true", "true"],
  ["'nan'::DOUBLE", '"NaN"', "NaN"],
  ["'inf'::FLOAT", '"Infinity"', "Infinity"],
  ["'-inf'::DOUBLE", '"-Infinity"', "-Infinity"],
  ["TIMESTAMP '2024-01-01 00:00:00'", '"2024-01-01 00:00:00"', "2024-01-01 00:00:00"],
  ["TIMESTAMP '2024-01-01 12:34:56.789012'", '"2024-01-01 12:34:56.789012"', "2024-01-01 12:34:56.789012"],
  [
    "TIMESTAMP_NS '2024-01-01 12:34:56.789012345'",
    '"2024-01-01 12:34:56.789012345"',
    "2024-01-01 12:34:56.789012345",
  ],
  ["TIMESTAMPTZ '2024-01-01 00:00:00+00'", '"2024-01-01 00:00:00+00"', "2024-01-01 00:00:00+00"],
  ["DATE '2024-01-01'", '"2024-01-01"', "2024-01-01"],
  ["'-infinity'::DATE", '"-infinity"', "-infinity"],
  ["TIME '00:00:00'", '"00:00:00"', "00:00:00"],
  ["INTERVAL '1 month 2 days'", '"1 month 2 days"', "1 month 2 days"],
  ["'\\xAA\\x00b'::BLOB", '"\\\\xAA\\\\x00b"', "\\xAA\\x00b"],
  ["UUID '00000000-0000-0000-0000-000000000001'", '"00000000-0000-0000-0000-000000000001"', null],
  ["[1, NULL]", "[1,null]", '"[1,null]"'],
  ["['NULL', NULL]", '["NULL",null]', '"[""NULL"",null]"'],
  ["[9007199254740993, NULL]", "[9007199254740993,null]", null],
  ["{'2': 1, '1': [{'c': 0.1::FLOAT}]}", '{"2":1,"1":[{"c":0.1}]}', null],
  ["MAP {1: 'a', 2: NULL}", '{"1":"a","2":null}', null],
  ["union_value(num := 9007199254740993)", "9007199254740993"],
  ["row(1, 'x')", '"(1, x)"', null],
  ["'NULL'", '"NULL"', "NULL"],
  ["NULL", "null", ""],
  ["''", '""', '""'],
  ["'a,\"b\"'", '"a,\\"b\\""', '"a,""b"""'],
];

describe("the value of", () => {
  it.each(values)("%s is exact in JSON and CSV", async (expression, inJson, inCsv = inJson) => {
    const query = `SELECT ${expression} AS v, 1 AS w`;
    expect(await queryWarehouse(workspace, query, json)).toBe(`[\n {"v":${inJson},"w":1}\n]\n`);
    if (inCsv !== null)
      expect(await queryWarehouse(workspace, query, { format: "csv" })).toBe(`v,w\n${inCsv},1\n`);
  });

  const shown = async (query: string, format: "table" | "vertical" = "table") =>
    queryWarehouse(workspace, query, { format });

  it("NULL differs from every text in a table", async () => {
    expect(await shown("SELECT NULL AS a, 'NULL' AS b, '–' AS c, '' AS d")).toContain(
      '│ – │ NULL │ "–" │   │',
    );
  });

  it("numbers has all digits in a table, on the right", async () => {
    expect(await shown("SELECT unnest([9007199254740993, 7]) AS big")).toMatch(
      /│ 9007199254740993 │\n│ {16}7 │/,
    );
  });

  it("columns with one name stay two columns", async () => {
    expect(await queryWarehouse(workspace, "SELECT 1 AS a, 2 AS a", json)).toBe('[\n {"a":1,"a_1":2}\n]\n');
    expect(await shown("SELECT 1 AS a, 2 AS a")).toContain("│ 1 │ 2 │");
  });

  it("text that a terminal would obey is visible, and exact in CSV for other programs", async () => {
    const query = "SELECT chr(27) || '[31m' AS t";
    expect(await shown(query)).toContain("\\x1b[31m");
    expect(await shown(query, "vertical")).toContain("\\x1b[31m");
    expect(await queryWarehouse(workspace, query, json)).not.toContain("\u001b");
    expect(await queryWarehouse(workspace, query, { format: "csv" })).toBe("t\n\u001b[31m\n");
    expect(await queryWarehouse(workspace, query, { format: "csv" }, { isScreen: true })).toBe(
      "t\n\\x1b[31m\n",
    );
  });

  it("long text is whole in blocks, line by line", async () => {
    const query = `SELECT 1 AS a, 'one' || chr(10) || '${"x".repeat(300)}' AS text`;
    expect(await shown(query, "vertical")).toBe(`row 1\na     1\ntext  one\n      ${"x".repeat(300)}\n`);
    expect(await shown(query)).toContain(
      "1 value is shortened; --vertical, --csv and --json print everything",
    );
  });
});

describe("several statements", () => {
  it("run in order and print a table each", async () => {
    const text = await queryWarehouse(workspace, "SELECT 1 AS a; SELECT 2 AS b;", { format: "table" });
    expect(text.replaceAll(/[^\w\n]/g, "").trim()).toMatch(/^a\s+1\s+b\s+2$/);
  });

  it("are one too many for a file format, whose error names the line of the second", async () => {
    await expect(queryWarehouse(workspace, "SELECT 1;\n\nSELECT 2", { format: "csv" })).rejects.toThrow(
      /--csv takes one statement, and there are 2; the second is in line 3/,
    );
  });

  it("are all checked before the first runs", async () => {
    const pieces = queryPieces(workspace, "SELECT 1; SET threads = 1", { format: "table" });
    await expect(pieces.next()).rejects.toThrow("does more than read");
  });

  it("are no query if there are none", async () => {
    await expect(queryWarehouse(workspace, "-- nothing\n;", json)).rejects.toThrow("the query is empty");
  });
});

describe("a query about tables", () => {
  it.each(["DESCRIBE outcome_counts;", "SHOW TABLES", "SUMMARIZE outcome_counts", `EXPLAIN ${total}`])(
    "%s is CSV too",
    async (query) => {
      const lines = (await queryWarehouse(workspace, query, { format: "csv" })).split("\n");
      expect(lines[0]).toMatch(/^(column_name,column_type|name$|explain_key,explain_value)/);
      expect(lines.length).toBeGreaterThan(2);
    },
  );

  it.each(["DESCRIBE outcome_counts;", "SHOW TABLES -- all", "SUMMARIZE outcome_counts"])(
    "%s is a Parquet file too",
    async (query) => {
      const file = join(outside, "about.parquet");
      expect(await queryWarehouse(workspace, query, { format: "parquet", file })).toMatch(
        /^\d+ rows written/,
      );
      rmSync(file);
    },
  );
});

describe("a query that fails", () => {
  it("shows the place, counted in lines of the whole text, and the columns of its tables", async () => {
    const error = await queryWarehouse(workspace, "SELECT 1;\n\nSELECT run_idd\nFROM outcome_counts", {
      format: "table",
    }).catch((caught: Error & { hint: string }) => caught as Error & { hint: string });
    const { message, hint } = error as Error & { hint: string };
    expect(message).toMatch(/Candidate bindings: "run_id"/);
    expect(message).toMatch(/ {2}LINE 3: SELECT run_idd\n {2} {8} {7}\^/);
    expect(hint).toMatch(/^Columns of outcome_counts: .*run_id.*n_?/);
  });

  it("names the tables if it asks for another", async () => {
    await expect(queryWarehouse(workspace, "FROM outcome_count", json)).rejects.toMatchObject({
      message: expect.stringContaining('Did you mean "outcome_counts"?'),
      hint: expect.stringContaining("outcome_counts"),
    });
  });

  it("shows where the parser stopped", async () => {
    await expect(queryWarehouse(workspace, "SELEC 1", json)).rejects.toThrow(
      /^sql: Parser Error: .*\n\n {2}LINE 1: SELEC 1\n {10}\^$/,
    );
  });
});
