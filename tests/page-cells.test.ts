import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { releasedTables } from "../src/lib/records/released-tables.js";

const root = resolve(import.meta.dirname, "..");
const columns = new Set(Object.values(releasedTables).flatMap((table) => Object.keys(table.columns)));

/** Columns that a cell reads from a row: `row.estimate`, `({estimate}) =>`, `"estimate"`. Words and names have entries of their own. */
function columnsRead(code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      if (["words", "names"].includes(rootOf(node))) return;
      if (columns.has(node.name.text)) found.push(node.name.text);
    }
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const name = node.propertyName ?? node.name;
      if (ts.isIdentifier(name) && columns.has(name.text)) found.push(name.text);
    }
    // A short text may be a language or a tag; one with an underscore, or in brackets after a row, is a column.
    if (ts.isStringLiteral(node) && columns.has(node.text)) {
      if (node.text.includes("_") || ts.isElementAccessExpression(node.parent)) found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("cell.js", code, ts.ScriptTarget.Latest, true));
  return found;
}

function rootOf(node: ts.Expression): string {
  if (ts.isPropertyAccessExpression(node)) return rootOf(node.expression);
  return ts.isIdentifier(node) ? node.text : "";
}

const textOf = (page: string) => readFileSync(resolve(root, "src", page), "utf8");

describe("the cells of the report's pages", () => {
  // Chinese pages are made from the English ones; pages about methods compute their examples and read no table.
  const pages = readdirSync(resolve(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md") && !file.startsWith("zh"))
    .filter((file) => textOf(file).includes('FileAttachment("data/'));

  it.each(pages)("of %s name no column of a released table", (page) => {
    const text = textOf(page);
    const cells = [...text.matchAll(/^```js[^\n]*\n(.*?)^```/gms)].map(([, code = ""]) => code);
    expect(cells.flatMap(columnsRead)).toEqual([]);
  });

  it("would be caught however they name one", () => {
    expect(columnsRead("rows.map((row) => row.estimate)")).toEqual(["estimate"]);
    expect(columnsRead("rows.map(({estimate: score, ...row}) => score)")).toEqual(["estimate"]);
    expect(columnsRead('sum("rows_in"); row["estimate"]; words.common.dataset')).toEqual([
      "rows_in",
      "estimate",
    ]);
    expect(pages.length).toBeGreaterThanOrEqual(7);
  });
});
