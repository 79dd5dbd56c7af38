import { readdirSync, readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { scorerNames } from "../../../src/lib/scorers/index.js";

const root = resolve(import.meta.dirname, "../../..");

const filesBelow = (folder: string, name: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => name.test(file))
    .map((file) => posix.join(folder, file.replaceAll("\\", "/")));

describe("code that depends on a scorer's name", () => {
  const isName = (node: ts.Node): boolean =>
    ts.isStringLiteralLike(node) && (scorerNames as readonly string[]).includes(node.text);
  const speaksOfScorers = (node: ts.Node): boolean => /scorer/i.test(node.getText());

  /** Places in a module that depend on the name of a scorer: comparisons, cases, lists and records of names, SQL. */
  function decisionsByName(code: string): string[] {
    const source = ts.createSourceFile("module.ts", code, ts.ScriptTarget.Latest, true);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (decides(node)) found.push(node.getText().slice(0, 80));
      ts.forEachChild(node, visit);
    };
    visit(source);
    return [...found, ...decisionsInSql(code)];
  }

  function decides(node: ts.Node): boolean {
    if (ts.isBinaryExpression(node) && /^[!=]==?$/.test(node.operatorToken.getText())) {
      const { left, right } = node;
      return (isName(left) && speaksOfScorers(right)) || (isName(right) && speaksOfScorers(left));
    }
    if (ts.isCallExpression(node)) {
      return (
        node.arguments.some(isName) &&
        /^scorerOf$|scorer\w*\.(get|includes|has)$/i.test(node.expression.getText())
      );
    }
    if (ts.isCaseClause(node))
      return isName(node.expression) && speaksOfScorers(node.parent.parent.expression);
    // Scorers have common words as names, so a list counts with three of them and a record only with nothing else.
    if (ts.isArrayLiteralExpression(node)) return node.elements.length > 2 && node.elements.every(isName);
    if (ts.isObjectLiteralExpression(node)) {
      const keys = node.properties.map((property) => property.name?.getText().replaceAll(/["']/g, "") ?? "");
      return keys.length > 1 && keys.every((key) => (scorerNames as readonly string[]).includes(key));
    }
    return false;
  }

  function decisionsInSql(sql: string): string[] {
    return sql.match(/\bscorer\s*(=|<>|!=|(NOT )?IN \()\s*'\w+'|CASE \w*\.?scorer\b/g) ?? [];
  }

  test("is only in the registry, in no other module and no SQL", () => {
    const modules = ["src/lib", "src/components", "pipelines"]
      .flatMap((folder) => filesBelow(folder, /\.ts$/))
      .filter((file) => !file.startsWith("src/lib/scorers/"));
    const sql = filesBelow("pipelines", /\.sql$/);
    expect(sql.length).toBeGreaterThan(10);
    const found = [...modules, ...sql].flatMap((file) => {
      const text = readFileSync(join(root, file), "utf8");
      const places = file.endsWith(".sql") ? decisionsInSql(text) : decisionsByName(text);
      return places.map((place) => `${file}: ${place}`);
    });
    expect(found).toEqual([]);
  });

  test.each([
    'if (scorer === "judge") count();',
    'const tags = components.some(({ scorer }) => "criteria" === scorer);',
    'switch (component.scorer) { case "choice": break; }',
    'const pooling = { choice: "all_right", fields: "parts_right" };',
    'const names = ["choice", "set", "fields"];',
    'scorerOf("judge").options;',
    "const sql = `SELECT * FROM jobs WHERE jobs.scorer = 'choice'`;",
    "const sql = `SELECT CASE j.scorer WHEN 'judge' THEN 1 END FROM jobs AS j`;",
    "const sql = `WHERE scorer NOT IN ('choice', 'judge')`;",
  ])("includes %s", (code) => {
    expect(decisionsByName(code)).not.toEqual([]);
  });

  test.each([
    'typeof value === "number"',
    'const place = { name: "judge" };',
    "const sql = `j.scorer = $scorer`;",
  ])("does not include %s", (code) => {
    expect(decisionsByName(code)).toEqual([]);
  });
});
