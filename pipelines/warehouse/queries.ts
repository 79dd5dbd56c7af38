import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Text of a file in `queries/`; parameters are written `$name` and bound by the engine. */
export function query(name: string): string {
  return readFileSync(join(import.meta.dirname, "queries", `${name}.sql`), "utf8");
}
