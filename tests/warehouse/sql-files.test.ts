import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, openEngine } from "../../pipelines/warehouse/engine.js";
import { readQuery, runQueries, withParts } from "../../pipelines/warehouse/sql-files.js";
import { stated, touched } from "./sql-tables.js";

const root = resolve(import.meta.dirname, "..", "..");
const sqlFiles = readdirSync(join(root, "pipelines"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".sql"))
  .sort();

let engine: Engine;
let folder: string;

beforeAll(async () => {
  engine = await openEngine();
  folder = mkdtempSync(join(tmpdir(), "medbench-sql-files-"));
});

afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Names of SQL files in the code of a module; a name that is put together matches any. */
const sqlNames = (code: string) =>
  [...code.matchAll(/"([\w-]+)\.sql"|`([^`]+)\.sql`/g)].map(
    ([, plain, template]) => new RegExp(`^${(plain ?? template ?? "").replace(/\$\{[^}]*\}/g, ".+")}\\.sql$`),
  );

const scratch = (text: string) => {
  const file = join(folder, "query.sql");
  writeFileSync(file, text);
  return pathToFileURL(file);
};

describe("SQL files", () => {
  it("begin with the tables that they read and write, as DuckDB's parser finds them", async () => {
    expect(sqlFiles.length).toBeGreaterThan(10);
    for (const file of sqlFiles) {
      const text = readFileSync(join(root, "pipelines", file), "utf8");
      expect({ file, ...stated(text) }).toEqual({ file, ...(await touched(engine, text)) });
    }
  });

  it("are run by a module in the same folder", () => {
    const unused = sqlFiles.filter((file) => {
      const here = join(root, "pipelines", dirname(file));
      const modules = readdirSync(here).filter((name) => name.endsWith(".ts"));
      const named = modules.flatMap((name) => sqlNames(readFileSync(join(here, name), "utf8")));
      return !named.some((name) => name.test(basename(file)));
    });
    expect(unused).toEqual([]);
  });

  const script = `
CREATE OR REPLACE TEMP TABLE graded AS
WITH people AS (SELECT * FROM ratings), verdicts AS (SELECT * FROM verdicts WHERE x = $x -- FROM nowhere
)
SELECT * FROM people JOIN verdicts USING (k) WHERE k IN (SELECT k FROM {{rows}} WHERE v = ' FROM nothing; ');
INSERT INTO counts BY NAME FROM graded SELECT count(*) AS n;
`;

  it("are checked through common table expressions, subqueries, comments and texts", async () => {
    expect(await touched(engine, script)).toEqual({
      // `verdicts` inside its own definition is the table of that name; `graded` is made by the script itself.
      reads: ["ratings", "verdicts", "{{rows}}"],
      writes: ["counts", "graded"],
    });
  });

  it.each(["UPDATE t SET a = 1", "DROP TABLE t", "COPY t TO 'f'", "ATTACH 'f'", "SELEC 1"])(
    "must not contain a statement whose tables cannot be determined: %s",
    async (statement) => {
      await expect(touched(engine, statement)).rejects.toThrow("cannot be told");
    },
  );

  it("cannot state other tables than they use", async () => {
    const lie = `-- reads: ratings\n-- writes: graded, counts\n${script}`;
    expect(stated(lie)).not.toEqual(await touched(engine, lie));
    expect(() => stated(script)).toThrow("begins with");
  });
});

describe("running SQL files", () => {
  it("gives each statement the values that it uses", async () => {
    const file = scratch(
      "CREATE TEMP TABLE a AS SELECT $x AS x;\nCREATE TEMP TABLE b AS SELECT x + $y AS y FROM a;\n",
    );
    await runQueries(engine, file, { x: 3, y: 4 });
    expect(await engine.row("SELECT y FROM b")).toEqual({ y: 7 });
  });

  it("reads a file with one statement as a query, and refuses two statements or none", () => {
    expect(readQuery(scratch("SELECT 1;\n"))).toBe("SELECT 1");
    expect(() => readQuery(scratch("SELECT 1;\nSELECT 2;\n"))).toThrow("expected one statement; got 2");
    expect(() => readQuery(scratch(""))).toThrow("expected one statement; got 0");
  });

  it("leaves bound values alone when it inserts parts", () => {
    expect(withParts("SELECT {{a}}, $a, {{b}}, {{a}}", { a: "x", b: "" })).toBe("SELECT x, $a, , x");
  });

  it("refuses a missing part and an unused one", () => {
    expect(() => withParts("SELECT {{a}}", {})).toThrow("no SQL was given for {{a}}");
    expect(() => withParts("SELECT {{a}}", { a: "1", b: "2", c: "3" })).toThrow("no {{b}} and no {{c}}");
  });

  it("does not look for parts inside parts", () => {
    expect(withParts("SELECT {{a}}", { a: "'{{b}}'" })).toBe("SELECT '{{b}}'");
  });
});
