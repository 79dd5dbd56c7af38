import { join } from "node:path";
import type { RatingScale } from "../../../../src/lib/calibration/read-rating.js";
import type { QuarantineReason } from "../../../../src/lib/records/tables.js";
import { tables } from "../../../../src/lib/records/tables.js";
import { identifier, literal } from "../../../warehouse/sql.js";
import { type IngestContext, scratchFile } from "../context.js";
import { JsonRows } from "../json-rows.js";
import type { MappedRows } from "../mapping/run.js";
import { decideRatings, expectedGrade, type Problem } from "./one-rating.js";
import { readRatedAt } from "./rated-at.js";
import { readRawRating } from "./raw-rating.js";

/**
 * Settles what the mapped ratings of all sources say. Where a mapping left a rating without a value, its raw text decides: a grade is read, an
 * explicit "cannot rate" or a blank stays without one, and anything else is refused. Of several ratings of one cell, one counts
 * at most, whichever sources they are from. Temp table `refused_ratings` has the rows that are not taken.
 *
 * @returns the rows, in files that have the values
 */
export async function settleRatings(
  mapped: readonly MappedRows[],
  context: IngestContext,
): Promise<MappedRows[]> {
  const { engine } = context;
  const all = mapped.map(
    ({ file }, index) => `SELECT ${index} AS source_index, * FROM ${engine.files.read("read_parquet", file)}`,
  );
  const refused = new JsonRows(scratchFile(context, "refused-ratings.jsonl"), refusedColumns);
  let settled = [...mapped];
  if (mapped.length > 0) {
    const isRead = await readMissingValues(all.join(" UNION ALL BY NAME "), context);
    if (isRead) settled = await Promise.all(mapped.map((rows, index) => withValues(rows, index, context)));
    await engine.run(`CREATE TEMP VIEW settled_ratings AS
      SELECT given.* REPLACE (coalesce(given.value, reading.value) AS value), reading.reason, reading.detail
      FROM (${all.join(" UNION ALL BY NAME ")}) AS given LEFT JOIN rating_readings AS reading
        ON given.value IS NULL AND (given.raw, given.scale_min, given.scale_max) = (reading.raw, reading.scale_min, reading.scale_max)`);
    for (const row of await refusals(mapped, context)) refused.add({ ...row });
  }
  await refused.appendTo(engine, "refused_ratings");
  return settled;
}

const refusedColumns = { source_index: "BIGINT", line: "BIGINT", reason: "VARCHAR", detail: "VARCHAR" };

/** Refusals of one source, for `acceptRows`. */
export function refusalsOfRatings(index: number) {
  const own = `FROM refused_ratings AS refused WHERE refused.source_index = ${index}`;
  const reasons: QuarantineReason[] = ["wrong_type", "wrong_value", "duplicate_item"];
  return reasons.map((reason) => ({
    condition: `line IN (SELECT refused.line ${own} AND refused.reason = ${literal(reason)})`,
    reason,
    detail: `(SELECT refused.detail ${own} AND refused.line = given.line)`,
  }));
}

/** Reads each raw text that has no value, once. @returns whether one of them is a grade */
async function readMissingValues(all: string, context: IngestContext): Promise<boolean> {
  const { engine } = context;
  const unread = await engine.rows<{ raw: string; scale_min: number; scale_max: number }>(
    `SELECT DISTINCT raw, scale_min, scale_max FROM (${all}) WHERE value IS NULL AND raw IS NOT NULL ORDER BY ALL`,
  );
  const readings = new JsonRows(scratchFile(context, "rating-readings.jsonl"), {
    ...{ raw: "VARCHAR", scale_min: "DOUBLE", scale_max: "DOUBLE" },
    ...{ value: "DOUBLE", reason: "VARCHAR", detail: "VARCHAR" },
  });
  let isRead = false;
  for (const { raw, scale_min, scale_max } of unread) {
    const scale = scaleOf({ scale_min, scale_max });
    const read = readRawRating(raw, scale);
    if (read.kind === "grade") isRead = true;
    const problem = read.kind !== "unreadable" ? null : problemOf(raw, scale, read.problem === "off-scale");
    const [reason, detail] = problem ?? [null, null];
    readings.add({
      raw,
      scale_min,
      scale_max,
      value: read.kind === "grade" ? read.value : null,
      reason,
      detail,
    });
  }
  await readings.appendTo(engine, "rating_readings");
  return isRead;
}

function problemOf(raw: string, scale: RatingScale, isOffScale: boolean): Problem {
  const plain = JSON.stringify(raw.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " "));
  const short = plain.length > 42 ? `${plain.slice(0, 40)}…"` : plain;
  return [
    isOffScale ? "wrong_value" : "wrong_type",
    `there is no value, and raw is ${short}; ${expectedGrade(scale)}`,
  ];
}

/** Any grade between the ends: the table does not know the steps of a scale. */
function scaleOf({ scale_min, scale_max }: { scale_min: number; scale_max: number }): RatingScale {
  return { min: scale_min, max: scale_max, step: null };
}

async function withValues(
  rows: MappedRows,
  index: number,
  { engine, scratch }: IngestContext,
): Promise<MappedRows> {
  const file = join(scratch, `settled-ratings-${index}.parquet`);
  const given = engine.files.read("read_parquet", rows.file);
  const query = `SELECT given.* REPLACE (coalesce(given.value, reading.value) AS value)
    FROM ${given} AS given LEFT JOIN rating_readings AS reading
      ON given.value IS NULL AND (given.raw, given.scale_min, given.scale_max) = (reading.raw, reading.scale_min, reading.scale_max)
    ORDER BY line`;
  await engine.run(engine.files.write(query, file, "FORMAT parquet"));
  return { ...rows, file };
}

interface SettledRow {
  readonly [column: string]: unknown;
  readonly source_index: number;
  readonly line: number;
  readonly filename: string;
  readonly value: number | null;
  readonly scale_min: number;
  readonly scale_max: number;
  readonly reason: QuarantineReason | null;
  readonly detail: string | null;
  readonly rated_at: string | null;
  readonly cell: string;
}

async function refusals(mapped: readonly MappedRows[], { engine }: IngestContext) {
  const key = tables.ratings.key.map(identifier);
  const rows = await engine.rows<SettledRow>(`
    SELECT source_index, line, filename, value, scale_min, scale_max, reason, detail, rated_at, cell FROM (
      SELECT *, to_json([${key.map((column) => `CAST(${column} AS VARCHAR)`).join(", ")}])::VARCHAR AS cell,
        count(*) OVER (PARTITION BY ${key.join(", ")}) AS n
      FROM settled_ratings
    ) WHERE n > 1 OR reason IS NOT NULL ORDER BY source_index, line`);
  const cells = new Map<string, SettledRow[]>();
  for (const row of rows) cells.set(row.cell, [...(cells.get(row.cell) ?? []), row]);
  return [...cells.values()].flatMap((own) => {
    const [first] = own as [SettledRow];
    const ratings = own.map(({ source_index, line, filename, value, rated_at, reason, detail }) => ({
      value,
      time: rated_at === null ? null : readRatedAt(rated_at),
      problem: reason === null || detail === null ? null : ([reason, detail] as const),
      place: `${filename === "" ? mapped[source_index]?.ledgerFile : filename} row ${line}`,
    }));
    return decideRatings(ratings, scaleOf(first)).flatMap((problem, index) => {
      const { source_index, line } = own[index] as SettledRow;
      return problem === null ? [] : [{ source_index, line, reason: problem[0], detail: problem[1] }];
    });
  });
}
