import { relative, sep } from "node:path";
import type { Engine } from "../../warehouse/engine.js";
import type { MappedRows } from "./mapping/run.js";
import type { Source } from "./source.js";

/** What the record of an ingest keeps about a source, for `medbench sources`. */
export interface IngestedSource {
  /** Index of the request that it comes from. */
  readonly request: number;
  readonly name: string;
  /** Relative to the workspace. */
  readonly path: string;
  /** Role of the file, or `mapping` or `packet`. */
  readonly role: string;
  readonly system: string;
  readonly board: string;
  readonly pool: string;
  /** Path or pattern in its cycle; null outside of cycles, absent in earlier workspaces. */
  readonly entry?: string | null;
}

export function ingestedSources(sources: readonly Source[], root: string): IngestedSource[] {
  return sources.map(({ request, name, path, task, system, board, pool, entry = null }) => ({
    ...{ request, name, system, board, pool, entry },
    path: relative(root, path).split(sep).join("/") || ".",
    role: "role" in task ? task.role : "packet" in task ? "packet" : "mapping",
  }));
}

/** Which source brought verdicts of which judge. */
export async function judgeSources(
  mapped: readonly MappedRows[],
  engine: Engine,
): Promise<readonly { readonly source: string; readonly judge: string }[]> {
  const found: { source: string; judge: string }[] = [];
  for (const { file, source } of mapped.filter(({ table }) => table === "judgments")) {
    const rows = await engine.rows<{ judge: string }>(
      `SELECT DISTINCT judge FROM ${engine.files.read("read_parquet", file)} WHERE judge IS NOT NULL ORDER BY judge`,
    );
    found.push(...rows.map(({ judge }) => ({ source: source.name, judge })));
  }
  return found;
}
