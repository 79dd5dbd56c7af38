import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, openEngine, withEngine } from "../../pipelines/warehouse/engine.js";

describe("columns of a table", () => {
  it("are returned filtered, ordered, without duplicates and up to the limit", async () => {
    const rows = await withEngine(async (engine) => {
      await engine.run(
        `CREATE TEMP VIEW outcome_counts AS
         FROM (VALUES ('b', 'd', 'missing', 3), ('a', 'd', 'scored', 1), ('a', 'd', 'missing', 3), ('c', 'e', 'missing', 2))
           AS t (run_id, dataset, outcome, n)`,
      );
      return engine.table("outcome_counts", ["dataset", "n"], {
        distinct: true,
        where: "outcome = $outcome",
        orderBy: ["n"],
        limit: 2,
        parameters: { outcome: "missing" },
      });
    });
    expect(rows).toEqual([
      { dataset: "e", n: 2 },
      { dataset: "d", n: 3 },
    ]);
  });
});

describe("a query read in chunks", () => {
  it("gives every row once and in order while an appender writes", async () => {
    const [read, written] = await withEngine(async (engine) => {
      await engine.run("CREATE TEMP TABLE seen (n BIGINT)");
      const appender = await engine.connection.createAppender("seen");
      const numbers: unknown[] = [];
      const union = "SELECT * FROM range($from) UNION ALL SELECT * FROM range($from, 2 * $from)";
      for await (const rows of engine.pieces(union, { from: 50_000 })) {
        expect(rows.length).toBeLessThanOrEqual(2048);
        for (const [n] of rows) {
          numbers.push(n);
          appender.appendBigInt(n as bigint);
          appender.endRow();
        }
      }
      appender.closeSync();
      const { total } = await engine.row<{ total: number }>("SELECT count(DISTINCT n) AS total FROM seen");
      return [numbers, total];
    });
    expect(written).toBe(100_000);
    expect(read).toEqual(Array.from({ length: 100_000 }, (_, n) => BigInt(n)));
  });

  it("gives no rows for an empty result, and leaves no table behind", async () => {
    const left = await withEngine(async (engine) => {
      for await (const rows of engine.pieces("SELECT 1 WHERE FALSE")) expect(rows).toBeNull();
      return engine.rows("SELECT table_name FROM duckdb_tables()");
    });
    expect(left).toEqual([]);
  });
});

describe("a confined engine", () => {
  let folder: string;
  let engine: Engine;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "medbench-confined-"));
    for (const name of ["own", "out", "outside"]) mkdirSync(join(folder, name));
    for (const name of ["own/a.csv", "outside/b.csv"]) writeFileSync(join(folder, name), "a\n1\n");
    engine = await openEngine({ threads: 1, memoryLimit: "100MB" });
    const own = engine.files.read("read_csv", join(folder, "own", "a.csv"), { header: "true" });
    await engine.run(`CREATE TEMP VIEW own AS FROM ${own}`);
    await engine.confine([join(folder, "out")]);
  });

  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("reads its files and writes to its folder", async () => {
    const file = join(folder, "out", "c.parquet");
    for (let times = 0; times < 2; times += 1)
      await engine.run(engine.files.write("FROM own", file, "FORMAT parquet"));
    expect(existsSync(file)).toBe(true);
  });

  it("sorts more than its memory holds", async () => {
    await engine.run(
      "CREATE TEMP TABLE many AS SELECT range AS n, repeat('x', 50) AS text FROM range(2000000)",
    );
    const { n } = await engine.row("SELECT count(*) AS n FROM (FROM many ORDER BY hash(n))");
    expect(n).toBe(2_000_000);
    await engine.run("DROP TABLE many");
  });

  it.each([
    "FROM read_text('OUT/b.csv')",
    "FROM read_blob('OUT/b.csv')",
    "FROM read_csv('OUT/b.csv')",
    "FROM read_csv('OUT/*.csv')",
    "FROM read_json('OUT/b.csv')",
    "FROM read_parquet('OUT/b.csv')",
    "FROM parquet_metadata('OUT/b.csv')",
    "FROM sniff_csv('OUT/b.csv')",
    "FROM 'OUT/b.csv'",
    "FROM glob('OUT/*')",
    "FROM read_csv('OWN/../outside/b.csv')",
    "FROM read_csv('file:OUT/b.csv')",
    "FROM read_csv('/etc/hostname')",
    "FROM read_csv('https://example.org/b.csv')",
    "COPY (SELECT 1) TO 'OUT/new.csv'",
    "COPY (SELECT 1 AS a) TO 'OUT/new' (FORMAT parquet, PARTITION_BY a)",
    "EXPORT DATABASE 'OUT/new'",
    "IMPORT DATABASE 'OUT'",
    "ATTACH 'OUT/new.db'",
    "CREATE TABLE t (a INT); COPY t FROM 'OUT/b.csv'",
    "CREATE PERSISTENT SECRET s (TYPE s3)",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD 'OUT/b.csv'",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET lock_configuration",
    "SET allowed_directories = ['OUT']",
    "SET temp_directory = 'OUT'",
    "SET log_query_path = 'OUT/new.log'",
    "SET profiling_output = 'OUT/new.json'",
    "PRAGMA profile_output = 'OUT/new.json'",
    "SELECT getenv('HOME')",
  ])("does not %s", async (sql) => {
    const statement = sql.replaceAll("OUT", join(folder, "outside")).replaceAll("OWN", join(folder, "own"));
    await expect(engine.rows(statement)).rejects.toThrow();
    expect(readdirSync(join(folder, "outside"))).toEqual(["b.csv"]);
  });
});
