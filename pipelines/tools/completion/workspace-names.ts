import { tableNames } from "../../../src/lib/records/tables.js";
import { queryWarehouse } from "../sql.js";

/** What a value of the command line names in a workspace, and the query that lists such names in its first column. */
const queries = {
  run: "SELECT system AS name FROM runs UNION SELECT run_id FROM runs ORDER BY 1",
  dataset: "SELECT DISTINCT dataset AS name FROM items ORDER BY 1",
  judge: "SELECT DISTINCT judge AS name FROM judgments ORDER BY 1",
  pool: "SELECT DISTINCT pool AS name FROM runs ORDER BY 1",
  condition: "SELECT DISTINCT condition AS name FROM outcomes WHERE condition <> 'base' ORDER BY 1",
} as const;

export type NameKind = keyof typeof queries | "table";

/** The names of a kind that a workspace has; none if it cannot be read, because completion must not print errors. */
export async function workspaceNames(workspace: string, kind: NameKind): Promise<readonly string[]> {
  if (kind === "table") return tableNames;
  try {
    const rows = JSON.parse(await queryWarehouse(workspace, queries[kind], { format: "json" })) as {
      readonly name: string;
    }[];
    return rows.map(({ name }) => name);
  } catch {
    return [];
  }
}
