import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, openEngine } from "../../pipelines/warehouse/engine.js";
import { changingProblem, expressionProblem, queryProblem } from "../../pipelines/warehouse/statement.js";

let engine: Engine;

beforeAll(async () => {
  engine = await openEngine({ threads: 1 });
});

afterAll(async () => {
  await engine.close();
});

describe("an expression of a mapping", () => {
  it.each([
    "a",
    "a.b[1]",
    "a -- a comment; with a semicolon",
    "'it''s; -- no comment'",
    "$$a; b$$",
    "CASE WHEN a > 1 THEN 'x' ELSE b END",
    "[x FOR x IN a IF x > 1]",
    "list_transform(a, lambda x: x + 1)",
    "(SELECT max(b) FROM raw)",
    "(WITH t AS (SELECT 1 AS z) SELECT z FROM t)",
    "(SELECT count(*) FROM RAW AS other, unnest(other.list) AS u(v))",
    "a IN (SELECT range FROM range(3))",
    "a\n/* two\nlines */ + 1",
  ])("may be %s", async (expression) => {
    expect(await expressionProblem(engine, expression, ["raw"])).toBeNull();
  });

  it.each([
    ["a; DROP TABLE raw", "SELECT"],
    ["a; SELECT 1", "more than one statement"],
    ["a) AS x, (b", "SQL that DuckDB can read"],
    ["a) FROM raw; COPY (SELECT 1) TO 'out.csv'; SELECT (1", "SQL that DuckDB can read"],
    ["a /* never closed", "SQL that DuckDB can read"],
    ["'never closed", "SQL that DuckDB can read"],
    ["", "SQL that DuckDB can read"],
    ["-- nothing", "SQL that DuckDB can read"],
    ["a, b", "more than one expression"],
    ["a AS b", "one column"],
    ["*", "one column"],
    ["a FROM raw", "more than an expression"],
    ["a WHERE FALSE", "more than an expression"],
    ["a LIMIT 0", "more than an expression"],
    ["DISTINCT a", "more than an expression"],
    ["a UNION ALL SELECT b", "more than an expression"],
    ["$value", "parameter"],
    [
      "(WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n FROM t) SELECT max(n) FROM t)",
      "recursive, and need not end",
    ],
    ["?", "parameter"],
    ["(SELECT content FROM read_text('/etc/hostname'))", "read_text()"],
    ["(SELECT content FROM READ_BLOB('/etc/hostname'))", "read_blob()"],
    ["(SELECT list(file) FROM glob('/etc/*'))", "glob()"],
    ["(SELECT count(*) FROM 'x.csv')", '"x.csv"'],
    ['(SELECT count(*) FROM "/data/x.parquet")', '"/data/x.parquet"'],
    ["(SELECT count(*) FROM raw JOIN 'x.json' ON TRUE)", '"x.json"'],
    ["a IN (FROM 'x.csv')", '"x.csv"'],
    ["EXISTS (WITH t AS (FROM 'x.csv') FROM t)", '"x.csv"'],
    ["(SELECT 1 FROM raw ORDER BY (SELECT 1 FROM 'x.csv'))", '"x.csv"'],
    ["(FROM query('SELECT 1'))", "query()"],
    ["(FROM query_table('raw'))", "query_table()"],
    ["(SELECT value FROM duckdb_settings() LIMIT 1)", "duckdb_settings()"],
    ["(SELECT table_name FROM information_schema.tables LIMIT 1)", "information_schema.tables"],
    ["(SELECT line FROM evaluated_items LIMIT 1)", "evaluated_items"],
    ["(DESCRIBE raw)", "describes"],
    ["current_setting('temp_directory')", "current_setting()"],
    ["getenv('HOME')", "getenv()"],
    ["CASE WHEN a IS NULL THEN error('no answer') ELSE a END", "error()"],
  ])("is refused for %s: %s", async (expression, problem) => {
    expect(await expressionProblem(engine, expression, ["raw"])).toContain(problem);
  });
});

describe("the query of a mapped table", () => {
  it.each([
    "SELECT * FROM raw",
    "FROM raw;",
    "WITH t AS (FROM raw) SELECT * FROM t UNION ALL FROM other",
    "SELECT q.* FROM (SELECT unnest(list) AS q FROM raw)",
    "SELECT * FROM raw, LATERAL (SELECT unnest(raw.list))",
  ])("may be %s", async (query) => {
    expect(await queryProblem(engine, query, ["raw", "other"])).toBeNull();
  });

  it.each([
    ["SELECT 1; SELECT 2", "more than one statement"],
    ["SELECT * FROM raw) AS x; COPY (SELECT 1) TO 'o'; SELECT * FROM (FROM raw", "SQL that DuckDB can read"],
    ["COPY raw TO 'o'", "SELECT"],
    ["ATTACH 'o.db'", "SELECT"],
    ["INSTALL httpfs", "SELECT"],
    ["LOAD httpfs", "SELECT"],
    ["SET threads = 1", "SELECT"],
    ["PRAGMA database_list", "SELECT"],
    ["EXPORT DATABASE 'o'", "SELECT"],
    ["CREATE TABLE t AS FROM raw", "SELECT"],
    ["WITH t AS (INSERT INTO raw VALUES (1)) FROM t", "SQL that DuckDB can read"],
    ["EXPLAIN ANALYZE COPY raw TO 'o'", "SELECT"],
    ["SUMMARIZE raw", "describes"],
    ["FROM places", '"places"'],
    ["FROM 'raw'", ""],
  ])("is refused for %s: %s", async (query, problem) => {
    const found = await queryProblem(engine, query, ["raw"]);
    // A quoted name of an input is that input.
    if (problem === "") expect(found).toBeNull();
    else expect(found).toContain(problem);
  });
});

describe("a value that is another in each run", () => {
  it.each([
    "random()",
    "now()",
    "CURRENT_TIMESTAMP",
    "current_date",
    "today()",
    "get_current_time()",
    "uuid()",
    "gen_random_uuid()",
    "uuidv7()",
    "txid_current()",
    "current_user",
    "nextval('s')",
    "age(TIMESTAMP '2020-01-01')",
    "upper(concat(a, cast(Random() AS VARCHAR)))",
    "(SELECT max(now()) FROM raw)",
    "(SELECT max(a) FROM raw TABLESAMPLE 10%)",
    "list_transform(a, lambda x: x + random())",
  ])("is found in %s", async (expression) => {
    expect(await changingProblem(engine, `SELECT ${expression}`, new Set())).toContain("in each run");
  });

  it.each(["a", "r.user", '"user"', "age(x, y)", "md5(a)", "row_number() OVER ()", "CAST(a AS DATE)"])(
    "is not %s",
    async (expression) => {
      expect(await changingProblem(engine, `SELECT ${expression}`, new Set(["user"]))).toBeNull();
    },
  );
});
