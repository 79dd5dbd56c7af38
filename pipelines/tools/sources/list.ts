import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { InputError } from "../../../src/lib/errors.js";
import type { IngestedSource } from "../../stages/ingest/ingested-source.js";
import type { SourceRequest } from "../../stages/ingest/source.js";
import { withEngine } from "../../warehouse/engine.js";
import { recordOf } from "../../warehouse/stage-record.js";
import { currentVersion } from "../../warehouse/versioned-folder.js";
import { attachTables } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";

/** A source as it was ingested. */
export interface SourceRow {
  /** Index of what was given to `medbench ingest`. */
  readonly request: number;
  /** What was given to `medbench ingest`, as a path from the current folder. */
  readonly given: string;
  /** Where it is, from the current folder: for a part of a cycle, the part. */
  readonly path: string;
  /** Name in the tables; for a part of a cycle, its path in the cycle. */
  readonly source: string;
  /** Whether `cycle.yaml` names it, so that it cannot be removed by itself. */
  readonly is_part_of_cycle: boolean;
  /** Path or pattern by which `cycle.yaml` names it; null outside of cycles. */
  readonly cycle_entry: string | null;
  readonly role: string;
  readonly system: string | null;
  readonly board: string | null;
  readonly pool: string | null;
  readonly files: number;
  readonly rows: number;
  readonly quarantined: number;
  /** When its newest file was changed (ISO 8601); null if it is no longer there. */
  readonly modified: string | null;
  /** SHA-256 of its file, or of the hashes of its files. */
  readonly sha256: string;
}

/** All sources of a workspace, in the order in which they were added. */
export async function listSources(workspace: string): Promise<SourceRow[]> {
  const { root, warehouse } = workspacePaths(workspace);
  const version = await currentVersion(warehouse);
  const ingest = recordOf(version, "ingest");
  const requests = (ingest?.parameters["sources"] ?? []) as readonly SourceRequest[];
  const sources = (ingest?.counts["sources"] ?? []) as readonly IngestedSource[];
  if (requests.length > 0 && sources.length === 0) {
    throw new InputError(`${warehouse}: an earlier version of medbench ingested this workspace`, {
      hint: "Run `medbench ingest` first, which reads the same sources again.",
    });
  }
  const counts = await withEngine(
    async (engine) => {
      await attachTables(engine, version, ["source_files", "quarantine"]);
      return engine.rows<{
        source: string;
        files: number;
        rows: number;
        quarantined: number;
        hashes: string;
      }>(
        // A mapping's file has rows of its own, and so has each table that it fills: only the tables count.
        `WITH counted AS (
           SELECT source, file, sha256, path,
                  CASE WHEN role = 'mapping' AND NOT regexp_matches(file, ': (items|runs|responses|ratings|judgments)$') THEN 0 ELSE rows_out END AS n
           FROM source_files WHERE role <> 'ignored'
         )
         SELECT source, count(DISTINCT file) FILTER (NOT regexp_matches(file, ': (items|runs|responses|ratings|judgments)$')) AS files,
                sum(n)::BIGINT AS rows,
                coalesce((SELECT count(*) FROM quarantine AS q WHERE q.source = counted.source), 0) AS quarantined,
                string_agg(sha256, ' ' ORDER BY file) AS hashes
         FROM counted GROUP BY source`,
      );
    },
    { workspace },
  );
  return sources.map(({ request, name, role, system, board, pool, path, entry = null }) => {
    const own = counts.find(({ source }) => source === name);
    const asked = requests[request];
    const onDisk = resolve(root, path);
    return {
      request,
      given: fromHere(root, asked?.path ?? path),
      path: fromHere(root, path),
      source: name,
      is_part_of_cycle: asked !== undefined && resolve(root, asked.path) !== onDisk,
      cycle_entry: entry,
      role,
      system: role === "answers" ? system : null,
      board: role === "answers" || role === "mapping" ? board : null,
      pool,
      files: own?.files ?? 0,
      rows: own?.rows ?? 0,
      quarantined: own?.quarantined ?? 0,
      modified: modifiedAt(onDisk),
      sha256: hashOf(own?.hashes ?? ""),
    };
  });
}

/** A path that is relative to the workspace, as a path from the current folder. */
export function fromHere(root: string, path: string): string {
  return relative(process.cwd(), resolve(root, path)).split(sep).join("/") || ".";
}

function hashOf(hashes: string): string {
  return /^\w*$/.test(hashes) ? hashes : createHash("sha256").update(hashes).digest("hex");
}

function modifiedAt(path: string): string | null {
  if (!existsSync(path)) return null;
  const files = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: "utf8" }).map((file) => join(path, file))
    : [path];
  const times = files.filter((file) => existsSync(file)).map((file) => statSync(file).mtimeMs);
  return times.length === 0 ? null : new Date(Math.max(...times)).toISOString();
}
