import { resolve } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const definitions = resolve(root, "src/lib/records/tables");

/** Columns that get another name in the definition of their table, and a component that draws each. */
const renamed = [
  { table: "scored.ts", column: "n_datasets", component: "src/components/tables/task-table.ts" },
  { table: "scored.ts", column: "n_differ", component: "src/components/tables/quality-table.ts" },
  { table: "gated.ts", column: "unvalidated_share", component: "src/components/tables/gate-tables.ts" },
  { table: "calibrated.ts", column: "people_value", component: "src/components/tables/judge-tables.ts" },
  { table: "ranked.ts", column: "p_holm", component: "src/components/tables/pair-matrix.ts" },
] as const;

/** The messages of the type checker on each component, after the renames. */
function messages(): Map<string, string[]> {
  const { config } = ts.readConfigFile(resolve(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  const host = ts.createCompilerHost({ ...options, types: [] });
  const readFile = host.readFile.bind(host);
  host.readFile = (file) => {
    const text = readFile(file);
    const own = renamed.filter(({ table }) => resolve(file) === resolve(definitions, table));
    return own.reduce<string | undefined>(
      (changed, { column }) => changed?.replaceAll(`${column}:`, `${column}_renamed:`),
      text,
    );
  };
  host.getSourceFile = (file, languageVersion) => {
    const text = host.readFile(file);
    return text === undefined ? undefined : ts.createSourceFile(file, text, languageVersion, true);
  };
  const components = renamed.map(({ component }) => resolve(root, component));
  const program = ts.createProgram(components, { ...options, types: [] }, host);
  return new Map(
    renamed.map(({ component }) => [
      component,
      program
        .getSemanticDiagnostics(program.getSourceFile(resolve(root, component)))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    ]),
  );
}

describe("a column that is renamed in the definition of its table", () => {
  let found: Map<string, string[]>;
  beforeAll(() => {
    found = messages();
  }, 120_000);

  it.each(renamed)("fails the type check of $component, which draws $column", ({ column, component }) => {
    expect(found.get(component)?.join("\n")).toContain(`'${column}'`);
  });

  it("is the only thing that fails there", () => {
    const columns = renamed.map(({ column }) => `'${column}'`);
    const others = [...found.values()]
      .flat()
      .filter((text) => !columns.some((column) => text.includes(column)));
    expect(others).toEqual([]);
  });
});
