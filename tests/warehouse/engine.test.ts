import { describe, expect, it } from "vitest";
import { withEngine } from "../../pipelines/warehouse/engine.js";

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
