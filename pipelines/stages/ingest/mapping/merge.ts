import { join } from "node:path";
import { finishMeaning } from "../../../../src/lib/metrics/finish-reason.js";
import type { MappedTable } from "../../../../src/lib/records/mapping.js";
import { type QuarantineReason, tables } from "../../../../src/lib/records/tables.js";
import { identifier, literal } from "../../../warehouse/sql.js";
import type { IngestContext } from "../context.js";
import { refusalsOfRatings, settleRatings } from "../ratings/settle.js";
import { partFormat, responseColumns } from "../response-columns.js";
import { nameOf } from "../source-files.js";
import { type RefusedRow, refuseRow } from "./refused-row.js";
import { mappedRules } from "./rules.js";
import type { MappedRows } from "./run.js";

/** Adds mapped items to `item_rows` and to the book; an item that already exists is left unchanged. */
export async function mergeItems(mapped: readonly MappedRows[], context: IngestContext): Promise<void> {
  const { engine, book } = context;
  for (const rows of mapped.filter(({ table }) => table === "items")) {
    const accepted = await acceptRows(rows, "item_rows", context);
    await engine.run(`INSERT INTO item_rows BY NAME
      SELECT ${itemColumns}, 'mapping' AS origin, len(json_keys(options)) AS n_options,
        left(sha256(coalesce(question, '')), 16) AS prompt_hash,
        ${context.goldOrigins.ofMapping((refusals) => refuseGold(rows, refusals, context))} AS gold_file, line AS gold_line
      ${accepted}`);
    const items = await engine.rows<{
      benchmark: string;
      pool: string;
      dataset: string;
      item: string;
      variant: number;
      prompt_hash: string;
    }>(
      "SELECT benchmark, pool, dataset, item_id AS item, variant, prompt_hash FROM item_rows WHERE origin = 'mapping'",
    );
    for (const { variant, prompt_hash, ...place } of items) book.add(place, prompt_hash, variant);
  }
}

/** Enters refused gold of mapped items in the ledger; the items stay. */
async function refuseGold(
  { file, source, ledgerFile }: MappedRows,
  refusals: ReadonlyMap<number, string>,
  { engine, ledger }: IngestContext,
): Promise<void> {
  const rows = await engine.rows<Pick<RefusedRow, "line" | "filename" | "hash" | "bytes">>(
    `SELECT line, filename, sha256(text) AS hash, strlen(text) AS bytes
     FROM (SELECT line, filename, CAST(to_json(given) AS VARCHAR) AS text FROM ${engine.files.read("read_parquet", file)} AS given)
     WHERE line IN (${[...refusals.keys()].join(", ")}) ORDER BY line`,
  );
  for (const row of rows) {
    const detail = refusals.get(Number(row.line)) as string;
    refuseRow(ledger, { source, ledgerFile }, { ...row, reason: "wrong_value", detail });
  }
  ledger.takeBack(source.name, ledgerFile, rows.length);
}

const itemColumns = Object.entries(mappedRules.items.columns)
  .map(([name, { type }]) =>
    type === "DATE" ? `CAST(${identifier(name)} AS VARCHAR) AS ${identifier(name)}` : identifier(name),
  )
  .join(", ");

/**
 * Writes mapped responses as parts of the table. A dataset whose items no source gave for the pool gets them from the responses;
 * otherwise a response to an unknown item is refused, and so is one that another source has already given.
 *
 * @param parts parts of `responses` so far
 * @returns the parts with those that were added; `mapped_run_rows` in the engine contains the runs
 */
