import { InputError } from "../../../src/lib/errors.js";
import { tables } from "../../../src/lib/records/tables.js";
import type { Engine } from "../../warehouse/engine.js";
import { identifier } from "../../warehouse/sql.js";
import { runQueries } from "../../warehouse/sql-files.js";
import type { Draft } from "../../warehouse/versioned-folder.js";
import { checkTable, writeTable } from "../../warehouse/writer.js";
import { type IngestContext, scratchFile } from "./context.js";
import { JsonRows } from "./json-rows.js";
import { fileKey } from "./ledger.js";
import type { AnswerRun } from "./runs.js";

/** Writes the tables of an ingest from the temporary tables that its steps have filled. */
export async function writeIngestTables(
  context: IngestContext,
  draft: Draft,
  { parts, runs }: { readonly parts: readonly string[]; readonly runs: readonly AnswerRun[] },
): Promise<Record<string, number>> {
  const { engine } = context;
  const write = (table: Parameters<typeof writeTable>[1], select: string): Promise<number> =>
    writeTable(engine, table, select, draft.path(table, "part.parquet"));
  await runQueries(engine, new URL("complete-items.sql", import.meta.url));
  const counts: Record<string, number> = {
    items: await write(
      "items",
      `SELECT ${Object.keys(tables.items.columns).map(identifier).join(", ")} FROM items_done`,
    ),
    items_private: await write(
      "items_private",
      "SELECT benchmark, dataset, pool, item_id, variant, question, options, gold, key_points, media FROM items_done",
    ),
    // The key of a part is unique by construction: see fast-path.ts and line-path.ts.
    responses: parts.length === 0 ? 0 : await checkTable(engine, "responses", parts, { trustKey: true }),
    runs: await writeRuns(context, write, runs),
  };
  for (const table of ["ratings", "judgments"] as const)
    counts[table] = await writeIfAny(engine, write, table);
  counts["quarantine"] = await writeQuarantine(context, write);
  counts["source_files"] = await writeSourceFiles(context, write);
  return counts;
}

/** A table without rows has no file; readers see it as an empty table. */
async function writeIfAny(engine: Engine, write: Write, table: "ratings" | "judgments"): Promise<number> {
  const { n } = await engine.row<{ n: number }>(`SELECT count(*) AS n FROM mapped_${table}`);
  return n === 0 ? 0 : write(table, `SELECT * FROM mapped_${table}`);
}

type Write = (table: Parameters<typeof writeTable>[1], select: string) => Promise<number>;

async function writeRuns(context: IngestContext, write: Write, runs: readonly AnswerRun[]): Promise<number> {
  const { engine } = context;
  const rows = new JsonRows(scratchFile(context, "runs.jsonl"), runRowColumns);
  for (const run of runs) rows.add({ ...run });
  await rows.appendTo(engine, "answer_runs");
  if (await hasTable(engine, "mapped_run_rows")) {
    const [mixed] = await engine.rows<{ run_id: string }>(
      `SELECT run_id FROM mapped_run_rows GROUP BY run_id
       HAVING max(n_tracks) > 1 OR count(DISTINCT (benchmark, pool, board, track)) > 1
       ORDER BY run_id LIMIT 1`,
    );
    if (mixed !== undefined) {
      throw new InputError(`run ${mixed.run_id} spans several benchmarks, pools, boards or tracks`, {
        hint: "A run is one system on one pool in one track. Two benchmarks with one system need a workspace each, or a pool each (`pool` in the mapping); otherwise map `system` instead of `run_id`, or make run_id different for each.",
      });
    }
    await engine.run(`INSERT INTO answer_runs BY NAME
      SELECT run_id, system, benchmark, pool, board, track, string_agg(DISTINCT source, ' + ' ORDER BY source) AS source, min(source_hash) AS source_hash
      FROM mapped_run_rows WHERE run_id NOT IN (SELECT run_id FROM answer_runs) GROUP BY ALL`);
  }
  // A run that a mapping describes exists even if it has no responses.
  await engine.run(`INSERT INTO answer_runs BY NAME
    SELECT run_id, system, benchmark, pool, board, track, source, source_hash
    FROM mapped_runs WHERE run_id NOT IN (SELECT run_id FROM answer_runs)`);
  return write("runs", `${describedRuns} ORDER BY run_id`);
}

const runRowColumns = {
  run_id: "VARCHAR",
  system: "VARCHAR",
  benchmark: "VARCHAR",
  pool: "VARCHAR",
  board: "VARCHAR",
  track: "VARCHAR",
  source: "VARCHAR",
  source_hash: "VARCHAR",
};

/** A mapping's values for a run win over the systems list, whose row for the track wins over its row for all tracks. */
const describedRuns = `SELECT run.*,
    coalesce(mapped.system_kind, own.kind, general.kind, CASE WHEN run.track = 'agent' THEN 'agent' ELSE 'model' END) AS system_kind,
    ${["family", "organisation", "access", "scaffold", "backbone", "submitted_at"].map((name) => `${described(name)} AS ${name}`).join(", ")},
    ${["parameters", "temperature", "max_tokens", "context"].map((name) => `CAST(${described(name)} AS DOUBLE) AS ${name}`).join(", ")}
  FROM (SELECT run.* REPLACE (coalesce(named.system, run.system) AS system)
    FROM answer_runs AS run LEFT JOIN mapped_runs AS named USING (run_id)) AS run
  LEFT JOIN mapped_runs AS mapped USING (run_id)
  LEFT JOIN (SELECT * FROM systems_rows WHERE track IS NOT NULL) AS own ON own.system = run.system AND own.track = run.track
  LEFT JOIN (SELECT * FROM systems_rows WHERE track IS NULL) AS general ON general.system = run.system`;

function described(name: string): string {
  return `coalesce(CAST(mapped.${name} AS VARCHAR), own.${name}, general.${name})`;
}

async function writeQuarantine(context: IngestContext, write: Write): Promise<number> {
  const { columns } = tables.quarantine;
  const rows = new JsonRows(scratchFile(context, "quarantine.jsonl"), typesOf(columns));
  for (const row of context.ledger.quarantine) rows.add({ ...row });
  return write("quarantine", `${rows.finish(context.engine)} ORDER BY source, file, line, reason`);
}

async function writeSourceFiles(context: IngestContext, write: Write): Promise<number> {
  const { columns } = tables.source_files;
  const rows = new JsonRows(scratchFile(context, "source-files.jsonl"), typesOf(columns));
  const quarantined = context.ledger.quarantinedLines();
  for (const row of context.ledger.files)
    rows.add({ ...row, rows_quarantined: quarantined.get(fileKey(row.source, row.file)) ?? 0 });
  return write("source_files", `${rows.finish(context.engine)} ORDER BY source, file`);
}

function typesOf(columns: Readonly<Record<string, { readonly type: string }>>): Record<string, string> {
  return Object.fromEntries(Object.entries(columns).map(([name, { type }]) => [name, type]));
}

async function hasTable(engine: Engine, name: string): Promise<boolean> {
  const found = await engine.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = $1", [name]);
  return found.length > 0;
}
