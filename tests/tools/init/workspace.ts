import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { runAggregate } from "../../../pipelines/stages/aggregate/aggregate.js";
import { runIngest } from "../../../pipelines/stages/ingest/ingest.js";
import { runScore } from "../../../pipelines/stages/score/score.js";
import { type InitOptions, type InitResult, initBenchmark } from "../../../pipelines/tools/init/init.js";
import { query, temporaryFolder, writeFiles } from "../../stages/ingest/workspace.js";

/** Writes files of a person's data and initializes a benchmark from them; nobody is asked. */
export async function init(
  files: Readonly<Record<string, string | Buffer>>,
  options: Partial<InitOptions> = {},
): Promise<InitResult & { readonly folder: string }> {
  const folder = writeFiles(join(temporaryFolder(), "data"), files);
  const names = Object.keys(files);
  const [only] = names;
  const path =
    names.length === 1 && only !== undefined && options.path === undefined ? join(folder, only) : folder;
  const out = join(folder, "..", "settings");
  mkdirSync(out, { recursive: true });
  // Runs of two benchmarks in one workspace need pools of their own.
  const pool = options.id;
  const result = await initBenchmark({ stated: new Map(), ask: null, out, pool, ...options, path });
  return { ...result, folder: path };
}

export interface Scored {
  /** Overall score from 0 to 100 by system; null if it is open. */
  readonly overall: Readonly<Record<string, number | null>>;
  readonly counts: Readonly<Record<string, unknown>>;
  readonly workspace: string;
}

/** Ingests with the files that init wrote, scores and aggregates. */
export async function scoreWith({
  folder,
  mapping,
  catalogue,
}: InitResult & { readonly folder: string }): Promise<Scored> {
  const workspace = temporaryFolder();
  const { counts } = await runIngest({ workspace, sources: [{ path: folder, mapping, catalogue }] });
  await runScore({ workspace });
  await runAggregate({ workspace });
  const rows = (await query(workspace, "SELECT system, estimate FROM overall_scores ORDER BY system")) as {
    system: string;
    estimate: number | null;
  }[];
  const overall = Object.fromEntries(
    rows.map(({ system, estimate }) => [system, estimate === null ? null : Math.round(estimate * 1e6) / 1e4]),
  );
  return { overall, counts: counts as Readonly<Record<string, unknown>>, workspace };
}

/** Ingests several benchmarks into one workspace, and scores them all: overall scores from 0 to 100 by benchmark and system. */
export async function scoreAll(
  results: Readonly<Record<string, InitResult & { readonly folder: string }>>,
): Promise<Readonly<Record<string, Scored["overall"]>>> {
  const workspace = temporaryFolder();
  const sources = Object.values(results).map(({ folder, mapping, catalogue }) => ({
    path: folder,
    mapping,
    catalogue,
  }));
  await runIngest({ workspace, sources });
  await runScore({ workspace });
  await runAggregate({ workspace });
  const rows = (await query(
    workspace,
    "SELECT benchmark, system, round(100 * estimate, 4) AS score FROM overall_scores ORDER BY ALL",
  )) as { benchmark: string; system: string; score: number | null }[];
  return Object.fromEntries(
    Object.entries(results).map(([key, { name }]) => [
      key,
      Object.fromEntries(
        rows.filter(({ benchmark }) => benchmark === name.id).map(({ system, score }) => [system, score]),
      ),
    ]),
  );
}

/** Rows as CSV. */
export function csv(...rows: readonly (readonly (string | number)[])[]): string {
  return rows
    .map(
      (row) =>
        `${row.map((cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(",")}\n`,
    )
    .join("");
}

/** Records as JSON Lines. */
export function jsonl(...records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}