export async function mergeResponses(
  mapped: readonly MappedRows[],
  folder: string,
  parts: readonly string[],
  context: IngestContext,
): Promise<string[]> {
  const { engine } = context;
  const all = [...parts];
  for (const rows of mapped.filter(({ table }) => table === "responses")) {
    const source = engine.files.read("read_parquet", rows.file);
    await engine.run(`INSERT INTO item_rows BY NAME
      SELECT benchmark, dataset, pool, item_id, variant, item_id AS group_id, place_part AS part, place_track AS track,
        place_dimension AS dimension, place_answer_type AS answer_type, place_language AS language, 'private' AS visibility,
        left(sha256(''), 16) AS prompt_hash, 'answers' AS origin
      FROM ${source}
      WHERE place_known
        AND (benchmark, pool, dataset) NOT IN (SELECT (benchmark, pool, dataset) FROM item_rows WHERE origin <> 'answers')
        AND (benchmark, pool, dataset, item_id, variant) NOT IN (SELECT (benchmark, pool, dataset, item_id, variant) FROM item_rows)
      GROUP BY ALL ORDER BY min(line)`);
    // Only parts with a run of these rows can contain one of their keys.
    const existing =
      all.length === 0
        ? null
        : `(SELECT * FROM ${engine.files.read("read_parquet", all)} WHERE run_id IN (SELECT run_id FROM ${source}))`;
    const accepted = await acceptRows(rows, existing, context, [withoutItem]);
    const given = Object.fromEntries(
      Object.keys(tables.responses.columns).map((name) => [name, identifier(name)]),
    );
    const part = join(folder, `mapped-${nameOf(rows.source.name, rows.ledgerFile)}.parquet`);
    await engine.run(
      engine.files.write(
        `SELECT ${responseColumns({
          ...given,
          matched_by: "'mapping'",
          source_file: `CASE WHEN filename = '' THEN ${literal(rows.ledgerFile)} ELSE filename END`,
          source_line: "line",
        })} ${accepted}`,
        part,
        partFormat,
      ),
    );
    all.push(part);
    await noteFinishReasons(rows, part, context);
    await engine.run(
      `CREATE TEMP TABLE IF NOT EXISTS mapped_run_rows (run_id VARCHAR, system VARCHAR, benchmark VARCHAR, pool VARCHAR, board VARCHAR, track VARCHAR, n_tracks BIGINT, source VARCHAR, source_hash VARCHAR)`,
    );
    await engine.run(`INSERT INTO mapped_run_rows
      SELECT run_id, coalesce(min(system), run_id), min(benchmark), min(pool), ${literal(rows.source.board)}, min(track), count(DISTINCT (benchmark, pool, track)), ${literal(rows.source.name)}, ${literal(rows.mappingHash)}
      FROM (SELECT run_id, system, benchmark, pool, dataset ${accepted}) AS given JOIN (SELECT DISTINCT benchmark, pool, dataset, track FROM item_rows) USING (benchmark, pool, dataset)
      GROUP BY run_id ORDER BY run_id`);
  }
  return all;
}

/** Reasons that are not known do not make an answer truncated, so somebody has to look at them. */
async function noteFinishReasons(
  { source, ledgerFile }: MappedRows,
  part: string,
  { engine, ledger }: IngestContext,
): Promise<void> {
  const rows = await engine.rows<{ reason: string; n: number }>(
    `SELECT finish_reason AS reason, count(*) AS n FROM ${engine.files.read("read_parquet", part)}
     WHERE finish_reason IS NOT NULL GROUP BY reason ORDER BY n DESC, reason`,
  );
  const unknown = rows.filter(({ reason }) => finishMeaning(reason) === null);
  if (unknown.length === 0) return;
  const total = unknown.reduce((sum, { n }) => sum + n, 0);
  const shown = unknown.slice(0, 5).map(({ reason, n }) => `${JSON.stringify(reason.slice(0, 40))} (${n})`);
  const more = unknown.length > shown.length ? `, and ${unknown.length - shown.length} more` : "";
  ledger.note(
    source.name,
    ledgerFile,
    `${total} response(s) have a finish reason that is not known and counts as finished: ${shown.join(", ")}${more}`,
  );
}

/**
 * Collects mapped runs, ratings and judgments in views `mapped_<table>`; the rows stay on disk, however many. Runs also
 * have the source that described them, because a run may have no responses. A run without a track gets it from its
 * responses, and is refused where it has none.
 *
 * @param parts parts of `responses`
 */
