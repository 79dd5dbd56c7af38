import type { Engine } from "../warehouse/engine.js";
import { literal, literalList } from "../warehouse/sql.js";
import type { DatasetFile } from "./catalogue-index.js";
import { partFormat, responseColumns } from "./response-columns.js";
import type { SourceFile } from "./source-files.js";

/** An answer file of which one dataset is expected throughout. */
export interface FastFile {
  readonly file: SourceFile;
  readonly of: DatasetFile;
}

export interface FastBatch {
  readonly run: string;
  readonly benchmark: string;
  readonly pool: string;
  /** Items of these files have several variants, found by question text. */
  readonly hasVariants: boolean;
  readonly files: readonly FastFile[];
}

/**
 * Writes a batch of answer files as one part of `responses`, all in the engine, and says which files are not clean: those
 * with a line that cannot be read, is not as expected, is blank, repeats an item or matches none. They are left out of
 * the part (which is of no use where no file is clean); the line reader takes them alone.
 *
 * @param knownFile Parquet file of the pool's items, see `writeKnownItems`
 */
export async function writeBatch(
  engine: Engine,
  batch: FastBatch,
  knownFile: string,
  part: string,
): Promise<{ unclean: readonly FastFile[] }> {
  await engine.run(copyBatch(batch, knownFile, part));
  const unclean = await uncleanFiles(engine, batch, knownFile, part);
  const clean = batch.files.filter((file) => !unclean.includes(file));
  if (unclean.length > 0 && clean.length > 0)
    await engine.run(copyBatch({ ...batch, files: clean }, knownFile, part));
  return { unclean };
}

/** A file whose bytes alone rule out the fast path: the engine would lose a line or take one of two equal keys. */
export function isFastCandidate({ scan }: SourceFile): boolean {
  return scan.lines > 0 && !scan.hasByteOrderMark && scan.keyCounts.every((count) => count === scan.lines);
}

function copyBatch(batch: FastBatch, knownFile: string, part: string): string {
  const rows = readFiles(batch);
  const given = {
    run_id: literal(batch.run),
    benchmark: literal(batch.benchmark),
    pool: literal(batch.pool),
    dataset: perFile(batch, ({ of }) => literal(of.dataset)),
    item_id: "item_id",
    variant: "1",
    condition: "'base'",
    repeat: "1",
    raw: "raw",
    matched_by: "'id'",
    source_file: perFile(batch, ({ file }) => literal(file.file)),
    source_line: `row - ${perFile(batch, (_, index) => String(linesBefore(batch, index)))}`,
  };
  if (!batch.hasVariants)
    return `COPY (SELECT ${responseColumns(given)} FROM (${rows})) TO ${literal(part)} ${partFormat}`;
  const columns = responseColumns({
    ...given,
    item_id: "CASE WHEN known.variant IS NOT NULL THEN lines.item_id END",
    variant: "known.variant",
    matched_by: "CASE WHEN known.n_variants = 1 THEN 'id' ELSE 'text' END",
  });
  // Identical prompts of one item are told apart by their order (nth).
  return `COPY (
    WITH lines AS (
      SELECT *, row_number() OVER (PARTITION BY file, item_id, prompt_hash ORDER BY row) AS nth
      FROM (SELECT *, left(sha256(question), 16) AS prompt_hash FROM (${rows}))
    )
    SELECT ${columns}
    FROM lines LEFT JOIN read_parquet(${literal(knownFile)}) AS known
      ON known.dataset = ${perFile(batch, ({ of }) => literal(of.dataset))}
      AND known.item_id = lines.item_id AND known.prompt_hash = lines.prompt_hash AND known.nth = lines.nth
    ORDER BY row
  ) TO ${literal(part)} ${partFormat}`;
}

/**
 * Lines of the batch; one that is not as expected has no item_id. `row_number()` over files in a fixed order, less the
 * lines of the files before, is the line number as long as no line is blank, which the check makes sure of.
 */
function readFiles(batch: FastBatch): string {
  const tags = perFile(batch, ({ of }) => literalList([...of.tags]));
  const prefix = perFile(batch, ({ of }) => literal(of.part === "" ? "" : `${of.part}/`));
  const paths = literalList(batch.files.map(({ file }) => file.onDisk));
  return `SELECT row_number() OVER () AS row, (file_index + 1)::BIGINT AS file, question, answer->>'$' AS raw,
      CASE WHEN question IS NOT NULL
        AND coalesce(json_type(answer), 'VARCHAR') = 'VARCHAR'
        AND json_type(other, '$.id') IN ('UBIGINT', 'BIGINT', 'VARCHAR')
        AND list_contains(${tags.replaceAll("[file]", "[(file_index + 1)::BIGINT]")}, lower(other->>'$.source'))
        AND len(json_keys(other)) = len(list_distinct(json_keys(other)))
      THEN ${prefix.replaceAll("[file]", "[(file_index + 1)::BIGINT]")} || nullif(other->>'$.id', '') END AS item_id
    FROM read_json(${paths}, columns = {question: 'VARCHAR', answer: 'JSON', other: 'JSON'},
      format = 'newline_delimited', ignore_errors = true)`;
}

/** SQL for a value that each file of the batch has, by the column `file`. */
function perFile(batch: FastBatch, value: (file: FastFile, index: number) => string): string {
  return `[${batch.files.map(value).join(", ")}][file]`;
}

function linesBefore({ files }: FastBatch, index: number): number {
  return files.slice(0, index).reduce((sum, { file }) => sum + file.scan.lines, 0);
}

async function uncleanFiles(
  engine: Engine,
  batch: FastBatch,
  knownFile: string,
  part: string,
): Promise<FastFile[]> {
  const rows = await engine.rows<{ source_file: string; n: number; n_good: number }>(`
    SELECT source_file, count(*) AS n, count(DISTINCT (item_id, variant)) FILTER (known.variant IS NOT NULL) AS n_good
    FROM read_parquet(${literal(part)}) AS part
    LEFT JOIN (SELECT DISTINCT dataset, item_id, variant FROM read_parquet(${literal(knownFile)})
      WHERE ${batch.hasVariants ? "TRUE" : "n_variants = 1"}) AS known USING (dataset, item_id, variant)
    GROUP BY source_file`);
  const counts = new Map(rows.map((row) => [row.source_file, row]));
  return batch.files.filter(({ file }) => {
    const found = counts.get(file.file);
    return found?.n !== file.scan.lines || found.n_good !== file.scan.lines;
  });
}
