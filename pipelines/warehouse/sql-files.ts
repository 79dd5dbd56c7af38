import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DuckDBValue } from "@duckdb/node-api";
import type { Engine } from "./engine.js";

/**
 * SQL files are next to the module that runs them, which refers to them as `new URL("expected.sql", import.meta.url)`.
 * Each begins with the tables that it reads and writes:
 *
 *     -- reads: items, responses
 *     -- writes: expected
 *
 * `$value` is bound by the engine; `{{part}}` is SQL that `withParts` puts in its place.
 */
export type SqlFile = URL;

/** The value that the engine binds to each `$value`. */
export type BoundValues = Readonly<Record<string, DuckDBValue>>;

/** The one statement of a file. */
export function readQuery(file: SqlFile): string {
  const [statement, ...more] = splitStatements(readFileSync(file, "utf8"));
  if (statement === undefined || more.length > 0)
    throw new Error(
      `${fileURLToPath(file)}: expected one statement; got ${more.length + (statement === undefined ? 0 : 1)}`,
    );
  return statement;
}

/** The statements of a script in order, without semicolons and comment lines. */
export function splitStatements(script: string): string[] {
  return script
    .replace(/^\s*--.*\n/gm, "")
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

/** Runs the statements of a file one after the other, each with the values that it names. */
export async function runQueries(engine: Engine, file: SqlFile, values: BoundValues = {}): Promise<void> {
  for (const statement of splitStatements(readFileSync(file, "utf8"))) {
    await engine.run(statement, valuesIn(statement, values));
  }
}

/** The values that a statement uses. */
export function valuesIn(statement: string, values: BoundValues): Record<string, DuckDBValue> {
  const named = Object.entries(values).filter(([name]) => new RegExp(`\\$${name}\\b`).test(statement));
  return Object.fromEntries(named);
}

/**
 * A statement with SQL in place of each `{{part}}`.
 *
 * @throws Error if a part is missing, or is given but not used
 */
export function withParts(statement: string, parts: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const spliced = statement.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`no SQL was given for {{${name}}}`);
    used.add(name);
    return part;
  });
  const unused = Object.keys(parts).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`the statement has no {{${unused.join("}} and no {{")}}}`);
  return spliced;
}