export async function mergeOthers(
  mapped: readonly MappedRows[],
  parts: readonly string[],
  context: IngestContext,
): Promise<void> {
  const answered =
    parts.length === 0
      ? ""
      : ` AND run_id NOT IN (SELECT run_id FROM ${context.engine.files.read("read_parquet", parts)})`;
  const withoutTrack: Refusal = {
    condition: `track IS NULL${answered}`,
    reason: "missing_value",
    detail: "concat('run ', left(run_id, 60), ' has no responses that tell its track; map `track`')",
  };
  for (const table of ["runs", "ratings", "judgments"] as const) {
    const columns = Object.entries(mappedRules[table].columns);
    const names = columns.map(([name]) => identifier(name)).join(", ");
    const taken: string[] = [];
    const given = mapped.filter((candidate) => candidate.table === table);
    const isRatings = table === "ratings";
    for (const [index, rows] of (isRatings ? await settleRatings(given, context) : given).entries()) {
      // Which of several ratings counts is not a matter of order.
      const before = taken.length === 0 || isRatings ? null : `(${taken.join(" UNION ALL ")})`;
      const refusals = table === "runs" ? [withoutTrack] : isRatings ? refusalsOfRatings(index) : [];
      const accepted = await acceptRows(rows, before, context, refusals);
      const source = `${literal(rows.source.name)} AS source, ${literal(rows.mappingHash)} AS source_hash`;
      taken.push(`(SELECT ${names}${table === "runs" ? `, ${source}` : ""} ${accepted})`);
    }
    if (table === "runs")
      for (const name of ["source", "source_hash"])
        columns.push([name, tables.runs.columns[name as "source"]]);
    const none = columns.map(([name, { type }]) => `CAST(NULL AS ${type}) AS ${identifier(name)}`);
    const rows = taken.length === 0 ? `SELECT ${none.join(", ")} WHERE FALSE` : taken.join(" UNION ALL ");
    await context.engine.run(`CREATE TEMP VIEW mapped_${table} AS ${rows}`);
  }
}

const withoutItem: Refusal = {
  condition:
    "(benchmark, pool, dataset, item_id, variant) NOT IN (SELECT (benchmark, pool, dataset, item_id, variant) FROM item_rows)",
  reason: "unknown_item",
  detail:
    "concat(dataset, ' has no item ', left(item_id, 60), ' in pool ', pool, '; map `items` too, or look at pool, dataset and item_id')",
};

interface Refusal {
  readonly condition: string;
  readonly reason: QuarantineReason;
  /** SQL for the text. */
  readonly detail: string;
}

/**
 * Refuses rows that conflict with existing rows and enters the table in the ledger.
 *
 * @returns the SQL after a SELECT list that reads the remaining rows, in their order
 */
async function acceptRows(
  { table, file, source, ledgerFile, rowsIn, mappingHash, mappingBytes }: MappedRows,
  existing: string | null,
  { engine, ledger, scratch }: IngestContext,
  refusals: readonly Refusal[] = [],
): Promise<string> {
  const given = engine.files.read("read_parquet", file);
  const key = tables[table as MappedTable].key.map(identifier).join(", ");
  const cases = [
    ...refusals,
    ...(existing === null
      ? []
      : [
          {
            condition: `(${key}) IN (SELECT (${key}) FROM ${existing})`,
            reason: "duplicate_item",
            detail: "'another source has given it'",
          },
        ]),
  ];
  const bad =
    cases.length === 0
      ? []
      : await engine.rows<RefusedRow>(
          `SELECT line, filename, reason, detail, sha256(text) AS hash, strlen(text) AS bytes FROM (
             SELECT line, filename, CAST(to_json(given) AS VARCHAR) AS text,
               CASE ${cases.map(({ condition, reason }) => `WHEN ${condition} THEN ${literal(reason)}`).join(" ")} END AS reason,
               CASE ${cases.map(({ condition, detail }) => `WHEN ${condition} THEN ${detail}`).join(" ")} END AS detail
             FROM ${given} AS given) WHERE reason IS NOT NULL ORDER BY line`,
        );
  for (const row of bad) refuseRow(ledger, { source, ledgerFile }, row);
  let accepted = `FROM ${given}`;
  // The file is already in line order; sorting would keep all rows in memory, so it is done only where needed.
  if (bad.length > 0) {
    const refused = join(scratch, `refused-${nameOf(source.name, ledgerFile)}.parquet`);
    await engine.run(
      engine.files.write(
        `SELECT unnest([${bad.map(({ line }) => line).join(", ")}]::BIGINT[]) AS line`,
        refused,
        "FORMAT parquet",
      ),
    );
    accepted += ` WHERE line NOT IN (SELECT line FROM ${engine.files.read("read_parquet", refused)}) ORDER BY line`;
  }
  const { n } = await engine.row<{ n: number }>(`SELECT count(*) AS n FROM ${given}`);
  ledger.file({
    source: source.name,
    file: ledgerFile,
    role: "mapping",
    sha256: mappingHash,
    bytes: mappingBytes,
    rows_in: rowsIn,
    rows_out: n - bad.length,
    path: "mapping",
  });
  return accepted;
}
