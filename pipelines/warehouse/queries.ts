import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "./engine.js";

/** Text of a file in `queries/`; parameters are written `$name` and bound by the engine. */
export function query(name: string): string {
  return readFileSync(join(import.meta.dirname, "queries", `${name}.sql`), "utf8");
}

/** The statements of a file in `queries/`. */
function statementsOf(name: string): string[] {
  return query(name)
    .split(/;\s*$/m)
    .filter((statement) => statement.trim() !== "");
}

/** Runs the statements of a file in `queries/` one after the other, each with the parameters that it names. */
export async function runScript(
  engine: Engine,
  name: string,
  parameters: Readonly<Record<string, string | number | null>> = {},
): Promise<void> {
  for (const statement of statementsOf(name)) {
    const named = Object.entries(parameters).filter(([parameter]) =>
      new RegExp(`\\$${parameter}\\b`).test(statement),
    );
    await engine.run(statement, Object.fromEntries(named));
  }
}
