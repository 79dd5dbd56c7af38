import { describe, expect, it } from "vitest";
import { kindOf, splitStatements } from "../../../pipelines/tools/sql/statements.js";
import { withEngine } from "../../../pipelines/warehouse/engine.js";

const texts = [
  ["select 1;", ["select 1"]],
  ["select ';'; select 2", ["select ';'", "select 2"]],
  ["select 1 -- ;\n; select $$ ; $$; ;", ["select 1", "select $$ ; $$"]],
  ["select $a$ $$;$$ $a$; select 2", ["select $a$ $$;$$ $a$", "select 2"]],
  ["select /* ; /* ; */ ; */ 1; select 3", ["select /* ; /* ; */ ; */ 1", "select 3"]],
  ['select "a;b" from (select 1 as "a;b")', ['select "a;b" from (select 1 as "a;b")']],
  ["select e'it\\';'; select 2", ["select e'it\\';'", "select 2"]],
  ["select 'a''; b'; select 1", ["select 'a''; b'", "select 1"]],
  ["/* x; */ select 1 /* y; */ -- z;", ["select 1"]],
  [
    "select a$b$c from (select 1 as a$b$c); select '$b$'",
    ["select a$b$c from (select 1 as a$b$c)", "select '$b$'"],
  ],
  ["select '患者；;' as 患者; select 1", ["select '患者；;' as 患者", "select 1"]],
] as const;

describe("an SQL text", () => {
  it.each(texts)("%j is split into its statements", (text, statements) => {
    expect(splitStatements(text).map((each) => each.text)).toEqual(statements);
  });

  it("has as many statements as the engine's parser finds", async () => {
    await withEngine(async (engine) => {
      for (const [text, statements] of texts)
        expect((await engine.connection.extractStatements(text)).count, text).toBe(statements.length);
    });
  });

  it.each(["", "  \n", ";;", "-- nothing", "/* nothing"])("%j has no statement", (text) => {
    expect(splitStatements(text)).toEqual([]);
  });

  it("tells in which line each statement begins", () => {
    expect(splitStatements("-- first\nselect 1;\n\n\nselect\n2").map(({ line }) => line)).toEqual([2, 5]);
  });

  it("has a kind", () => {
    expect(kindOf("\n  (select 1)")).toBe("SELECT");
    expect(kindOf("describe runs")).toBe("DESCRIBE");
  });
});
