import { resolve } from "node:path";
import { InputError } from "../../../src/lib/errors.js";
import type { TableName } from "../../../src/lib/records/tables.js";
import { unknownName } from "../../../src/lib/util/known-names.js";
import { ingestRequests } from "../../stages/ingest/ingest.js";
import type { SourceRequest } from "../../stages/ingest/source.js";
import { withEngine } from "../../warehouse/engine.js";
import { recordOf } from "../../warehouse/stage-record.js";
import { beginDraft, currentVersion, type Version } from "../../warehouse/versioned-folder.js";
import { attachTables } from "../../warehouse/views.js";
import { workspacePaths } from "../../warehouse/workspace.js";
import { fromHere, listSources, type SourceRow } from "./list.js";

/** Rows of a table before and after. */
export interface ChangedTable {
  readonly table: string;
  readonly before: number;
  readonly after: number;
}

export interface RemovedSources {
  /** Paths from the current folder. */
  readonly removed: readonly string[];
  readonly left: number;
  /** Tables with another number of rows, and items with a gold answer. */
  readonly changes: readonly ChangedTable[];
  readonly notes: readonly string[];
}

/**
 * The sources that names stand for: paths as they were given to `medbench ingest`, or as `medbench sources` shows them.
 *
 * @throws InputError if a name is unknown, stands for several sources, or for a part of a cycle
 */
export async function sourcesNamed(
  workspace: string,
  names: readonly string[],
  role: string | undefined,
): Promise<readonly SourceRequest[]> {
  const { root } = workspacePaths(workspace);
  const requests = await knownRequests(workspace);
  const rows = (await listSources(workspace)).filter((row) => !row.is_part_of_cycle);
  const named = new Map(rows.map(({ request, source }) => [requests[request], source]));
  const found: SourceRequest[] = [];
  for (const name of names) {
    const own = requests.filter(
      (request) =>
        (isSamePath(resolve(root, request.path), name) ||
          request.path === name ||
          named.get(request) === name) &&
        (role === undefined || request.role === role),
    );
    const [first] = own;
    if (first === undefined) throw await notFound(workspace, name, requests, role);
    if (own.length > 1) {
      const roles = own.map(({ role: one, mapping }) => one ?? mapping ?? "guessed").join(", ");
      throw new InputError(`sources remove: ${name} was ingested ${own.length} times (${roles})`, {
        hint: "Add --role to say which one.",
      });
    }
    found.push(first);
  }
  return [...new Set(found)];
}

const isSamePath = (path: string, name: string) => name !== "" && path === resolve(name);

async function knownRequests(workspace: string): Promise<readonly SourceRequest[]> {
  const version = await currentVersion(workspacePaths(workspace).warehouse);
  const ingest = recordOf(version, "ingest");
  return (ingest?.parameters["sources"] ?? []) as readonly SourceRequest[];
}

async function notFound(
  workspace: string,
  name: string,
  requests: readonly SourceRequest[],
  role: string | undefined,
): Promise<InputError> {
  const { root } = workspacePaths(workspace);
  const rows = await listSources(workspace);
  const part = rows.find(
    ({ source, path, is_part_of_cycle }) =>
      is_part_of_cycle && (source === name || isSamePath(resolve(path), name)),
  );
  if (part !== undefined) {
    return new InputError(`sources remove: ${part.source} is a part of the cycle ${part.given}`, {
      hint: `${withoutPart(part, rows)} and run \`medbench ingest\`, or remove the whole cycle: medbench sources remove ${part.given}`,
    });
  }
  const names = rows.filter((row) => !row.is_part_of_cycle).map(({ source }) => source);
  const paths = requests.map(({ path }) => fromHere(root, path));
  // Somebody who leaves out the folders means the name.
  const known = name.includes("/") || paths.length === 0 ? paths : [...new Set([...paths, ...names])];
  return unknownName(name, known, {
    where: `sources remove${role === undefined ? "" : ` --role ${role}`}`,
    what: "source",
    remedy: "`medbench sources` shows them.",
  });
}

/** How to leave out a part of a cycle: an entry of its own is taken out, a pattern also names others. */
function withoutPart({ cycle_entry: entry, given }: SourceRow, rows: readonly SourceRow[]): string {
  const same = rows.filter((row) => row.given === given && row.cycle_entry === entry).length;
  if (entry === null || same < 2) return "Take its entry out of the cycle file";
  return `The cycle file names it by the pattern ${JSON.stringify(entry)}, with ${same - 1} other${same === 2 ? "" : "s"}: move it out of there, or name the others one by one,`;
}

/**
 * Removes sources: the others are ingested again as they are now, and the warehouse changes in one step. Verdicts that were asked for
 * here on answers that are gone leave the table, but stay in the journals. The files of the sources stay where they are.
 *
 * @throws InputError as ingest does for the sources that are left
 */
export async function removeSources(
  workspace: string,
  removed: readonly SourceRequest[],
): Promise<RemovedSources> {
  const { root, warehouse } = workspacePaths(workspace);
  const before = await countTables(workspace, await currentVersion(warehouse));
  const gone = new Set(removed.map((request) => JSON.stringify(request)));
  const left = (await knownRequests(workspace)).filter((request) => !gone.has(JSON.stringify(request)));
  const notes: string[] = [];
  if (left.length === 0) await publishEmpty(warehouse);
  else
    await ingestRequests(workspace, left, {
      force: false,
      dropOrphanVerdicts: { say: (text) => notes.push(text) },
    });
  const after = await countTables(workspace, await currentVersion(warehouse));
  const changes = [...before].map(([table, n]) => ({ table, before: n, after: after.get(table) ?? 0 }));
  return {
    removed: removed.map(({ path }) => fromHere(root, path)),
    left: left.length,
    changes: changes.filter((row) => row.before !== row.after),
    notes,
  };
}

async function publishEmpty(warehouse: string): Promise<void> {
  const draft = await beginDraft(warehouse);
  try {
    await draft.commit({});
  } catch (error) {
    await draft.abandon();
    throw error;
  }
}

const counted = [
  ...(["items", "runs", "responses", "ratings", "judgments", "quarantine", "source_files"] as const),
] satisfies readonly TableName[];

async function countTables(workspace: string, version: Version | null): Promise<Map<string, number>> {
  const sums = counted.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
  const row = await withEngine(
    async (engine) => {
      await attachTables(engine, version, [...counted, "items_private"]);
      return engine.row<Record<string, number>>(
        `SELECT ${sums.join(", ")}, (SELECT count(gold) FROM items_private) AS "items with gold"`,
      );
    },
    { workspace },
  );
  return new Map(Object.entries(row));
}
